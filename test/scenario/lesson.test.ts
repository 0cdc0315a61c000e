import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SimError } from '../../src/engine/base/errors.ts';
import { presets } from '../../src/scenario/format/presets.ts';
import { holds, type LessonFacts } from '../../src/scenario/lesson/condition.ts';
import type { Condition, Lesson } from '../../src/scenario/lesson/lesson.ts';
import { HIGHLIGHT_KINDS, HIGHLIGHT_PARTS, lessonCaps } from '../../src/scenario/lesson/lesson.ts';
import { parseLesson } from '../../src/scenario/lesson/parse.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';
import { richLesson } from '../support/lesson.ts';

type Raw = Record<string, unknown>;

const parse = (input: unknown): Lesson => parseLesson(input, catalogueInfo, presets);

/** The faults of a lesson, each as 'path: expected'. */
const faultsOf = (input: unknown): readonly string[] => {
  try {
    parse(input);
  } catch (thrown) {
    if (thrown instanceof SimError) return thrown.faults.map(({ path, expected }) => `${path}: ${expected}`);
    throw thrown;
  }
  return [];
};

/** The rich lesson with one page changed. */
const withPage = (index: number, change: Raw): Raw => ({
  ...richLesson,
  pages: richLesson.pages.map((page, i) => (i === index ? { ...page, ...change } : page)),
});

const facts: LessonFacts = {
  room: 'compare',
  isFinished: true,
  setting: (path) => ({ 'runs.NPO.params.beta': 0.5, 'runs.NPO.batchSize': 'full' })[path],
  number: (name) => ({ step: 100, share: 0.25, seeds: 5, runs: 2 })[name],
  metric: (run) => (run === 'GA' ? [0.4, 0.6] : []),
  claim: ({ run }) => run === 'NPO',
  attacked: (kind, run) => kind === 'relearn' && run !== 'GA',
};

describe('a lesson', () => {
  it('is read whole: presets are looked up, overrides applied, what follows inherits the experiment', () => {
    const { pages, ...lesson } = parse(richLesson);
    expect(lesson).toEqual({ id: 'rich', title: 'Every field', about: 'What a lesson may hold.', minutes: 3 });
    const [first, second, third] = pages;
    expect(first?.enter.experiment).toMatchObject({ seeds: [0, 1], view: { step: 0 }, title: 'GA collapse vs NPO' });
    expect(first?.enter.experiment?.runs[1]?.params['beta']).toBe(0.5);
    expect(second?.enter).toEqual({});
    expect(third?.enter.experiment).toMatchObject({ seeds: [0, 1] });
    expect(third?.enter.experiment?.runs[1]?.params['beta']).toBe(1);
  });

  it('opens experiments without their claims, which would tell the end, and as nobody’s preset', () => {
    const { experiment } = parse(richLesson).pages[0]?.enter ?? {};
    expect(experiment?.claims).toEqual([]);
    expect(experiment?.id).toBeUndefined();
  });

  it.each<readonly [string, unknown, string]>([
    ['no lesson', 5, ': a lesson, which is an object'],
    ['another kind', { ...richLesson, kind: 'tournament' }, '/kind: "lesson"'],
    ['a later version', { ...richLesson, version: 2 }, '/version: 1'],
    ['no pages', { ...richLesson, pages: [] }, `/pages: 1 to ${lessonCaps.pages} pages`],
    ['a misspelled field', withPage(0, { bdy: 'x' }), '/pages/0/bdy: a known field (did you mean "body"?)'],
    ['no text', withPage(1, { body: ' ' }), '/pages/1/body: a text'],
    ['a name twice', withPage(1, { id: 'guess' }), '/pages/1/id: a name that no other page has'],
    ['an unknown preset', withPage(0, { enter: { scenario: 'ga-vs-np' } }), '/pages/0/enter/scenario: an experiment'],
    [
      'a fault inside the experiment',
      withPage(2, { enter: { scenario: { runs: [{ method: 'nope' }] } } }),
      '/pages/2/enter/scenario/runs/0/method',
    ],
    [
      'an override of nothing',
      withPage(0, { enter: { scenario: 'ga-vs-npo', set: { 'runs.KTO.params.beta': 1 } } }),
      '/pages/0/enter/set/runs.KTO.params.beta: the path of a setting',
    ],
    [
      'an override out of range',
      withPage(0, { enter: { scenario: 'ga-vs-npo', set: { 'runs.NPO.params.beta': -3 } } }),
      '/pages/0/enter/set/runs/1/params/beta: a number in',
    ],
    ['an unknown part', withPage(0, { highlight: 'pannel:GA' }), '/pages/0/highlight: a part of the page'],
    ['a check without a task', withPage(1, { task: undefined }), '/pages/1/task: a sentence'],
    ['a task without a check', withPage(2, { task: 'Do it.' }), '/pages/2/check: a condition'],
    [
      'an answer that is both fact and computed',
      withPage(2, { predict: { ...richLesson.pages[0]?.predict, right: 1 } }),
      '/pages/2/predict: either "right"',
    ],
    ['one answer', withPage(2, { predict: { question: '?', options: [{ text: 'a' }], right: 0 } }), '2 to 8 answers'],
    ['an unknown condition', withPage(1, { check: { when: 1 } }), '/pages/1/check: a condition with one of all, any'],
    [
      'a setting that is not there',
      withPage(1, { check: { setting: 'runs.NPO.params.gamma', is: '==', value: 1 } }),
      '/pages/1/check/setting: a setting of the experiment',
    ],
    [
      'an inherited member',
      withPage(1, { check: { setting: 'constructor.name', is: '==', value: 'Object' } }),
      '/pages/1/check/setting: a setting of the experiment',
    ],
    [
      'an order of words',
      withPage(1, { check: { setting: 'data.generator', is: '<', value: 'x' } }),
      '/pages/1/check/value: a number to compare',
    ],
    [
      'an unknown run',
      withPage(1, { check: { run: 'DPO', metric: 'forgetAccuracy', is: '<', value: 1 } }),
      '/pages/1/check/run: one of GA, NPO',
    ],
    [
      'a fault inside a claim',
      withPage(1, { check: { claim: { run: 'GA', metric: 'forgetAccuracy', is: '<' } } }),
      '/pages/1/check/claim: either a value or a than',
    ],
    ['an empty list', withPage(1, { check: { all: [] } }), '/pages/1/check/all: a list of conditions'],
  ])('with %s is refused with the place and what was expected there', (_, input, expected) => {
    expect(faultsOf(input).join('\n')).toContain(expected);
  });

  it('cannot be made to recurse for ever or to count for ever', () => {
    let deep: object = { finished: true };
    for (let i = 0; i < 1000; i++) deep = { not: deep };
    expect(faultsOf(withPage(1, { check: deep })).join('\n')).toContain(`at most ${lessonCaps.depth} levels`);
    const wide = { all: Array.from({ length: 100_000 }, () => ({ finished: true })) };
    expect(faultsOf(withPage(1, { check: wide })).join('\n')).toContain(`at most ${lessonCaps.conditions} conditions`);
  });
});

