import type { ComponentType } from 'react';
import type { LabState, RoomId } from '../../store/contracts/state.ts';
import { offerIn } from '../hooks/offer.ts';

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

/** For sections that speak of some metrics: whether the run on screen has them. */
export const hasMetrics =
  (...ids: readonly string[]) =>
  ({ run }: LabState): boolean =>
    run.shown !== null && ids.every((id) => run.shown?.collector.metricIds.includes(id));

/** For sections about one attack: whether models of the draft's family can be attacked so. */
export const hasAttack =
  (kind: string) =>
  (state: LabState): boolean =>
    offerIn(state)?.attacks.some(({ id }) => id === kind) ?? false;

/** For sections about labelled points. */
export const isOfPoints = ({ run }: LabState): boolean => (run.shown?.points.size ?? 0) > 0;
