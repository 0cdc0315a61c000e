import type { StoreApi } from 'zustand/vanilla';
import type { Lesson } from '../../scenario/lesson/lesson.ts';
import { parseLesson } from '../../scenario/lesson/parse.ts';
import { packLink } from '../../scenario/links/link.ts';
import { describe, oneOf, type Repair } from '../../scenario/read/check.ts';
import type { Documents } from '../../scenario/read/document-kind.ts';
import type { Clock } from '../clock/clock.ts';
import type { LabEnvironment, RawLesson } from '../contracts/environment.ts';
import { type Beginning, noLesson } from '../contracts/lesson-slice.ts';
import type { LabState, Notice } from '../contracts/state.ts';
import type { Drafting } from '../draft/drafting.ts';
import { type LessonQuery, readLessonQuery } from './address.ts';
import { createPages, type Pages } from './pages.ts';
import { FILE, firstOpenPage, readProgress } from './progress.ts';

export interface Lessons extends Omit<Pages, 'start'> {
  /** Opens a lesson of the page's own at a page, or where the learner has left it. */
  readonly open: (id: string, page?: number) => Promise<void>;
  /** Opens a lesson of a link or of a file. */
  readonly openDocument: (document: Documents['lesson'], isFromAddress: boolean) => void;
  /** Opens the lesson that the query asks for, if it asks for one. */
  readonly openAsked: () => void;
  /**
   * The part of a link after '#' that opens the open lesson of a file; null where none is open.
   *
   * @throws {SimError} link/too-large
   */
  readonly shareHash: () => string | null;
}

/** The page that a query asks for, from 0; what it says wrongly is repaired, with a word about it. */
const askedPage = (
  asked: string | null,
  pages: number,
): { readonly page: number; readonly repairs: readonly Repair[] } => {
  const wanted = Number(asked ?? 1);
  if (Number.isInteger(wanted) && wanted >= 1 && wanted <= pages) return { page: wanted - 1, repairs: [] };
  const used = wanted > pages ? pages : 1;
  const expected = `a page from 1 to ${pages}`;
  return { page: used - 1, repairs: [{ path: '?page', expected, found: describe(asked), used: `page ${used}` }] };
};

/** Opens lessons and leads through them: what their pages open, and when what a page asks for is done. */
export const createLessons = (
  store: StoreApi<LabState>,
  environment: LabEnvironment,
  drafting: Drafting,
  clock: Clock,
): Lessons => {
  const { start, ...pages } = createPages(store, environment.notebook, drafting, clock);
  const isLocked = environment.isLocked === true;
  // Read at once: the address is written anew when the page opens.
  const asked = environment.isEmbedded ? null : readLessonQuery(environment.link.search());
  const notify = (notice: Notice): void =>
    store.setState(({ notices }) => ({ notices: [...notices.filter(({ kind }) => kind !== notice.kind), notice] }));
  const tellRepairs = (repairs: readonly Repair[]): void => {
    if (repairs.length > 0) notify({ kind: 'repairs', source: 'link', repairs });
  };

  const library = async (): Promise<readonly RawLesson[] | null> => {
    try {
      return await environment.lessons();
    } catch {
      notify({ kind: 'not-loaded' });
      return null;
    }
  };

  const openShipped = async (id: string, choose: (lesson: Lesson) => number, begin: Beginning): Promise<void> => {
    const lessons = await library();
    const { catalogue, presets } = store.getState();
    if (!lessons || !catalogue || isLocked) return;
    const shipped = lessons.find((one) => one.id === id.toLowerCase());
    if (!shipped) {
      const ids = lessons.map((one) => one.id);
      tellRepairs([{ path: '?lesson', expected: oneOf(ids, id), found: describe(id), used: 'no lesson' }]);
      return;
    }
    const lesson = parseLesson(shipped.input, catalogue, presets);
    start(lesson, id, choose(lesson), begin);
  };

  const openQuery = async ({ id, page }: LessonQuery): Promise<void> => {
    // An address that holds an experiment too is the learner's own work on that page.
    const isExperimentKept = environment.link.hash() !== '';
    const repairs: Repair[] = [];
    const choose = (lesson: Lesson): number => {
      const found = askedPage(page, lesson.pages.length);
      repairs.push(...found.repairs);
      return found.page;
    };
    await openShipped(id, choose, { isFromAddress: true, isExperimentKept });
    tellRepairs(repairs);
  };

  store.setState({ lesson: { ...noLesson, done: readProgress(environment.notebook.read()) } });

  return {
    ...pages,
    open: (id, page) =>
      openShipped(id, (lesson) => page ?? firstOpenPage(store.getState().lesson, lesson, id), { isFromAddress: false }),
    openDocument: ({ lesson, source }, isFromAddress) => {
      if (isLocked || environment.isEmbedded) return;
      start(lesson, FILE + lesson.id, 0, { isFromAddress, source });
    },
    openAsked: () => {
      if (asked) void openQuery(asked);
    },
    shareHash: () => {
      const { source } = store.getState().lesson;
      return source ? packLink(source) : null;
    },
  };
};