describe('docs/lessons.md', () => {
  const docs = readFileSync('docs/lessons.md', 'utf8');

  it('shows a lesson that can be opened', () => {
    const [, example = ''] = /```json\n(.*?)```/s.exec(docs) ?? [];
    expect(parse(JSON.parse(example)).pages[0]?.predict?.options).toHaveLength(2);
  });

  it('shows conditions that can be read', () => {
    const rows = [...docs.matchAll(/^\| `(\{ "(?:setting|state|run|room|finished|attacked)".*?\})`/gm)];
    expect(rows).toHaveLength(6);
    for (const [, row = ''] of rows) expect(faultsOf(withPage(1, { check: JSON.parse(row) })), row).toEqual([]);
  });

  it('names every part of the page that can be pointed at', () => {
    for (const part of HIGHLIGHT_PARTS) expect(docs).toContain(`\`${part}\``);
    for (const kind of HIGHLIGHT_KINDS) expect(docs).toContain(`\`${kind}:`);
  });
});

describe('a condition', () => {
  const beta = (is: '<=' | '>', value: number): Condition => ({ setting: 'runs.NPO.params.beta', is, value });
  it.each<readonly [boolean, Condition]>([
    [true, { finished: true }],
    [false, { finished: false }],
    [true, { room: 'compare' }],
    [false, { room: 'attack' }],
    [true, beta('<=', 0.5)],
    [false, beta('>', 0.5)],
    [true, { not: beta('>', 0.5) }],
    [false, { setting: 'runs.NPO.params.gone', is: '!=', value: 1 }],
    [true, { setting: 'runs.NPO.batchSize', is: '==', value: 'full' }],
    [false, { setting: 'runs.NPO.batchSize', is: '<=', value: 32 }],
    [true, { setting: 'runs.NPO.batchSize', is: '!=', value: 32 }],
    [true, { state: 'seeds', is: '>=', value: 5 }],
    [false, { state: 'share', is: '==', value: 1 }],
    [true, { run: 'GA', metric: 'forgetAccuracy', is: '<', value: 0.7 }],
    [false, { run: 'GA', metric: 'forgetAccuracy', is: '<', value: 0.5 }],
    [false, { run: 'NPO', metric: 'forgetAccuracy', is: '<', value: 2 }],
    [true, { attacked: 'relearn', run: 'NPO' }],
    [false, { attacked: 'relearn', run: 'GA' }],
    [true, { attacked: 'relearn' }],
    [true, { all: [{ finished: true }, { any: [{ room: 'learn' }, beta('<=', 1)] }] }],
    [false, { all: [{ finished: true }, { any: [] }] }],
  ])('is %s: %j', (expected, condition) => {
    expect(holds(condition, facts)).toBe(expected);
  });

  it('about a claim holds only when the run has finished', () => {
    const { check } = parse(
      withPage(1, { check: { claim: { run: 'NPO', metric: 'forgetAccuracy', is: '<', value: 1 } } }),
    ).pages[1] as { check: Condition };
    expect(holds(check, facts)).toBe(true);
    expect(holds(check, { ...facts, isFinished: false })).toBe(false);
  });
});
