import type { StoreApi } from 'zustand/vanilla';
import { holds } from '../../scenario/lesson/condition.ts';
import { type Lesson, type LessonPage, lessonCaps } from '../../scenario/lesson/lesson.ts';
import { parseLesson } from '../../scenario/lesson/parse.ts';
import { packLink } from '../../scenario/links/link.ts';
import { describe, oneOf, type Repair } from '../../scenario/read/check.ts';
import type { Documents } from '../../scenario/read/document-kind.ts';
import type { Clock } from '../clock/clock.ts';
import type { LabEnvironment, RawLesson } from '../contracts/environment.ts';
import { type Beginning, type LessonSlice, noLesson } from '../contracts/lesson-slice.ts';
import type { LabState, Notice } from '../contracts/state.ts';
import type { Drafting } from '../draft/drafting.ts';
import { type LessonQuery, readLessonQuery } from './address.ts';
import { lessonFacts } from './facts.ts';

export interface Lessons {
  /** Opens a lesson of the page's own at a page, or where the learner has left it. */
  readonly open: (id: string, page?: number) => Promise<void>;
  /** Opens a lesson of a link or of a file. */
  readonly openDocument: (document: Documents['lesson'], isFromAddress: boolean) => void;
  /** Opens the lesson that the query asks for, if it asks for one. */
  readonly openAsked: () => void;
  readonly go: (page: number) => void;
  /** On to the next page. A page that asks for nothing is done by that; after the last one the lesson is over. */
  readonly next: () => void;
  /** Answers the question of the page on screen; the first answer counts. */
  readonly answer: (option: number) => void;
  readonly leave: () => void;
  /**
   * The part of a link after '#' that opens the open lesson of a file; null where none is open.
   *
   * @throws {SimError} link/too-large
   */
  readonly shareHash: () => string | null;
}

