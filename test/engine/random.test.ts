import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  foldIn,
  integer,
  type Key,
  keyOf,
  normal,
  permutation,
  sample,
  threefry2x32,
  uniform,
} from '../../src/engine/base/random.ts';

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const anyKey = fc.tuple(fc.nat(0xffffffff), fc.nat(0xffffffff)) as fc.Arbitrary<Key>;

describe('threefry2x32', () => {
  it.each<[string, Key, Key, Key]>([
    ['zeros', [0, 0], [0, 0], [0x6b200159, 0x99ba4efe]],
    ['ones', [0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff], [0x1cb996fc, 0xbb002be7]],
    ['digits of pi', [0x13198a2e, 0x03707344], [0x243f6a88, 0x85a308d3], [0xc4923a9c, 0x483df7a0]],
  ])('gives the published answer for %s', (_, key, counter, answer) => {
    expect(threefry2x32(key, counter)).toEqual(answer);
  });

  it('gives unsigned 32-bit words', () => {
    fc.assert(
      fc.property(anyKey, anyKey, (key, counter) =>
        threefry2x32(key, counter).every((word) => Number.isInteger(word) && word >= 0 && word <= 0xffffffff),
      ),
    );
  });
});

describe('keys', () => {
  it('differ between seeds, up to the largest whole number', () => {
    const seeds = [0, 1, 0xffffffff, 0x1_0000_0000, 0x1_0000_0001, Number.MAX_SAFE_INTEGER];
    expect(new Set(seeds.map((seed) => String(keyOf(seed)))).size).toBe(seeds.length);
  });

  it('differ between purposes, whose order counts', () => {
    const key = keyOf(5);
    const paths = [[], ['x'], ['y'], [0], [1], ['x', 'y'], ['y', 'x'], ['x', 0], [0, 'x'], ['0'], ['xy']];
    expect(new Set(paths.map((path) => String(foldIn(key, ...path)))).size).toBe(paths.length);
  });

  it('may be folded at once or one by one', () => {
    expect(foldIn(keyOf(5), 'batches', 3)).toEqual(foldIn(foldIn(keyOf(5), 'batches'), 3));
  });
});

describe('uniform', () => {
  const draws = range(20_000).map((i) => uniform(keyOf(1), i));

  it('lies strictly between 0 and 1', () => {
    fc.assert(
      fc.property(anyKey, fc.nat(0xffffffff), (key, i) => {
        const value = uniform(key, i);
        return value > 0 && value < 1;
      }),
    );
  });

  it('fills ten bins evenly', () => {
    for (const bin of range(10)) {
      const count = draws.filter((value) => Math.floor(value * 10) === bin).length;
      expect(Math.abs(count - 2000)).toBeLessThan(200);
    }
  });

  it('has neighbors that know nothing of each other', () => {
    expect(Math.abs(mean(draws.slice(1).map((value, i) => (value - 0.5) * ((draws[i] as number) - 0.5))))).toBeLessThan(
      0.003,
    );
  });
});

describe('normal', () => {
  const draws = range(20_000).map((i) => normal(keyOf(2), i));

  it('has the moments of the standard normal law', () => {
    expect(Math.abs(mean(draws))).toBeLessThan(0.03);
    expect(Math.abs(mean(draws.map((z) => z ** 2)) - 1)).toBeLessThan(0.04);
    expect(Math.abs(mean(draws.map((z) => z ** 3)))).toBeLessThan(0.1);
    expect(Math.abs(mean(draws.map((z) => z ** 4)) - 3)).toBeLessThan(0.25);
  });

  it('has its quantiles', () => {
    for (const [z, below] of [
      [-1.96, 0.025],
      [-1, 0.1587],
      [0, 0.5],
      [1, 0.8413],
      [1.96, 0.975],
    ] as const) {
      expect(Math.abs(draws.filter((value) => value < z).length / draws.length - below)).toBeLessThan(0.012);
    }
  });

  it('is the same number for ever', () => {
    expect(range(3).map((i) => normal(keyOf(0), i))).toEqual([
      -1.0654524238157097, 0.03239910316385879, 1.3601083594100776,
    ]);
  });
});

describe('integer', () => {
  it('lies within its bound', () => {
    fc.assert(
      fc.property(anyKey, fc.nat(1000), fc.integer({ min: 1, max: 1_000_000 }), (key, i, bound) => {
        const value = integer(key, i, bound);
        return Number.isInteger(value) && value >= 0 && value < bound;
      }),
    );
  });
});

describe('permutation', () => {
  it('has every number once', () => {
    fc.assert(
      fc.property(anyKey, fc.nat(300), (key, n) => {
        expect([...permutation(key, n)].sort((a, b) => a - b)).toEqual(range(n));
      }),
    );
  });

  it('draws all orders of three equally often', () => {
    const counts = new Map<string, number>();
    for (const seed of range(3000)) {
      const order = String(permutation(keyOf(seed), 3));
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 500)).toBeLessThan(90);
  });
});

describe('sample', () => {
  it('has as many different numbers as asked for, ascending', () => {
    fc.assert(
      fc.property(anyKey, fc.integer({ min: 1, max: 200 }), fc.nat(200), (key, n, count) => {
        const drawn = [...sample(key, n, Math.min(n, count))];
        expect(drawn).toHaveLength(Math.min(n, count));
        expect(drawn).toEqual([...new Set(drawn)].sort((a, b) => a - b));
        expect(drawn.every((i) => i >= 0 && i < n)).toBe(true);
      }),
    );
  });

  it('takes each number with the same chance', () => {
    const counts = new Array<number>(10).fill(0);
    for (const seed of range(2000)) for (const i of sample(keyOf(seed), 10, 3)) counts[i] = (counts[i] as number) + 1;
    for (const count of counts) expect(Math.abs(count - 600)).toBeLessThan(80);
  });
});
