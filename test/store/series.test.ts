import { beforeAll, describe, expect, it } from 'vitest';
import {
  bandAt,
  bandOf,
  bandsOf,
  coursesOfSeeds,
  metricPair,
  thinned,
  valueAt,
  waysOfSeeds,
} from '../../src/store/numbers/series.ts';
import { engineForTests } from '../support/engine.ts';
import { collected, small } from '../support/run.ts';

beforeAll(engineForTests);

describe('a band', () => {
  it('is the median and the range of what exists', () => {
    expect(bandOf([3, Number.NaN, 1, 2])).toEqual({ median: 2, low: 1, high: 3, n: 3 });
    expect(bandOf([4, 1])).toEqual({ median: 2.5, low: 1, high: 4, n: 2 });
    expect(bandOf([Number.NaN])).toBeNull();
  });
});

describe('thinning', () => {
  it('keeps both ends and the limit', () => {
    const indices = thinned(1000, 150);
    expect(indices).toHaveLength(150);
    expect([indices[0], indices.at(-1)]).toEqual([0, 999]);
    expect(thinned(3, 150)).toEqual([0, 1, 2]);
  });
});

describe('a run’s numbers', () => {
  const runs = [{ name: 'GA', method: 'ga', steps: 12 }];

  it('are those of the last recorded step at or before the clock’s', async () => {
    const collector = await collected(small({ runs, seeds: [0, 1] }));
    const at10 = valueAt(collector, 0, 1, 'forgetAccuracy', 10);
    expect(valueAt(collector, 0, 1, 'forgetAccuracy', 11)).toBe(at10);
    expect(valueAt(collector, 0, 1, 'forgetAccuracy', 99)).toBe(valueAt(collector, 0, 1, 'forgetAccuracy', 12));
    expect(bandAt(collector, 0, 'forgetAccuracy', 0)?.n).toBe(2);
    expect(bandsOf(collector, 0, 'forgetAccuracy', 150).map(({ step }) => step)).toEqual([0, 5, 10, 12]);
  });

  it('are there seed by seed, over steps and against each other', async () => {
    const collector = await collected(small({ runs, seeds: [0, 1] }));
    const at = (seed: number, metric: string, step: number) => valueAt(collector, 0, seed, metric, step);
    const steps = [0, 5, 10, 12];
    expect(coursesOfSeeds(collector, 0, 'retainLoss', 150)).toEqual(
      [0, 1].map((seed) => steps.map((step) => ({ x: step, y: at(seed, 'retainLoss', step) }))),
    );
    expect(waysOfSeeds(collector, 0, 'forgetLoss', 'retainLoss', 2)).toEqual(
      [0, 1].map((seed) =>
        [0, 12].map((step) => ({ x: at(seed, 'forgetLoss', step), y: at(seed, 'retainLoss', step) })),
      ),
    );
  });

  it('on a class are those of fresh points, on single points those of the points themselves', async () => {
    expect(metricPair(await collected(small({ runs })))).toEqual({
      forget: 'forgetTestAccuracy',
      keep: 'retainTestAccuracy',
    });
    const random = await collected(small({ runs, forget: { kind: 'random', fraction: 0.1, seed: 0 } }));
    expect(metricPair(random).forget).toBe('forgetAccuracy');
  });
});
