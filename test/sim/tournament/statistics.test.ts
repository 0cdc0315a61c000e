import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/base/random.ts';
import { bootstrapInterval, meanOf, quantileOf, resample } from '../../../src/engine/base/statistics.ts';
import { holm, pairedT, signFlip, smallestSignFlip, studentTail } from '../../../src/sim/tournament/statistics.ts';

const key = keyOf(0);
const numbers = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 2, maxLength: 10 });

describe('the tail of Student’s t', () => {
  it('has its closed forms: Cauchy for one degree of freedom, algebraic for two and four', () => {
    for (const t of [0.01, 0.3, 1, 2.5, 12, 400]) {
      expect(studentTail(t, 1)).toBeCloseTo(1 - (2 / Math.PI) * Math.atan(t), 12);
      expect(studentTail(t, 2)).toBeCloseTo(1 - t / Math.sqrt(2 + t * t), 12);
      const s = t / Math.sqrt(4 + t * t);
      expect(studentTail(t, 4)).toBeCloseTo(1 - s * (1 + (1 - s * s) / 2), 12);
    }
  });

  it('has the critical values of the printed tables', () => {
    // Two-sided 5 % and 1 %, from any table of Student's distribution.
    expect(studentTail(2.776445, 4)).toBeCloseTo(0.05, 6);
    expect(studentTail(4.604095, 4)).toBeCloseTo(0.01, 6);
    expect(studentTail(2.262157, 9)).toBeCloseTo(0.05, 6);
    expect(studentTail(2.039513, 31)).toBeCloseTo(0.05, 6);
  });

  it('keeps its precision where it is very small, and is 1 in the middle', () => {
    // For two degrees of freedom the tail is 1/t² to first order.
    expect(studentTail(1e6, 2) * 1e12).toBeCloseTo(1, 6);
    expect(studentTail(0, 7)).toBe(1);
    expect(studentTail(Number.POSITIVE_INFINITY, 3)).toBe(0);
    expect(studentTail(-2, 5)).toBe(studentTail(2, 5));
  });
});

describe('the paired t-test', () => {
  it('gives the p of a worked example', () => {
    // Mean 2, standard deviation sqrt(2.5), n = 5: t = 2.828427 with 4 degrees of freedom.
    const t = 2 / Math.sqrt(2.5 / 5);
    const s = t / Math.sqrt(4 + t * t);
    expect(pairedT([0, 1, 2, 3, 4])).toBeCloseTo(1 - s * (1 + (1 - s * s) / 2), 12);
  });

  it('finds nothing in differences around 0, everything in differences that are all the same, and is undefined for one', () => {
    expect(pairedT([1, -1, 2, -2])).toBe(1);
    expect(pairedT([0, 0, 0])).toBe(1);
    expect(pairedT([0.25, 0.25, 0.25])).toBe(0);
    expect(pairedT([0.25])).toBeNaN();
  });

  it('knows no order, sign or unit', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const p = pairedT(values);
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(pairedT(values.map((value) => -value))).toBeCloseTo(p, 9);
        expect(pairedT(values.map((value) => 4 * value))).toBeCloseTo(p, 9);
        expect(pairedT([...values].reverse())).toBeCloseTo(p, 6);
      }),
    );
  });
});

describe('the sign-flip test', () => {
  it('counts the choices of signs that are as far from 0', () => {
    // Of the 8 sums of ±1 ±2 ±3 two are as far as 6, and four as far as 4 (with 1, -1 in turn).
    expect(signFlip([1, 2, 3], key)).toBe(2 / 8);
    expect(signFlip([-1, 2, 3], key)).toBe(4 / 8);
    expect(signFlip([1, -1], key)).toBe(1);
    expect(signFlip([], key)).toBeNaN();
  });

  it('cannot give less than its smallest p, which five seeds are too few for', () => {
    expect(signFlip([1, 2, 3, 4, 5], key)).toBe(smallestSignFlip(5));
    expect(smallestSignFlip(5)).toBeGreaterThan(0.05);
    expect(smallestSignFlip(6)).toBeLessThan(0.05);
  });

  it('of many differences draws the signs: near to what the exact one says, and the same every time', () => {
    const values = Array.from({ length: 16 }, (_, i) => (i % 4 === 0 ? -1 : 1) * (1 + (i % 3)));
    // By dynamic programming over the sums of integers.
    let sums = new Map([[0, 1]]);
    for (const value of values) {
      const next = new Map<number, number>();
      for (const [sum, count] of sums) {
        for (const signed of [sum + value, sum - value]) next.set(signed, (next.get(signed) ?? 0) + count);
      }
      sums = next;
    }
    const found = Math.abs(values.reduce((a, b) => a + b, 0));
    const exact = [...sums].reduce((all, [sum, count]) => all + (Math.abs(sum) >= found ? count : 0), 0) / 2 ** 16;
    expect(signFlip(values, key)).toBeCloseTo(exact, 2);
    expect(signFlip(values, key)).toBe(signFlip(values, key));
  });
});

