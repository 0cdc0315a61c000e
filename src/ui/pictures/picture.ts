import type { ComponentType } from 'react';
import type { PanelInfo } from '../compare/panels.ts';

/** What a panel's picture is given. */
export interface PictureProps {
  readonly panel: PanelInfo;
  /** All that are on screen. */
  readonly panels: readonly PanelInfo[];
  /** What it shows, in words. */
  readonly label: string;
  readonly isCompared: boolean;
  readonly isPulled: boolean;
}

/** A family's way of showing a model: one panel, and what stands once above all of them. */
export interface FamilyPicture {
  readonly Panel: ComponentType<PictureProps>;
  /** Chooses what all panels show, such as a question; absent: nothing. */
  readonly Above?: ComponentType;
  /** What else of its models can be taken away, with a heading of its own; absent: nothing. */
  readonly Take?: ComponentType;
}
