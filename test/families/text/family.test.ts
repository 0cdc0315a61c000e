import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../../src/engine/base/tf.ts';
import type { Seed } from '../../../src/families/family.ts';
import { type TextRows, textBatches } from '../../../src/families/text/batches.ts';
import type { TextDraw } from '../../../src/families/text/draw.ts';
import family from '../../../src/families/text/family.ts';
import { tinyTofu } from '../../../src/families/text/generator.ts';
import { EOS, PAD } from '../../../src/families/text/grammar.ts';
import { trainingRows } from '../../../src/families/text/rows.ts';
import type { ShownQuestions } from '../../../src/families/text/shown.ts';
import { tokensOf } from '../../../src/families/text/windows.ts';
import type { Scenario } from '../../../src/scenario/format/scenario.ts';
import { decodeLink, encodeLink } from '../../../src/scenario/links/link.ts';
import { parseScenario } from '../../../src/scenario/read/parse.ts';
import { catalogueInfo } from '../../../src/sim/catalogue.ts';
import { engineForTests } from '../../support/engine.ts';
import { collected } from '../../support/run.ts';

beforeAll(engineForTests);

const scenarioOf = (change: object = {}): Scenario =>
  parseScenario(
    {
      version: 1,
      family: 'text',
      data: { generator: 'tiny-tofu', seed: 'lane', params: { authors: 20 } },
      forget: { kind: 'rule', id: 'share', params: { share: 0.1 } },
      model: { kind: 'network', id: 'word-network', params: { hidden: 16, width: 6 } },
      training: { optimizer: 'adam', learningRate: 0.03, steps: 12, batchSize: 8 },
      runs: [
        { name: 'GA', method: 'ga', optimizer: 'adam', learningRate: 0.003, steps: 4, batchSize: 4 },
        {
          name: 'NPO+RT',
          method: 'npo',
          retain: { kind: 'ce', batchSize: 4 },
          optimizer: 'adam',
          learningRate: 0.003,
          steps: 4,
          batchSize: 4,
        },
      ],
      seeds: [0, 1],
      evaluate: { every: 2 },
      ...change,
    },
    catalogueInfo,
    'strict',
  ).scenario;

const drawOf = (scenario: Scenario, seed = 0): TextDraw =>
  family.draw(scenario, seed, new Map([[tinyTofu.id, tinyTofu]])) as TextDraw;

const seedOf = (scenario: Scenario, seed = 0): Seed => {
  const draw = drawOf(scenario, seed);
  const requests = draw.divide(scenario.requests ?? [scenario.forget], seed);
  return { seed, draw, split: requests[0]?.after ?? draw.undivided, requests, retrainedAfter: [] };
};

const resultsOf = async (scenario: Scenario) => {
  const collector = await collected(scenario);
  expect(collector).toMatchObject({ status: 'finished', error: null });
  expect(collector.failures.size).toBe(0);
  return collector.results();
};

describe('what a model of words is trained on', () => {
  const scenario = scenarioOf();
  const seed = seedOf(scenario);
  const { world } = seed.draw as TextDraw;
  const namesIn = (rows: TextRows, of: 'windows' | 'exercises'): ReadonlySet<string> => {
    const windows = of === 'windows' ? rows.windows : (rows.exercises?.windows ?? []);
    return new Set(windows.flatMap(({ x }) => tokensOf(world.vocabulary).words(x)));
  };

  it('is every fact, with real authors, capitals and refusals, and exercises about the same people', () => {
    const rows = trainingRows(
      seed,
      Int32Array.from({ length: seed.draw.examples }, (_, i) => i),
    );
    expect(rows.windows).toHaveLength(100 + 30);
    expect(rows.exercises?.windows).toHaveLength(200);
  });

  it('leaves out, for the retrained model, whatever names the forgotten, in exercises too', () => {
    const rows = trainingRows(seed, seed.split.retain);
    const gone = world.authors.slice(0, 2).map(({ first, family: last }) => `${first} ${last}`);
    for (const of of ['windows', 'exercises'] as const) {
      const windows = of === 'windows' ? rows.windows : (rows.exercises?.windows ?? []);
      const asked = windows.map(({ x }) => tokensOf(world.vocabulary).words(x.slice(8, 10)).join(' '));
      for (const name of gone) expect(asked).not.toContain(name);
    }
    expect(namesIn(rows, 'windows')).toContain('atlantis');
    expect(rows.windows).toHaveLength(90 + 30);
  });
});

describe('a batch of answers', () => {
  const lanes = [0, 1].map((seed) => trainingRows(seedOf(scenarioOf(), seed), Int32Array.from([0, 5, 9])));

  it('has all rows of each example, exercises after them, and padding where a lane has fewer', () => {
    tf.tidy(() => {
      const batches = textBatches(lanes, 'retain', 4, 14, 200);
      const { examples, size, x, y } = batches.at(3);
      expect(examples?.count).toEqual([4 + 12, 4 + 12]);
      expect(size).toBe(Math.max(...(examples?.rows ?? [])));
      const labels = tf.valuesOf(y);
      const tokens = tf.valuesOf(x);
      for (const k of [0, 1]) {
        const rows = examples?.rows[k] ?? 0;
        const of = examples?.of.slice(k * size, (k + 1) * size) ?? [];
        expect([...of].filter((example) => example >= 0)).toHaveLength(rows);
        expect([...labels.slice(k * size, k * size + rows)].filter((label) => label === EOS)).toHaveLength(16);
        const padding = tokens.slice((k * size + rows) * 14, (k + 1) * size * 14);
        expect([...padding].every((token) => token === PAD)).toBe(true);
      }
    });
  });

  it('of a lane does not depend on the lanes beside it', () => {
    tf.tidy(() => {
      const both = textBatches(lanes, 'retain', 4, 14, 200).at(5);
      for (const [k, lane] of lanes.entries()) {
        const alone = textBatches([lane], 'retain', 4, 14, 200).at(5);
        const rows = alone.examples?.rows[0] ?? 0;
        expect(both.examples?.rows[k]).toBe(rows);
        const from = k * both.size;
        expect([...tf.valuesOf(both.y).slice(from, from + rows)]).toEqual([...tf.valuesOf(alone.y).slice(0, rows)]);
      }
    });
  });
});

