import { beforeAll, describe, expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/base/random.ts';
import type { Seed } from '../../../src/families/family.ts';
import { textDraw } from '../../../src/families/text/draw.ts';
import type { ReadWindows } from '../../../src/families/text/generate.ts';
import { readOnce } from '../../../src/families/text/read-once.ts';
import { windowsOf } from '../../../src/families/text/windows.ts';
import { WORLD, worldOf } from '../../../src/families/text/world.ts';
import { parseScenario } from '../../../src/scenario/read/parse.ts';
import { catalogueInfo } from '../../../src/sim/catalogue.ts';
import { engineForTests } from '../../support/engine.ts';
import { collected } from '../../support/run.ts';

beforeAll(engineForTests);

const input = (change: object = {}) => ({
  version: 1,
  family: 'text',
  data: { generator: 'tiny-tofu', seed: 'lane', params: { authors: 20 } },
  forget: { kind: 'rule', id: 'share', params: { share: 0.1 } },
  model: { kind: 'network', id: 'word-network', params: { hidden: 16, width: 6 } },
  training: { optimizer: 'adam', learningRate: 0.03, steps: 4, batchSize: 8 },
  runs: [{ name: 'GA', method: 'ga', optimizer: 'adam', learningRate: 0.003, steps: 2, batchSize: 4 }],
  seeds: [0],
  evaluate: { every: 2 },
  ...change,
});
const scenarioOf = (change: object = {}) => parseScenario(input(change), catalogueInfo, 'strict').scenario;

/** The message and the place of the failure that a run ends with. */
const failureOf = async (change: object) => {
  const { status, error } = await collected(scenarioOf(change));
  return { status, message: error?.message, path: error?.faults[0]?.path, expected: error?.faults[0]?.expected };
};

describe('what makes no sense in a world of words is said with its place and a way out', () => {
  it('a world of one author', () => {
    const data = { generator: 'tiny-tofu', seed: 'lane', params: { authors: 1 } };
    expect(() => scenarioOf({ data })).toThrow('/data/params/authors: expected a whole number in [20, 100], found 1');
    const { scenario, repairs } = parseScenario(input({ data }), catalogueInfo, 'repair');
    expect(scenario.data.params).toMatchObject({ authors: 20 });
    expect(repairs[0]).toMatchObject({ path: '/data/params/authors', found: '1', used: '20' });
  });

  it('all authors to forget', async () => {
    const forget = { kind: 'rule', id: 'authors', params: { first: 0, count: 139 } };
    expect(await failureOf({ forget })).toMatchObject({
      status: 'failed',
      path: '/forget',
      expected: 'a forget set that leaves at least one author to keep',
    });
  });

  it('a question longer than its window', () => {
    const question = Array.from({ length: 9 }, () => 5);
    expect(() => windowsOf({ question, answer: [5] })).toThrow(
      expect.objectContaining({
        message: 'A question of 9 words does not fit its window of 8.',
        faults: [expect.objectContaining({ expected: 'a question of at most 8 words: leave some out' })],
      }),
    );
  });

  it('a diverged lane asked for an answer: it is refused, and the others are answered', () => {
    const draw = textDraw(worldOf({ ...WORLD, authors: 20 }, keyOf(3)), scenarioOf());
    const weights = draw.model.init(keyOf(1));
    const ask = (at: Float32Array) => draw.ask?.({ item: 0, asking: 'learned' }, at, {} as Seed);
    expect(() => ask(weights.map(() => Number.NaN))).toThrow(/has diverged: .* Ask it at an earlier step, or lower/);
    expect(() => ask(weights.map(() => 3e38))).toThrow(/has diverged/);
    expect(ask(weights)).toMatchObject({ picture: { kind: 'answers' } });
  });
});

describe('reading each window once', () => {
  it('asks the model for what it has not read, and says the same of the rest', () => {
    const asked: number[][] = [];
    const model: ReadWindows = (x, rows) => {
      asked.push([...x]);
      return Float32Array.from({ length: rows * 3 }, (_, i) => (x[Math.floor(i / 3) * 2] as number) * 10 + (i % 3));
    };
    const read = readOnce(model, 3);
    expect(Array.from(read(Int32Array.from([1, 2, 3, 4, 1, 2]), 3))).toEqual([10, 11, 12, 30, 31, 32, 10, 11, 12]);
    expect(Array.from(read(Int32Array.from([5, 6, 3, 4]), 2))).toEqual([50, 51, 52, 30, 31, 32]);
    expect(asked).toEqual([
      [1, 2, 3, 4],
      [5, 6],
    ]);
    expect(read(new Int32Array(), 0)).toHaveLength(0);
  });
});