describe('Holm’s correction', () => {
  it('gives the published example of step-down p-values', () => {
    expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02]);
  });

  it('leaves one alone, counts only what exists, and never goes above 1 or out of order', () => {
    expect(holm([0.03])).toEqual([0.03]);
    expect(holm([Number.NaN, 0.03, 0.02])).toEqual([Number.NaN, 0.04, 0.04]);
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 }), (ps) => {
        const adjusted = holm(ps);
        adjusted.forEach((p, i) => {
          expect(p).toBeGreaterThanOrEqual(ps[i] as number);
          expect(p).toBeLessThanOrEqual(1);
        });
        const order = [...ps.keys()].sort((a, b) => (ps[a] as number) - (ps[b] as number));
        const sorted = order.map((i) => adjusted[i] as number);
        expect(sorted).toEqual([...sorted].sort((a, b) => a - b));
      }),
    );
  });
});

describe('the bootstrap', () => {
  it('of two numbers has the quarters of a coin thrown twice', () => {
    const { mean, low, high } = bootstrapInterval([0, 1], resample(2, 4000, key), 0.4);
    // Means are 0, 1/2, 1 with weights 1, 2, 1: the middle 40 % are all 1/2.
    expect([mean, low, high]).toEqual([0.5, 0.5, 0.5]);
    const wide = bootstrapInterval([0, 1], resample(2, 4000, key), 0.8);
    expect([wide.low, wide.high]).toEqual([0, 1]);
  });

  it('comes near the normal interval of many numbers', () => {
    const values = Array.from({ length: 400 }, (_, i) => i / 400);
    const { low, high } = bootstrapInterval(values, resample(400, 1000, key), 0.95);
    const half = (1.96 * Math.sqrt(1 / 12)) / 20;
    expect((high - low) / 2 / half).toBeCloseTo(1, 0.8);
  });

  it('holds the mean, grows with the confidence, and moves with its numbers', () => {
    fc.assert(
      fc.property(numbers, fc.double({ min: -5, max: 5, noNaN: true }), (values, shift) => {
        const draws = resample(values.length, 200, key);
        const narrow = bootstrapInterval(values, draws, 0.5);
        const wide = bootstrapInterval(values, draws, 0.95);
        expect(wide.low).toBeLessThanOrEqual(narrow.low + 1e-12);
        expect(wide.high).toBeGreaterThanOrEqual(narrow.high - 1e-12);
        const moved = bootstrapInterval(
          values.map((value) => value + shift),
          draws,
          0.95,
        );
        expect(moved.low).toBeCloseTo(wide.low + shift, 9);
        expect(moved.mean).toBeCloseTo(wide.mean + shift, 9);
      }),
      { numRuns: 40 },
    );
  });

  it('of five numbers covers less than it says, as its description warns', () => {
    // Five draws from a normal distribution, by a sum of twelve uniforms of a fixed sequence.
    let state = 1;
    const next = (): number => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    };
    const normal = (): number => Array.from({ length: 12 }, next).reduce((a, b) => a + b, -6);
    const draws = resample(5, 400, key);
    let covered = 0;
    const trials = 600;
    for (let trial = 0; trial < trials; trial++) {
      const { low, high } = bootstrapInterval(Array.from({ length: 5 }, normal), draws, 0.95);
      if (low <= 0 && high >= 0) covered++;
    }
    expect(covered / trials).toBeGreaterThan(0.76);
    expect(covered / trials).toBeLessThan(0.88);
  });

  it('has the quantiles of a short list between its members', () => {
    expect(quantileOf(Float64Array.of(1, 2, 3), 0.5)).toBe(2);
    expect(quantileOf(Float64Array.of(0, 10), 0.25)).toBe(2.5);
    expect(quantileOf(new Float64Array(), 0.5)).toBeNaN();
    expect(meanOf([])).toBeNaN();
  });
});