/** Lessons from files are known by their names in this visit only: two files may have the same one. */
const FILE = 'file:';
const NOTEBOOK_VERSION = 1;
const MOST_LESSONS = 200;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Pages done by lesson, as a notebook holds them; nothing for anything else. */
const readProgress = (text: string | null): LessonSlice['done'] => {
  let value: unknown;
  try {
    value = JSON.parse(text ?? 'null');
  } catch {
    return {};
  }
  if (!isRecord(value) || value['version'] !== NOTEBOOK_VERSION || !isRecord(value['done'])) return {};
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
export const donePages = ({ done }: LessonSlice, key: string): readonly string[] =>
  Object.hasOwn(done, key) ? (done[key] as readonly string[]) : [];

const isComputed = ({ predict }: LessonPage): boolean => predict !== undefined && predict.right === undefined;

/** A prediction is waited for that what is on screen would give away. */
export const isToBePredicted = ({ lesson, page: index, answers }: LessonSlice): boolean => {
  const page = lesson?.pages[index];
  return page !== undefined && isComputed(page) && !Object.hasOwn(answers, page.id);
};

/** Leads through a lesson: opens its experiments, and sees when what a page asks for is done. */
export const createLessons = (
  store: StoreApi<LabState>,
  environment: LabEnvironment,
  drafting: Drafting,
  clock: Clock,
): Lessons => {
  const facts = lessonFacts(store);
  /** Until a page has opened its experiment, what is on screen says nothing about it. */
  let isEntering = false;
  const isLocked = environment.isLocked === true;
  // Read at once: the address is written anew when the page opens.
  const asked = environment.isEmbedded ? null : readLessonQuery(environment.link.search());
  const slice = (): LessonSlice => store.getState().lesson;
  const patch = (change: Partial<LessonSlice>): void =>
    store.setState((state) => ({ lesson: { ...state.lesson, ...change } }));
  const notify = (notice: Notice): void =>
    store.setState(({ notices }) => ({ notices: [...notices.filter(({ kind }) => kind !== notice.kind), notice] }));

  const library = async (): Promise<readonly RawLesson[] | null> => {
    try {
      return await environment.lessons();
    } catch {
      notify({ kind: 'not-loaded' });
      return null;
    }
  };

  const finish = (page: LessonPage, right?: number | null): void => {
    const { key, done } = slice();
    const before = donePages(slice(), key);
    const now = before.includes(page.id) ? done : { ...done, [key]: [...before, page.id] };
    patch({ done: now, ...(right === undefined ? {} : { right: { ...slice().right, [page.id]: right } }) });
    const own = Object.entries(now).filter(([id]) => !id.startsWith(FILE));
    environment.notebook.write(JSON.stringify({ version: NOTEBOOK_VERSION, done: Object.fromEntries(own) }));
  };

  /** Sees whether the page on screen is done, and then which answer was right. */
  const look = (): void => {
    const { lesson, page: index, answers, right, key } = slice();
    const page = lesson?.pages[index];
    if (isEntering || !page || (!page.predict && !page.check)) return;
    const isDone = donePages(slice(), key).includes(page.id);
    const isDecided = !page.predict || Object.hasOwn(right, page.id);
    if ((isDone && isDecided) || (page.predict && !Object.hasOwn(answers, page.id))) return;
    const known = facts();
    if (isComputed(page) && !known.isFinished) return;
    if (page.check && !holds(page.check, known)) return;
    const options = page.predict?.options ?? [];
    const found = options.findIndex(({ when }) => when !== undefined && holds(when, known));
    const decided = page.predict?.right ?? (found < 0 ? null : found);
    finish(page, page.predict ? decided : undefined);
  };

  /** Shows a page and does what it does on entering. */
  const enter = (index: number, begin: Beginning | null = null): void => {
    const { lesson } = slice();
    const page = lesson?.pages[index];
    if (!lesson || !page) return;
    const { answers, right } = slice();
    isEntering = true;
    // A page that is opened again asks again.
    const { [page.id]: _, ...otherAnswers } = answers;
    const { [page.id]: __, ...otherRight } = right;
    patch({ page: index, answers: otherAnswers, right: otherRight });
    const { experiment, room, step } = page.enter;
    // In the middle of a lesson the experiment is that of the pages before.
    const inherited = lesson.pages.slice(0, index + 1).findLast((one) => one.enter.experiment)?.enter.experiment;
    const staged = experiment ?? (begin ? inherited : undefined);
    const goal = room ?? (begin && store.getState().view.room === 'learn' ? 'compare' : undefined);
    store.setState(({ view }) => ({ view: { ...view, ...(goal && { room: goal }), solo: null, hidden: [] } }));
    if (!begin?.isExperimentKept) {
      if (staged) drafting.openForLesson(staged, begin);
      else if (step !== undefined) clock.setStep(step);
    }
    isEntering = false;
    look();
  };

  const start = (lesson: Lesson, key: string, page: number, begin: Beginning): void => {
    isEntering = true;
    patch({ lesson, key, page: 0, answers: {}, right: {}, source: begin.source ?? null });
    enter(Math.min(lesson.pages.length - 1, Math.max(0, page)), begin);
  };

  const tellRepairs = (repairs: readonly Repair[]): void => {
    if (repairs.length > 0) notify({ kind: 'repairs', source: 'link', repairs });
  };

  /** The first page that is not done; the first of all if none or all are. */
  const resumed = ({ pages }: Lesson, key: string): number => {
    const done = donePages(slice(), key);
    return Math.max(
      0,
      pages.findIndex(({ id }) => !done.includes(id)),
    );
  };

  const openShipped = async (id: string, choose: (lesson: Lesson) => number, begin: Beginning): Promise<void> => {
    const lessons = await library();
    const { catalogue } = store.getState();
    if (!lessons || !catalogue || isLocked) return;
    const shipped = lessons.find((one) => one.id === id);
    if (!shipped) {
      const ids = lessons.map((one) => one.id);
      tellRepairs([{ path: '?lesson', expected: oneOf(ids, id), found: describe(id), used: 'no lesson' }]);
      return;
    }
    const lesson = parseLesson(shipped.input, catalogue, environment.presets);
    start(lesson, id, choose(lesson), begin);
  };

  const openQuery = async ({ id, page }: LessonQuery): Promise<void> => {
    // An address that holds an experiment too is the learner's own work on that page.
    const isExperimentKept = environment.link.hash() !== '';
    const repairs: Repair[] = [];
    const choose = ({ pages }: Lesson): number => {
      const wanted = Number(page ?? 1);
      if (Number.isInteger(wanted) && wanted >= 1 && wanted <= pages.length) return wanted - 1;
      const used = wanted > pages.length ? pages.length : 1;
      const expected = `a page from 1 to ${pages.length}`;
      repairs.push({ path: '?page', expected, found: describe(page), used: `page ${used}` });
      return used - 1;
    };
    await openShipped(id, choose, { isFromAddress: true, isExperimentKept });
    tellRepairs(repairs);
  };

  store.setState({ lesson: { ...noLesson, done: readProgress(environment.notebook.read()) } });
  store.subscribe((state, before) => {
    if (state.lesson.lesson && state !== before) look();
  });

  return {
    open: (id, page) => openShipped(id, (lesson) => page ?? resumed(lesson, id), { isFromAddress: false }),
    openDocument: ({ lesson, source }, isFromAddress) => {
      if (isLocked || environment.isEmbedded) return;
      start(lesson, FILE + lesson.id, 0, { isFromAddress, source });
    },
    openAsked: () => {
      if (asked) void openQuery(asked);
    },
    go: (page) => enter(page),
    next: () => {
      const { lesson, page: index } = slice();
      const page = lesson?.pages[index];
      if (!lesson || !page) return;
      if (!page.predict && !page.check) finish(page);
      if (index + 1 < lesson.pages.length) enter(index + 1);
      else {
        patch({ ...noLesson, done: slice().done });
        store.setState(({ view }) => ({ view: { ...view, room: 'learn' } }));
      }
    },
    answer: (option) => {
      const { lesson, page: index, answers, right } = slice();
      const page = lesson?.pages[index];
      if (!page?.predict?.options[option] || Object.hasOwn(answers, page.id)) return;
      const fact = page.predict.right;
      patch({
        answers: { ...answers, [page.id]: option },
        ...(fact === undefined ? {} : { right: { ...right, [page.id]: fact } }),
      });
    },
    leave: () => patch({ ...noLesson, done: slice().done }),
    shareHash: () => {
      const { source } = slice();
      return source ? packLink(source) : null;
    },
  };
};
