import type { StoreApi } from 'zustand/vanilla';
import { holds, type LessonFacts } from '../../scenario/lesson/condition.ts';
import type { Lesson, LessonPage } from '../../scenario/lesson/lesson.ts';
import type { Clock } from '../clock/clock.ts';
import type { Notebook } from '../contracts/environment.ts';
import { type Beginning, type LessonSlice, noLesson } from '../contracts/lesson-slice.ts';
import type { LabState } from '../contracts/state.ts';
import type { Drafting } from '../draft/drafting.ts';
import { lessonFacts } from './facts.ts';
import { donePages, isComputed, writeProgress } from './progress.ts';

/** Leads from page to page of the lesson that is open. */
export interface Pages {
  /** Opens a lesson at a page, or at its nearest one. `key`: under what its progress is kept. */
  readonly start: (lesson: Lesson, key: string, page: number, begin: Beginning) => void;
  readonly go: (page: number) => void;
  /** On to the next page. A page that asks for nothing is done by that; after the last one the lesson is over. */
  readonly next: () => void;
  /** Answers the question of the page on screen; the first answer counts. */
  readonly answer: (option: number) => void;
  readonly leave: () => void;
}

/** What a page's condition and question come to by now: not done yet, or done with the answer that was right. */
const outcomeOf = (page: LessonPage, facts: LessonFacts): { readonly right: number | null | undefined } | null => {
  const { predict, check } = page;
  if ((isComputed(page) && !facts.isFinished) || (check && !holds(check, facts))) return null;
  if (!predict) return { right: undefined };
  const found = predict.options.findIndex(({ when }) => when !== undefined && holds(when, facts));
  return { right: predict.right ?? (found < 0 ? null : found) };
};

/** Whether a page waits for something that only a look at the facts can tell. */
const isOpen = (slice: LessonSlice, page: LessonPage): boolean => {
  const { answers, right, key } = slice;
  if (!page.predict && !page.check) return false;
  const isDone = donePages(slice, key).includes(page.id);
  const isDecided = !page.predict || Object.hasOwn(right, page.id);
  return !(isDone && isDecided) && (!page.predict || Object.hasOwn(answers, page.id));
};

/** A page's answers are forgotten when it is opened again: it asks again. */
const asksAgain = ({ answers, right }: LessonSlice, { id }: LessonPage): Pick<LessonSlice, 'answers' | 'right'> => {
  const { [id]: _, ...otherAnswers } = answers;
  const { [id]: __, ...otherRight } = right;
  return { answers: otherAnswers, right: otherRight };
};

/** The experiment that a page opens. Where a lesson begins in its middle it is that of the pages before. */
const experimentOf = ({ pages }: Lesson, index: number, isBeginning: boolean) =>
  (isBeginning ? pages.slice(0, index + 1).findLast(({ enter }) => enter.experiment) : pages[index])?.enter.experiment;

export const createPages = (
  store: StoreApi<LabState>,
  notebook: Notebook,
  drafting: Pick<Drafting, 'openForLesson'>,
  clock: Clock,
): Pages => {
  const facts = lessonFacts(store);
  /** Until a page has opened its experiment, what is on screen says nothing about it. */
  let isEntering = false;
  const slice = (): LessonSlice => store.getState().lesson;
  const current = (): LessonPage | undefined => slice().lesson?.pages[slice().page];
  const patch = (change: Partial<LessonSlice>): void =>
    store.setState((state) => ({ lesson: { ...state.lesson, ...change } }));

  const finish = (page: LessonPage, right?: number | null): void => {
    const { key, done } = slice();
    const before = donePages(slice(), key);
    const now = before.includes(page.id) ? done : { ...done, [key]: [...before, page.id] };
    patch({ done: now, ...(right === undefined ? {} : { right: { ...slice().right, [page.id]: right } }) });
    notebook.write(writeProgress(now));
  };

  /** Sees whether the page on screen is done, and then which answer was right. */
  const look = (): void => {
    const page = current();
    if (isEntering || !page || !isOpen(slice(), page)) return;
    const outcome = outcomeOf(page, facts());
    if (outcome) finish(page, outcome.right);
  };

  /** Shows a page and does what it does on entering. */
  const enter = (index: number, begin: Beginning | null = null): void => {
    const { lesson } = slice();
    const page = lesson?.pages[index];
    if (!lesson || !page) return;
    isEntering = true;
    patch({ page: index, ...asksAgain(slice(), page) });
    const { room, step } = page.enter;
    const goal = room ?? (begin && store.getState().view.room === 'learn' ? 'compare' : undefined);
    store.setState(({ view }) => ({ view: { ...view, ...(goal && { room: goal }), solo: null, hidden: [] } }));
    const experiment = experimentOf(lesson, index, begin !== null);
    if (!begin?.isExperimentKept) {
      if (experiment) drafting.openForLesson(experiment, begin);
      else if (step !== undefined) clock.setStep(step);
    }
    isEntering = false;
    look();
  };

  store.subscribe((state, before) => {
    if (state.lesson.lesson && state !== before) look();
  });

  return {
    start: (lesson, key, page, begin) => {
      isEntering = true;
      patch({ lesson, key, page: 0, answers: {}, right: {}, source: begin.source ?? null });
      enter(Math.min(lesson.pages.length - 1, Math.max(0, page)), begin);
    },
    go: (page) => enter(page),
    next: () => {
      const { lesson, page: index } = slice();
      const page = current();
      if (!lesson || !page) return;
      if (!page.predict && !page.check) finish(page);
      if (index + 1 < lesson.pages.length) enter(index + 1);
      else {
        patch({ ...noLesson, done: slice().done });
        store.setState(({ view }) => ({ view: { ...view, room: 'learn' } }));
      }
    },
    answer: (option) => {
      const { answers, right } = slice();
      const page = current();
      if (!page?.predict?.options[option] || Object.hasOwn(answers, page.id)) return;
      const fact = page.predict.right;
      patch({
        answers: { ...answers, [page.id]: option },
        ...(fact === undefined ? {} : { right: { ...right, [page.id]: fact } }),
      });
    },
    leave: () => patch({ ...noLesson, done: slice().done }),
  };
};