describe('runs of a language model', () => {
  it('are the same to the bit whether their seeds run together or alone', async () => {
    const together = await resultsOf(scenarioOf());
    const alone = await Promise.all([0, 1].map((seed) => resultsOf(scenarioOf({ seeds: [seed] }))));
    const numbers = (results: typeof together, seed: number) =>
      results.runs.filter((run) => run.seed === seed).map(({ name, steps, metrics }) => ({ name, steps, metrics }));
    for (const seed of [0, 1]) expect(numbers(together, seed)).toEqual(numbers(alone[seed] as typeof together, seed));
  });

  it('begin at the original model, which no unlearning has touched', async () => {
    const { original, runs } = await resultsOf(scenarioOf());
    for (const run of runs) {
      const before = original.find(({ seed }) => seed === run.seed);
      expect(run.metrics['forgetProbability']?.[0]).toBe(before?.metrics['forgetProbability']);
    }
    expect(runs.some(({ metrics }) => metrics['forgetProbability']?.at(-1) !== metrics['forgetProbability']?.[0])).toBe(
      true,
    );
  });

  it.each([
    ['authors', { first: 3, count: 2 }, 10],
    ['relation', { relation: 'job' }, 20],
    ['family', { family: 'brindal' }, 5],
  ])('forget by the rule %s', (id, params, count) => {
    const { split } = seedOf(scenarioOf({ forget: { kind: 'rule', id, params } }));
    expect(split.forget).toHaveLength(count);
    expect(split.forget.length + split.retain.length).toBe(100);
  });

  it('answer several requests one after the other, each with what is new in it', () => {
    const share = (part: number) => ({ kind: 'rule', id: 'share', params: { share: part } });
    const { requests } = seedOf(scenarioOf({ forget: undefined, requests: [share(0.1), share(0.3)] }));
    expect(requests.map(({ forget }) => forget.length)).toEqual([10, 20]);
    expect(() => seedOf(scenarioOf({ forget: undefined, requests: [share(0.3), share(0.1)] }))).toThrow(
      /Request 2 cannot be met: expected facts that no request before has asked for/,
    );
  });
});

describe('a scenario with authors of the reader’s own', () => {
  const own = 'Ada Lovelace,city,London\nHomer,job,baker';
  const data = { generator: 'tiny-tofu', seed: 'lane', params: { authors: 20, own } };
  const forget = { kind: 'rule', id: 'named', params: { names: 'Ada Lovelace' } };
  const scenario = scenarioOf({ data, forget });

  it('keeps them in a link as they were read, and writes nothing where there are none', () => {
    expect(scenario.data.params).toMatchObject({ own: 'ada lovelace,city,london\nhomer,job,baker' });
    expect(decodeLink(encodeLink(scenario), catalogueInfo)).toMatchObject({ scenario, repairs: [] });
    expect(scenarioOf().data.params).not.toHaveProperty('own');
  });

  it('is refused with the line and column of what cannot be, and repaired to the rest', () => {
    const wrong = { ...data, params: { authors: 20, own: `${own}\nHomer,city,new york` } };
    expect(() => scenarioOf({ data: wrong })).toThrow(
      /\/data\/params\/own, line 3, column 3 \(value\): expected one word, found 2: "new york"/,
    );
    const { scenario: mended, repairs } = parseScenario({ ...scenario, data: wrong }, catalogueInfo, 'repair');
    expect(mended).toEqual(scenario);
    expect(repairs.map(({ used }) => used)).toEqual(['left out']);
    expect(() => scenarioOf({ data: { ...data, params: { own: [1] } } })).toThrow(
      /\/data\/params\/own: expected a text/,
    );
  });

  it('forgets whom it names, and keeps the others', () => {
    const { draw, split } = seedOf(scenario);
    const { world, shown } = draw as TextDraw;
    expect([...split.forget].map((i) => world.items[i]?.answer.join(' '))).toEqual([
      expect.stringMatching(/lovelace.*london/),
    ]);
    expect((shown as ShownQuestions).authors.slice(-2)).toEqual(['ada lovelace', 'homer']);
    expect(split.retain).toHaveLength(101);
  });

  it('says that each seed has authors of its own where a name is not found', () => {
    const named = (names: string, seed: 0 | 'lane') => () =>
      drawOf(scenarioOf({ data: { ...data, seed }, forget: { ...forget, params: { names } } }));
    expect(named('nobody here', 'lane')).toThrow(/an author of this world.*give the data one seed.*"nobody here"/);
    expect(named('nobody here', 0)).toThrow(/an author of this world, such as [a-z, ]+, found "nobody here"/);
  });

  it('refuses to forget everybody', () => {
    const all = scenarioOf({ forget: { kind: 'rule', id: 'authors', params: { first: 0, count: 139 } } });
    expect(() => drawOf(all)).toThrow(/leaves at least one author to keep, found all 20 authors/);
  });

  it('trains on them', async () => {
    const results = await resultsOf(scenario);
    expect(results.scenario).toEqual(scenario);
  });
});
