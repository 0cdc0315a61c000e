import type { RevealShow } from '../../scenario/format/scenario.ts';

/** A lecture: what of the experiment is on the screen of the hall. */
export interface LectureSlice {
  readonly isOn: boolean;
  /** Which of the views. */
  readonly at: number;
  readonly isBlank: boolean;
  /** What the lecturer has put beside the panels in place of what the view says. */
  readonly show: RevealShow | null;
  /** Results are hidden: first the audience says what it expects. */
  readonly isVeiled: boolean;
  /** What was expected of each claim, by its index. */
  readonly votes: Readonly<Record<number, boolean>>;
  /** Runs that were hidden before the lecture. */
  readonly hidden: readonly string[];
  /** When the lecture began, in ms. */
  readonly since: number;
}

export const noLecture: LectureSlice = {
  isOn: false,
  at: 0,
  isBlank: false,
  show: null,
  isVeiled: false,
  votes: {},
  hidden: [],
  since: 0,
};
