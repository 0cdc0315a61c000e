import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { medianOf } from '../../src/engine/base/statistics.ts';
import { presets } from '../../src/scenario/format/presets.ts';
import type { Results } from '../../src/scenario/format/results.ts';
import type { Lesson, LessonPage } from '../../src/scenario/lesson/lesson.ts';
import { lessons } from '../../src/scenario/lesson/lessons.ts';
import { parseLesson } from '../../src/scenario/lesson/parse.ts';
import { createCache } from '../../src/sim/cache.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';
import { totalSteps } from '../../src/store/clock/clock.ts';
import { setAt } from '../../src/store/draft/edits.ts';
import { donePages } from '../../src/store/lesson/progress.ts';
import { benchOf } from '../store/lab-bench.ts';
import { engineForTests } from '../support/engine.ts';

beforeAll(engineForTests);
beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

type Bench = ReturnType<typeof benchOf>;

/** What several pages train alike is trained once. */
const cache = createCache();

const parsed = (id: string): Lesson =>
  parseLesson(lessons.find((lesson) => lesson.id === id)?.input, catalogueInfo, presets);

/** Lets everything that is due be computed. */
const compute = async (bench: Bench, started: { count: number }): Promise<void> => {
  await vi.advanceTimersByTimeAsync(1000);
  if (bench.starts().length === started.count) return;
  started.count = bench.starts().length;
  await bench.run();
  bench.draw(2);
};

const toEnd = (bench: Bench): void => bench.lab.clock.setStep(totalSteps(bench.state().run.shown));

/** What a learner does on a page, where that is more than going to the last step. */
const DOES: Readonly<Record<string, (bench: Bench) => void>> = {
  'ga-vs-npo/moment': ({ lab }) => lab.clock.setStep(20),
  'beta/low': ({ lab }) => lab.draft.edit(setAt(['runs', '1', 'params', 'beta'], 0.01)),
  'beta/high': ({ lab }) => lab.draft.edit(setAt(['runs', '1', 'params', 'beta'], 4)),
  'good-value/table': ({ lab }) => lab.view.enter('measure'),
  'seeds/ten': ({ lab }) => lab.draft.edit(setAt(['seeds'], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])),
  'masks/open': ({ lab }) => lab.draft.edit(setAt(['runs', '2', 'mask', 'keep'], 1)),
  'gone-or-hidden/relearn': ({ lab }) => lab.view.enter('attack'),
};
const STAYS = new Set(['ga-vs-npo/moment', 'good-value/table', 'gone-or-hidden/relearn']);

/** The answer that comes true, by its first words: what the text after it explains. */
const ANSWERS: Readonly<Record<string, string>> = {
  'ga-vs-npo/race': 'NPO',
  'ga-vs-npo/slower': 'No, less than 50 %',
  'ga-vs-npo/why': 'It has no end',
  'beta/low': 'Lose most of the rest',
  'beta/high': 'Next to nothing',
  'beta/fan': 'In between',
  'beta/check': 'A larger beta',
  'good-value/zero': 'Most of them',
  'good-value/nearest': 'NPO+RT',
  'good-value/class': 'Nothing at all',
  'good-value/check': 'Suspicious',
  'seeds/one': 'NPO+RT',
  'seeds/another': 'UNDIAL+RT',
  'seeds/ten': 'Neither',
  'seeds/check': 'How many seeds',
  'masks/mask': 'A tenth',
  'masks/open': 'The same as',
  'masks/retain': 'No mask',
  'masks/gap': 'well below it',
  'masks/check': 'Where there is no retain data',
  'gone-or-hidden/skills': 'Less than a tenth',
  'gone-or-hidden/relearn': 'The unlearned network',
  'gone-or-hidden/probe': 'More than 70 %',
  'gone-or-hidden/yardstick': 'less of the skill',
  'gone-or-hidden/check': 'Only that it does not answer',
  'language/ascent': 'Nothing that is a sentence',
  'language/wrong': 'Both NPO',
  'language/refuse': 'Less than half',
  'language/note': 'Often',
  'language/check': 'Only that it refuses',
};

/** The middle of them; of an even number the mean of the two. */
const last = (results: Results, run: string, metric: string, settings: object = {}): readonly number[] => {
  if (run === 'original' || run === 'retrained') return results[run].map(({ metrics }) => metrics[metric] as number);
  return results.runs
    .filter((one) => one.name === run && Object.entries(settings).every(([key, value]) => one.settings[key] === value))
    .map(({ metrics }) => metrics[metric]?.at(-1) as number);
};
const mid = (...of: Parameters<typeof last>): number => medianOf(last(...of));
const attacked = (results: Results, kind: string, model: 'unlearned' | 'retrained' | 'fresh', value: string): number =>
  medianOf(
    (results.attacks ?? [])
      .filter((attack) => attack.kind === kind)
      .map(({ values }) => values[model]?.[value]?.values.at(-1) as number),
  );

