import { createStore } from 'zustand/vanilla';
import { createSlots } from '../../browser/slots.ts';
import { caps } from '../../scenario/format/defaults.ts';
import type { Scenario } from '../../scenario/format/scenario.ts';
import { initialState, type LabState } from '../../store/contracts/state.ts';
import { createKeptWork } from '../../store/draft/kept-work.ts';
import { donePages, readProgress, writeProgress } from '../../store/lesson/progress.ts';
import { importedScenario, inlineScenario, richScenario } from './corpus.ts';
import { type createExpectations, expect } from './expectations.ts';
import { member } from './how.ts';
import type { FuzzTarget } from './target.ts';

const nothing = (): void => undefined;

/** A browser's storage that holds what somebody else has put there; nothing is written while it is read. */
const storageWith = (items: ReadonlyMap<string, string>): Storage => {
  const keys = [...items.keys()];
  return {
    length: keys.length,
    key: (index) => keys[index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: nothing,
    removeItem: nothing,
    clear: nothing,
  };
};

/** Whatever stands there as text: JSON, unless it is text already. */
const written = (value: unknown): string => {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
};

const TAB = 'unlearn-lab/tab';
const KEPT = 'unlearn-lab/kept/';
/** The clock of the page that reads. */
const NOW = 1_800_000_000_000;
const ADDRESS = '1.abc';

const slot = (scenario: unknown, others: object = {}) => ({
  time: NOW - 1000,
  text: { version: 1, address: ADDRESS, isEdited: true, scenario, past: [], future: [], ...others },
});

/** The reader of what the page keeps in the browser, over storage that somebody has tampered with. */
export const storageTarget = ({
  strict,
  expectValid,
  library: { catalogue },
}: Pick<ReturnType<typeof createExpectations>, 'strict' | 'expectValid' | 'library'>): FuzzTarget => {
  const [rich, inline, imported] = [richScenario, inlineScenario, importedScenario].map((input) => strict(input));
  const notebook = { version: 1, done: { seeds: ['one', 'two'], 'ga-vs-npo': [] } };

  const expectHistory = (history: { [K in 'past' | 'future']: readonly Scenario[] } & { scenario: Scenario }): void => {
    for (const scenario of [history.scenario, ...history.past.slice(-6), ...history.future.slice(0, 6)])
      expectValid(scenario);
  };

  return {
    name: 'storage',
    corpus: [
      { tab: 'a', slots: { a: slot(rich, { past: [inline, rich], future: [imported] }), b: slot(inline) }, notebook },
      { tab: 'b', slots: { a: slot(imported), b: { time: 5, text: 'no JSON' }, c: slot({ title: 'x' }) }, notebook },
      { tab: 'c', slots: { c: slot(richScenario, { past: [{}] }) }, notebook: 'no JSON' },
    ],
    extremes: [
      {
        tab: 'a',
        slots: { a: slot(inline, { past: new Array(100_000).fill({}), future: new Array(100_000).fill(7) }) },
      },
      { tab: 'a', slots: Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`${i}`, slot({ runs: [i] })])) },
      { tab: 'a', slots: { a: { time: NOW, text: '['.repeat(2_000_000) } }, notebook: '{"done":'.repeat(100_000) },
    ],
    run: (input) => {
      const slots = Object.entries(Object(member(input, 'slots')) as object).map(([id, kept]): [string, string] => [
        KEPT + id,
        `${written(member(kept, 'time'))} ${written(member(kept, 'text'))}`,
      ]);
      const local = storageWith(new Map(slots));
      const session = storageWith(new Map([[TAB, written(member(input, 'tab'))]]));
      const kept = createKeptWork(
        createStore<LabState>(() => initialState),
        {
          slots: createSlots({ local: () => local, session: () => session, locks: undefined, now: () => NOW }),
          link: {
            hash: () => ADDRESS,
            search: () => '',
            push: nothing,
            replace: nothing,
            isOwn: () => true,
            listen: nothing,
          },
        },
        { flush: nothing, isWritten: () => false },
      );
      const restored = kept.restored(catalogue);
      if (restored) expectHistory(restored);
      // A menu shows six.
      for (const { id, savedMs, title, runs } of kept.list().slice(0, 6)) {
        expect(!Number.isNaN(new Date(savedMs).getTime()) && savedMs <= 2 * NOW, `it was saved at ${savedMs}`);
        expect(typeof title === 'string' && title.length <= caps.text, 'its title is none');
        expect(
          runs.every((run) => typeof run === 'string' && run.length <= caps.name),
          'a run has no name',
        );
        const scenario = kept.get(id, catalogue);
        if (scenario) expectValid(scenario);
      }
      const done = readProgress(written(member(input, 'notebook')));
      for (const id of Object.keys(done)) {
        expect(
          donePages({ done }, id).every((page) => typeof page === 'string'),
          'a page that is done has no name',
        );
      }
      expect(JSON.stringify(readProgress(writeProgress(done))).length > 0, 'what was read cannot be kept');
    },
  };
};
