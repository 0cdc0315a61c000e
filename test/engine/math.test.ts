import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cos, exp, log, sin } from '../../src/engine/base/math.ts';

const EPSILON = 2 ** -52;
const SMALLEST = 2 ** -1074;

/** Distance from the reference in units of its relative precision. */
const errorOf = (value: number, reference: number): number =>
  value === reference ? 0 : Math.abs(value - reference) / Math.max(Math.abs(reference) * EPSILON, SMALLEST);

/** Largest error over `n` evenly spaced places. */
const worst = (ours: (x: number) => number, theirs: (x: number) => number, from: number, to: number, n = 20_000) => {
  let largest = 0;
  for (let i = 0; i <= n; i++) {
    const x = from + ((to - from) * i) / n;
    largest = Math.max(largest, errorOf(ours(x), theirs(x)));
  }
  return largest;
};

describe('exp', () => {
  it.each([
    [-708, 709.7],
    [-40, 40],
    [-1, 1],
    [-1e-8, 1e-8],
  ])('agrees with Math.exp over [%d, %d] within 4 units of precision', (from, to) => {
    expect(worst(exp, Math.exp, from, to)).toBeLessThan(4);
  });

  it('agrees where its value is subnormal', () => {
    expect(worst(exp, Math.exp, -745.1, -708)).toBeLessThan(4);
    expect(exp(-745.13)).toBe(SMALLEST);
  });

  it('is exact at 0 and knows its limits', () => {
    expect([exp(0), exp(-0)]).toEqual([1, 1]);
    expect(exp(709.782712893384)).toBeLessThan(Number.POSITIVE_INFINITY);
    expect([exp(709.79), exp(Number.POSITIVE_INFINITY)]).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
    expect([exp(-745.14), exp(Number.NEGATIVE_INFINITY), exp(Number.NaN)]).toEqual([0, 0, Number.NaN]);
  });

  it('never decreases', () => {
    const place = fc.double({ min: -745, max: 709, noNaN: true });
    fc.assert(fc.property(place, (x) => exp(x) <= exp(x + Math.abs(x) * 4 * EPSILON + 1e-15)));
  });
});

describe('log', () => {
  it.each([
    [0.5, 2],
    [1 - 1e-7, 1 + 1e-7],
    [1e-3, 1e3],
    [1e-300, 1e-290],
    [1e300, 1.7e308],
    [SMALLEST, 1e-308],
  ])('agrees with Math.log over [%d, %d] within 4 units of precision', (from, to) => {
    expect(worst(log, Math.log, from, to)).toBeLessThan(4);
  });

  it('is exact at 1 and knows its limits', () => {
    expect([log(1), log(0), log(-0), log(-1), log(Number.NaN)]).toEqual([
      0,
      Number.NEGATIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.NaN,
      Number.NaN,
    ]);
    expect(log(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
    expect(errorOf(log(SMALLEST), Math.log(SMALLEST))).toBeLessThan(4);
  });

  it('undoes exp', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -700, max: 700, noNaN: true }),
        (x) => Math.abs(log(exp(x)) - x) <= 1e-15 + Math.abs(x) * 1e-15,
      ),
    );
  });
});

describe.each([
  ['sin', sin, Math.sin],
  ['cos', cos, Math.cos],
] as const)('%s', (_, ours, theirs) => {
  it.each([1, 10, 1000, 1e5])('agrees with Math over [-%d, %d] within 4 units of precision', (reach) => {
    expect(worst(ours, theirs, -reach, reach)).toBeLessThan(4);
  });

  it('agrees next to the multiples of a quarter turn, where it nearly vanishes', () => {
    let largest = 0;
    for (let k = -60_000; k <= 60_000; k += 7) {
      const x = (k * Math.PI) / 2;
      largest = Math.max(largest, errorOf(ours(x), theirs(x)));
    }
    expect(largest).toBeLessThan(4);
  });

  it('agrees for tiny angles and at the ends of its octants', () => {
    for (const x of [0, 1e-300, 1e-160, -1e-9, Math.PI / 4, -Math.PI / 4, (3 * Math.PI) / 4, Math.PI]) {
      expect(errorOf(ours(x), theirs(x))).toBeLessThan(4);
    }
    expect([ours(Number.NaN), ours(Number.POSITIVE_INFINITY)]).toEqual([Number.NaN, Number.NaN]);
  });
});
