import type { ParamValue } from '../../engine/base/schema.ts';
import type { Claim, Comparison, Scenario } from '../format/scenario.ts';

/** What a lesson may wait for, as data. It is checked against the experiment and the page, never run as code. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  /** A setting of the experiment as it stands: 'runs.NPO.params.beta', 'data.params.noise'. */
  | { readonly setting: string; readonly is: Comparison; readonly value: ParamValue }
  | { readonly state: LessonNumber; readonly is: Comparison; readonly value: number }
  /** A metric of a run at the clock's step, the median over the seeds. */
  | { readonly run: string; readonly metric: string; readonly is: Comparison; readonly value: number }
  | { readonly room: LessonRoom }
  /** What is on screen has been computed to its end. */
  | { readonly finished: boolean }
  /** Of a run that has finished. */
  | { readonly claim: Claim }
  /** An attack of this kind has found something, on this run where one is named. */
  | { readonly attacked: string; readonly run?: string };

/** step: of the clock. share: of the way to the last step, 0 to 1. seeds, runs: how many the experiment has. */
export const LESSON_NUMBERS = ['step', 'share', 'seeds', 'runs'] as const;
export type LessonNumber = (typeof LESSON_NUMBERS)[number];

export const LESSON_ROOMS = ['compare', 'measure', 'attack', 'learn'] as const;
export type LessonRoom = (typeof LESSON_ROOMS)[number];

/** Parts of the page that stand alone in a highlight. */
export const HIGHLIGHT_PARTS = ['panels', 'verdict', 'clock', 'knob', 'data', 'forget', 'seeds', 'methods'] as const;
/** Parts that take a name after a colon: 'panel:NPO', 'chart:tradeoff', 'run:GA', 'room:attack', 'section:attack-relearn'. */
export const HIGHLIGHT_KINDS = ['panel', 'chart', 'run', 'room', 'section'] as const;

export interface PredictionOption {
  readonly text: string;
  /** That this is the right one, where it can be computed. */
  readonly when?: Condition;
}

/** A question that is answered before the thing is seen. */
export interface PagePrediction {
  readonly question: string;
  readonly options: readonly PredictionOption[];
  /** The right one, where it is a matter of fact and no option has a `when`. */
  readonly right?: number;
}

/** What a page does to the lab when it is opened. */
export interface LessonEntry {
  /** The experiment, with every override applied; without claims, which would tell the end. */
  readonly experiment?: Scenario;
  readonly room?: LessonRoom;
  /** Where the clock stands. */
  readonly step?: number;
}

export interface LessonPage {
  readonly id: string;
  readonly title: string;
  /** Paragraphs with an empty line between them; *emphasis*. Plain text otherwise. */
  readonly body: string;
  readonly enter: LessonEntry;
  readonly highlight?: string;
  readonly predict?: PagePrediction;
  /** What is to be done for `check`, in a sentence. */
  readonly task?: string;
  /** Completes the page. */
  readonly check?: Condition;
  /** Said once the page is completed; written as the body is. */
  readonly after?: string;
}

export interface Lesson {
  readonly id: string;
  readonly title: string;
  /** One sentence: what it is about. */
  readonly about: string;
  readonly minutes: number;
  readonly pages: readonly LessonPage[];
}

/** How large a lesson may be. */
export const lessonCaps = {
  pages: 40,
  minutes: 90,
  options: 8,
  body: 4000,
  text: 500,
  name: 60,
  /** Members of a condition, those inside it included. */
  conditions: 64,
  depth: 8,
} as const;
