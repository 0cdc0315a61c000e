import { isDeep } from '../../scenario/document/unpack.ts';
import { type Lesson, type LessonPage, lessonCaps } from '../../scenario/lesson/lesson.ts';
import { isObject } from '../../scenario/read/check.ts';
import type { LessonSlice } from '../contracts/lesson-slice.ts';

/** Lessons from files are known by their names in this visit only: two files may have the same one. */
export const FILE = 'file:';
const NOTEBOOK_VERSION = 1;
const MOST_LESSONS = 200;

/** Pages done by lesson, as a notebook holds them; nothing for anything else. */
export const readProgress = (text: string | null): LessonSlice['done'] => {
  if (isDeep(text ?? '')) return {};
  let value: unknown;
  try {
    value = JSON.parse(text ?? 'null');
  } catch {
    return {};
  }
  if (!isObject(value) || value['version'] !== NOTEBOOK_VERSION || !isObject(value['done'])) return {};
  const entries = Object.entries(value['done'])
    .slice(0, MOST_LESSONS)
    .map(([id, pages]) => {
      const ids = Array.isArray(pages) ? pages.filter((page) => typeof page === 'string') : [];
      return [id, ids.slice(0, lessonCaps.pages)] as const;
    });
  return Object.fromEntries(entries);
};

/** What an address says of the open lesson; null where none is open that others could open too. */
export const lessonAddress = ({
  lesson,
  key,
  page,
}: LessonSlice): { readonly id: string; readonly page: number } | null =>
  lesson && !key.startsWith(FILE) ? { id: key, page: page + 1 } : null;

/** The pages of a lesson that are done. */
export const donePages = ({ done }: Pick<LessonSlice, 'done'>, key: string): readonly string[] =>
  Object.hasOwn(done, key) ? (done[key] as readonly string[]) : [];

export const isComputed = ({ predict }: LessonPage): boolean => predict !== undefined && predict.right === undefined;

/** A prediction is waited for that what is on screen would give away. */
export const isToBePredicted = ({ lesson, page: index, answers }: LessonSlice): boolean => {
  const page = lesson?.pages[index];
  return page !== undefined && isComputed(page) && !Object.hasOwn(answers, page.id);
};

/** The pages done of lessons that come with the page, as a notebook holds them. */
export const writeProgress = (done: LessonSlice['done']): string => {
  const own = Object.entries(done).filter(([id]) => !id.startsWith(FILE));
  return JSON.stringify({ version: NOTEBOOK_VERSION, done: Object.fromEntries(own) });
};

/** The first page that is not done; the first of all if none or all are. */
export const firstOpenPage = (slice: LessonSlice, { pages }: Lesson, key: string): number => {
  const done = donePages(slice, key);
  return Math.max(
    0,
    pages.findIndex(({ id }) => !done.includes(id)),
  );
};
