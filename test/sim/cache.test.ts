import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cache, createCache } from '../../src/sim/cache.ts';
import { createByteLru } from '../../src/sim/lru.ts';
import { small } from '../support/run.ts';

describe('values within a cap in bytes', () => {
  it('are never more than the cap, and the last one that fits is there', () => {
    const sizes = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 60 })), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 10, max: 100 }), (puts, cap) => {
        const held = createByteLru<number>(cap, (size) => size);
        for (const [key, size] of puts) {
          const isNew = held.get(`${key}`) === undefined;
          held.set(`${key}`, size);
          const all = Array.from({ length: 10 }, (_, i) => held.get(`${i}`) ?? 0);
          expect(all.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(cap);
          if (isNew) expect(held.get(`${key}`)).toBe(size <= cap ? size : undefined);
        }
      }),
    );
  });
});

it('a value that is too large by itself leaves the others where they are', () => {
  const held = createByteLru<number>(10, (size) => size);
  held.set('small', 4);
  held.set('large', 11);
  expect([held.get('small'), held.get('large')]).toEqual([4, undefined]);
});

it('a cache holds no more than a tab can bear, unless it is told otherwise', () => {
  expect(createCache().laneBytes).toBeLessThanOrEqual(256 * 1024 * 1024);
});

describe('lanes that are known', () => {
  const scenario = small({ runs: [{ name: 'GA', method: 'ga' }] });
  const [run] = scenario.runs;
  if (!run) throw new Error('one run');
  const frame = { kind: 'grid', size: 10, winner: new Uint8Array(100), confidence: new Uint8Array(100) };
  /** 40 bytes of weights, 16 of values, and 200 of a picture. */
  const record = (hasFrame: boolean): Parameters<Cache['keepLane']>[3]['records'][number] => ({
    step: 0,
    weights: new Float32Array(10),
    values: new Float64Array(2),
    frame: hasFrame ? frame : undefined,
  });
  const history = (hasFrame: boolean) => ({
    records: [record(hasFrame)],
    divergedAt: undefined,
    sampleVisits: 0,
    milliseconds: 0,
  });
  const knownOf = (laneBytes: number, hasFrame: boolean): number[] => {
    const cache = createCache(0, laneBytes);
    for (const seed of [0, 1, 2]) cache.keepLane(scenario, run, seed, history(hasFrame));
    return [0, 1, 2].filter((seed) => cache.lane(scenario, run, seed) !== undefined);
  };

  it('are as many as fit, the oldest gone first', () => {
    expect(knownOf(3 * 56, false)).toEqual([0, 1, 2]);
    expect(knownOf(3 * 56 - 1, false)).toEqual([1, 2]);
  });

  it('count with their pictures; one that is too large by itself is not kept', () => {
    expect(knownOf(2 * 256, true)).toEqual([1, 2]);
    expect(knownOf(256, true)).toEqual([2]);
    expect(knownOf(255, true)).toEqual([]);
  });
});