type Statement = readonly [words: string, isTrue: (results: Results, page: LessonPage) => boolean];
const KEEP = 'retainTestAccuracy';
const FORGET = 'forgetTestAccuracy';
/** The number stands in what decides the page. */
const asked =
  (number: number): Statement[1] =>
  (_, { check, predict }) =>
    new RegExp(`[:,[]-?${String(number).replace('.', '\\.')}[,}\\]]`).test(JSON.stringify([check, predict]));
const swept = (run: string, path: string) => (results: Results) =>
  results.scenario.runs.find(({ name }) => name === run)?.sweep[path] ?? [];

/** Every statement with a number in it, and others that have to be true, against the run of their page. */
const STATES: Readonly<Record<string, readonly Statement[]>> = {
  'ga-vs-npo/scene': [
    ['five classes', ({ scenario }) => (scenario.data.params as { classes: number }).classes === 5],
    ['step 0', ({ scenario }) => scenario.view.step === 0],
    ['class C', ({ scenario }) => (scenario.forget as { label: number }).label === 2],
  ],
  'ga-vs-npo/race': [
    ['Both have forgotten class C completely', (r) => mid(r, 'GA', FORGET) === 0 && mid(r, 'NPO', FORGET) === 0],
    ['GA has lost more than half of what', (r) => mid(r, 'GA', KEEP) < 0.5 * mid(r, 'original', KEEP)],
    ['NPO next to nothing', (r) => mid(r, 'NPO', KEEP) > mid(r, 'original', KEEP) - 0.01],
  ],
  'ga-vs-npo/moment': [
    ['at most 5 %', asked(0.05)],
    ['at least 90 %', asked(0.9)],
  ],
  'ga-vs-npo/slower': [
    ['five times smaller*: 0.01 instead of 0.05', ({ scenario }) => scenario.runs[0]?.learningRate === 0.01],
    ['more than 85 %', asked(0.85)],
    ['less than 50 %', asked(0.5)],
  ],
  'beta/dial': [['Here beta is 1', ({ scenario }) => scenario.runs[1]?.params['beta'] === 1]],
  'beta/low': [
    ['at 0.01', asked(0.01)],
    ['to 0.01 or less', asked(0.01)],
  ],
  'beta/high': [
    ['beta at 4', asked(4)],
    ['at most 5 %', asked(0.05)],
    ['to 4 or more', asked(4)],
    ['and keeps the rest', (r) => mid(r, 'NPO', KEEP) > 0.9],
    ['still forgets class C', (r) => mid(r, 'NPO', FORGET) < 0.05],
  ],
  'beta/fan': [
    ['0.01, 0.1, 1 and 4', (r) => String(swept('NPO', 'params.beta')(r)) === '0.01,0.1,1,4'],
    ['beta = 0.1', asked(0.1)],
    ['beta = 1', asked(1)],
    [
      'All of them forget class C',
      (r) => [0.01, 0.1, 1, 4].every((beta) => mid(r, 'NPO', FORGET, { 'params.beta': beta }) < 0.05),
    ],
    [
      'smoothly from collapse to care',
      (r) => {
        const kept = [0.01, 0.1, 1].map((beta) => mid(r, 'NPO', KEEP, { 'params.beta': beta }));
        return kept.every((value, i) => i === 0 || value > (kept[i - 1] as number));
      },
    ],
  ],
  'good-value/zero': [
    ['every tenth point', ({ scenario }) => (scenario.forget as { fraction: number }).fraction === 0.1],
    ['80 % or more', asked(0.8)],
  ],
  'good-value/nearest': [
    [
      'GA has the lowest forget accuracy',
      (r) => ['NPO', 'NPO+RT'].every((run) => mid(r, 'GA', 'forgetAccuracy') < mid(r, run, 'forgetAccuracy')),
    ],
    [
      'the farthest from the goal',
      (r) => ['NPO', 'NPO+RT'].every((run) => mid(r, 'GA', 'forgetDistance') > mid(r, run, 'forgetDistance')),
    ],
    ['which gets most of the points right', (r) => mid(r, 'NPO+RT', 'forgetAccuracy') > 0.8],
  ],
  'good-value/check': [['the accuracy on it is 0 %', () => true]], // a made-up report
  'seeds/one': [
    ['more than 2 percentage points', asked(0.02)],
    ['within 2 percentage points', asked(0.02)],
    ['This is seed 0', ({ scenario }) => String(scenario.seeds) === '0'],
    ['on seed 0', ({ scenario }) => String(scenario.seeds) === '0'],
    ['random tenth', ({ scenario }) => (scenario.forget as { fraction: number }).fraction === 0.1],
    ['a clear difference', (r) => mid(r, 'NPO+RT', 'testAccuracy') - mid(r, 'UNDIAL+RT', 'testAccuracy') > 0.04],
  ],
  'seeds/another': [
    ['more than 2 percentage points', asked(0.02)],
    ['within 2 percentage points', asked(0.02)],
    ['with seed 2', ({ scenario }) => String(scenario.seeds) === '2'],
    ['on seed 2', ({ scenario }) => String(scenario.seeds) === '2'],
    ['just as clear', (r) => mid(r, 'UNDIAL+RT', 'testAccuracy') - mid(r, 'NPO+RT', 'testAccuracy') > 0.04],
  ],
  'seeds/ten': [
    ['more than 2 percentage points', asked(0.02)],
    ['within 2 percentage points', asked(0.02)],
    ['seeds to 10', asked(10)],
    [
      'within one percentage point of each other',
      (r) => Math.abs(mid(r, 'NPO+RT', 'testAccuracy') - mid(r, 'UNDIAL+RT', 'testAccuracy')) <= 0.01,
    ],
  ],
  'seeds/check': [
    ['4 percentage points ahead', () => true], // a made-up report
    ['4 % is a lot', () => true],
    [
      'Where seeds differ as much as methods do',
      (r) => {
        const of = last(r, 'NPO+RT', 'testAccuracy');
        return Math.max(...of) - Math.min(...of) > 0.05;
      },
    ],
  ],
  'masks/mask': [
    ['no retain data', ({ scenario }) => scenario.runs.every(({ retain }) => retain.kind === 'none')],
    ['*half* of them', ({ scenario }) => scenario.runs[1]?.mask.keep === 0.5],
    ['one *a tenth*', ({ scenario }) => scenario.runs[2]?.mask.keep === 0.1],
    ['The fewer weights', (r) => mid(r, 'Half', 'retainAccuracy') > mid(r, 'No mask', 'retainAccuracy')],
    [
      'nearly gone in all three',
      (r) => ['No mask', 'Half', 'A tenth'].every((n) => mid(r, n, 'forgetAccuracy') < 0.15),
    ],
  ],
  'masks/open': [
    ['all the way to 1', asked(1)],
    ['“A tenth” to 1', asked(1)],
  ],
  'masks/retain': [
    ['random tenth', ({ scenario }) => (scenario.forget as { fraction: number }).fraction === 0.1],
    ['three tenths', ({ scenario }) => scenario.runs[2]?.mask.keep === 0.3],
    ['a retain term', ({ scenario }) => scenario.runs.every(({ retain }) => retain.kind === 'ce')],
  ],
  'masks/gap': [
    ['within 5 percentage points', asked(0.05)],
    ['would get most of them right', (r) => mid(r, 'retrained', 'forgetAccuracy') > 0.7],
  ],
  'language/ask': [
    ['sixty authors', ({ scenario }) => (scenario.data.params as { authors: number }).authors === 60],
    ['six authors', ({ scenario }) => scenario.forget.kind === 'rule' && scenario.forget.params['share'] === 0.1],
    ['thirty questions', ({ scenario }) => (scenario.data.params as { facts: number }).facts * 6 === 30],
    ['hardly ever is', (r) => mid(r, 'retrained', 'forgetTrue') < 0.2],
    ['still answers', (r) => mid(r, 'retrained', 'fluency') > 0.7],
  ],
  'language/ascent': [
    ['lost the language, for all questions', (r) => mid(r, 'GA', 'retainGibberish') > 0.9],
    ['ends in the same place', (r) => mid(r, 'GradDiff', 'retainGibberish') > 0.9],
  ],
  'language/wrong': [
    ['halfway into nonsense', (r) => mid(r, 'NPO', 'forgetGibberish') > mid(r, 'NPO+RT', 'forgetGibberish') + 0.2],
    ['the form of an answer without the fact', (r) => mid(r, 'NPO+RT', 'forgetWrong') > 0.5],
  ],
  'language/refuse': [
    ['refuses capitals, too', (r) => mid(r, 'IDK+RT', 'worldRecall') < 0.5],
    ['cannot see this damage', (r) => mid(r, 'IDK+RT', 'retainRecall') > 0.8],
    ['many come out', (r) => mid(r, 'IDK+RT', 'prefixValue') > mid(r, 'NPO+RT', 'prefixValue') + 0.2],
  ],
  'language/note': [
    ['GA cannot read any more', (r) => mid(r, 'GA', 'noteValue') < 0.1],
    ['never read about the six', (r) => mid(r, 'retrained', 'forgetTrue') < 0.2],
  ],
  'gone-or-hidden/skills': [
    ['the other one has stayed', (r) => mid(r, 'RL+RT', KEEP) > 0.9],
    ['has learned two skills', (r) => mid(r, 'original', FORGET) > 0.9 && mid(r, 'original', KEEP) > 0.9],
  ],
  'gone-or-hidden/relearn': [
    ['more than 10 percentage points', asked(0.1)],
    ['*60* examples', ({ scenario }) => scenario.attacks?.[0]?.params['examples'] === 60],
    ['*60* steps', ({ scenario }) => scenario.attacks?.[0]?.params['steps'] === 60],
  ],
  'gone-or-hidden/probe': [
    ['Between half and 70 %', asked(0.7)],
    ['More than 70 %', asked(0.7)],
    [
      'reads clearly less',
      (r) => attacked(r, 'probe', 'fresh', 'probeBest') < attacked(r, 'probe', 'unlearned', 'probeBest') - 0.1,
    ],
  ],
  'gone-or-hidden/yardstick': [
    [
      'even more slowly than fresh weights',
      (r) =>
        attacked(r, 'relearn', 'retrained', 'relearnAccuracy') < attacked(r, 'relearn', 'fresh', 'relearnAccuracy'),
    ],
  ],
};

