import { beforeAll, describe, expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/base/random.ts';
import { hills, ownPairs, waves } from '../../../src/families/numbers/curve.ts';
import { numbersDraw } from '../../../src/families/numbers/draw.ts';
import type { NetworkSpec } from '../../../src/scenario/format/scenario.ts';
import { engineForTests } from '../../support/engine.ts';
import { collected } from '../../support/run.ts';
import { curve } from './curve.ts';

beforeAll(engineForTests);

const model: NetworkSpec = {
  ...{ kind: 'network', id: 'curve-net' },
  params: { width: 6, layers: 1, activation: 'tanh', deviation: 0.1 },
};

describe('a surface over a plane', () => {
  const data = hills.generate({ points: 50, noise: 0.1 }, keyOf(4));

  it('has two numbers in a place, and a picture of cells over all places', () => {
    const draw = numbersDraw(data, model);
    expect(data.train.x).toHaveLength(100);
    expect(draw.model.widths[0]).toBe(2);
    expect(draw.shown).toMatchObject({ kind: 'surface', size: 36, extent: [-1, 1, -1, 1] });
    const picture = draw.picture(draw.model.init([1, 2]), 1) as { readonly kind: string; readonly y: Float32Array };
    expect(picture.kind).toBe('surface');
    expect(picture.y).toHaveLength(36 * 36);
  });

  it('says at a cell what the network says at the middle of it', () => {
    const draw = numbersDraw(data, model);
    const weights = draw.model.init([1, 2]);
    const cell = 5 * 36 + 9;
    const at = [-1 + (2 * 9.5) / 36, -1 + (2 * 5.5) / 36];
    const own = numbersDraw(
      { ...data, train: { x: Float32Array.from([...at, 0, 0]), y: Float32Array.from([0, 1]) } },
      model,
    );
    const said = (own.outputs(weights) as unknown as { readonly train: Float32Array }).train[0];
    const picture = draw.picture(weights, 1) as unknown as { readonly y: Float32Array };
    expect(picture.y[cell]).toBeCloseTo(said as number, 6);
  });

  it('is learned, and forgotten by a rule', async () => {
    const scenario = curve({
      data: { generator: 'hills', seed: 'lane', params: { points: 120 } },
      training: { steps: 400, learningRate: 0.01 },
      runs: [{ name: 'NPO', method: 'npo', steps: 60, optimizer: 'adam', learningRate: 0.01, retain: { kind: 'ce' } }],
    });
    const { original, runs } = (await collected(scenario)).results();
    expect(original[0]?.metrics['forgetExplained']).toBeGreaterThan(0.7);
    expect(runs[0]?.metrics['forgetExplained']?.at(-1)).toBeLessThan(0.5);
    expect(runs[0]?.metrics['retainExplained']?.at(-1)).toBeGreaterThan(0.7);
  });
});

describe('retraining a second time, from other weights', () => {
  it('ends elsewhere than the retrained model, near it: the floor of every gap', async () => {
    const run = (weights: string) => ({
      ...{ name: weights, method: 'retrain', params: { weights }, steps: 400 },
      ...{ optimizer: 'adam', learningRate: 0.01 },
    });
    const scenario = curve({
      data: { generator: 'waves', seed: 'lane', params: { points: 80 } },
      training: { steps: 400, learningRate: 0.01 },
      runs: [run('as the others'), run('other')],
      evaluate: { every: 400 },
    });
    const { runs, original } = (await collected(scenario)).results();
    const gap = (i: number) => runs[i]?.metrics['gap']?.at(-1) as number;
    const started = runs.map(({ metrics }) => metrics['forgetError']?.[0]);
    expect(started[0]).not.toBe(started[1]);
    expect(gap(1)).toBeGreaterThan(0);
    expect(gap(1)).toBeLessThan(original[0]?.metrics['gap'] as number);
  });
});

describe('data that nothing can be learned from', () => {
  it('all numbers the same: says so, with the place', () => {
    const { train, ...rest } = waves.generate({ points: 20, noise: 0 }, keyOf(1));
    const flat = { ...rest, train: { x: train.x, y: new Float32Array(20).fill(2) } };
    expect(() => numbersDraw(flat, model)).toThrow(
      expect.objectContaining({
        faults: [expect.objectContaining({ path: '/data/params', found: '20 times 2' })],
      }),
    );
  });
});

describe('pairs of one’s own', () => {
  const rows = (width: number) =>
    Array.from({ length: 40 }, (_, i) =>
      [10 + i, ...(width === 2 ? [(7 * i) % 13] : []), 100 + ((3 * i) % 17)].join(','),
    ).join('\n');

  it('are scaled, and some are held out: no pair is in both halves', () => {
    const { inputs, train, test, places } = ownPairs.generate({ pairs: rows(1), held: 0.25 }, keyOf(3));
    expect([inputs, train.y.length, test.y.length]).toEqual([1, 30, 10]);
    const all = [...train.x, ...test.x].sort((a, b) => a - b);
    expect([all[0], all.at(-1)]).toEqual([-1, 1]);
    expect(new Set(all).size).toBe(40);
    expect(places).toEqual([[-1, 1]]);
    const numbers = [...train.y, ...test.y];
    expect(numbers.reduce((sum, y) => sum + y, 0) / 40).toBeCloseTo(0, 5);
    expect(numbers.reduce((sum, y) => sum + y * y, 0) / 40).toBeCloseTo(1, 5);
  });

  it('of three columns are a surface, without a law behind them', () => {
    const data = ownPairs.generate({ pairs: rows(2), held: 0.25 }, keyOf(3));
    expect(data.inputs).toBe(2);
    expect(numbersDraw(data, model).shown).toMatchObject({ kind: 'surface', truth: new Float32Array(0) });
  });

  it('that are not there yet are asked for', () => {
    expect(() => ownPairs.generate({ pairs: undefined, held: 0.25 }, keyOf(3))).toThrow(
      expect.objectContaining({ faults: [expect.objectContaining({ path: '/data/params/pairs' })] }),
    );
  });
});
