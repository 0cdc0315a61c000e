import type { ComponentType } from 'react';
import type { LabState, RoomId } from '../../store/contracts/state.ts';

/** The rooms that are made of sections; Compare is the page itself. */
export type SectionRoomId = Exclude<RoomId, 'compare'>;

/** One part of a room: a heading and what is below it. */
export interface RoomSection {
  /** Its heading, and a sentence for who has not met the thing yet. Read when they are drawn: the language may change. */
  readonly words: { readonly title: string; readonly hint: string };
  /** Sections stand in ascending order. */
  readonly order: number;
  /** Whether it has anything to say about what is on screen; it is left out otherwise. */
  readonly isAvailable?: (state: LabState) => boolean;
  readonly Component: ComponentType;
}