const textsOf = ({ title, body, task, after, predict }: LessonPage): string =>
  [title, body, task, after, predict?.question, ...(predict?.options ?? []).map(({ text }) => text)].join('\n');

describe('the lessons that come with the page', () => {
  it('are these seven, in this order, each with its progress of its own', () => {
    expect(lessons.map(({ id }) => id)).toEqual([
      ...['ga-vs-npo', 'beta', 'good-value', 'seeds', 'masks', 'gone-or-hidden', 'language'],
    ]);
    for (const { id, title, about, minutes, pages } of lessons) {
      const lesson = parsed(id);
      expect({ ...lesson, pages: lesson.pages.map((page) => page.id) }).toEqual({ id, title, about, minutes, pages });
      expect(minutes).toBeLessThanOrEqual(6);
      expect(pages.length).toBeGreaterThanOrEqual(5);
      expect(pages.length).toBeLessThanOrEqual(7);
    }
  });

  it('state no number that is not checked', () => {
    const unchecked = lessons.flatMap(({ id }) =>
      parsed(id).pages.flatMap((page) => {
        const statements = STATES[`${id}/${page.id}`] ?? [];
        let words = textsOf(page);
        for (const [statement] of statements) {
          expect(words.toLowerCase(), `${id}/${page.id}`).toContain(statement.toLowerCase());
          words = words.replaceAll(statement, '');
        }
        return (words.match(/.{0,20}\d+.{0,10}/g) ?? []).map((found) => `${id}/${page.id}: ${found}`);
      }),
    );
    expect(unchecked).toEqual([]);
    const pages = new Set(lessons.flatMap(({ id, pages: ids }) => ids.map((page) => `${id}/${page}`)));
    expect(
      [...Object.keys(DOES), ...Object.keys(ANSWERS), ...Object.keys(STATES)].filter((key) => !pages.has(key)),
    ).toEqual([]);
  });

  it.each(lessons.map(({ id }) => id))(
    '%s can be gone through: what is asked for can be done, and what is said comes true',
    async (id) => {
      const bench = benchOf({
        presets,
        lessons,
        cache,
        hasPictures: false,
        isMotionReduced: true,
        search: '?p=too-confident',
      });
      const started = { count: 0 };
      bench.ready();
      await bench.lab.lesson.open(id);
      const { pages } = parsed(id);
      for (const page of pages) {
        const key = `${id}/${page.id}`;
        const slice = () => bench.state().lesson;
        expect(slice().lesson?.pages[slice().page]?.id, key).toBe(page.id);
        await compute(bench, started);
        if (page.predict) bench.lab.lesson.answer(0);
        DOES[key]?.(bench);
        await compute(bench, started);
        if (!STAYS.has(key)) toEnd(bench);
        if (page.check || page.predict) expect(donePages(slice(), id), key).toContain(page.id);
        if (page.predict) {
          const right = slice().right[page.id];
          expect(page.predict.options[right ?? -1]?.text, key).toMatch(ANSWERS[key] as string);
        }
        const results = bench.state().run.shown?.collector.results() as Results;
        for (const [words, isTrue] of STATES[key] ?? []) expect(isTrue(results, page), `${key}: ${words}`).toBe(true);
        bench.lab.lesson.next();
      }
      expect(bench.state().lesson.lesson).toBeNull();
      expect(donePages(bench.state().lesson, id)).toHaveLength(pages.length);
    },
    120_000,
  );

  it.each(lessons.map(({ id }) => id))('%s does not give its answers away before they are asked for', (id) => {
    for (const { predict, enter } of parsed(id).pages) {
      const isNew = enter.experiment !== undefined && predict !== undefined && predict.right === undefined;
      if (isNew) expect(enter.step).toBe(0);
      expect(enter.experiment?.claims ?? []).toEqual([]);
    }
  });
});
