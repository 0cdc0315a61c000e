import type { Lesson } from '../../scenario/lesson/lesson.ts';
import type { Fields } from '../../scenario/read/document-kind.ts';

/** The lesson that is open, and what the learner has done. */
export interface LessonSlice {
  readonly lesson: Lesson | null;
  /** Under what its progress is kept. */
  readonly key: string;
  /** Index of the page on screen. */
  readonly page: number;
  /** What was answered, and what was right (null: none of the answers), by page. */
  readonly answers: Readonly<Record<string, number>>;
  readonly right: Readonly<Record<string, number | null>>;
  /** Pages done, by lesson. */
  readonly done: Readonly<Record<string, readonly string[]>>;
  /** A lesson of one's own as its file holds it, to be passed on. */
  readonly source: Fields | null;
}

export const noLesson: LessonSlice = { lesson: null, key: '', page: 0, answers: {}, right: {}, done: {}, source: null };

/** How a lesson begins. */
export interface Beginning {
  /** The address asked for it: it is no step of the reader's that Back could undo. */
  readonly isFromAddress: boolean;
  /** The experiment stays that of the address. */
  readonly isExperimentKept?: boolean;
  /** The lesson as its file holds it, for one that does not come with the page. */
  readonly source?: Fields;
}
