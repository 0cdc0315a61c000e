import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exponent, ratios, summarize } from '../../../src/cli/bench/statistics.ts';

describe('the statistics of bench', () => {
  it('take the middle, and the quartiles linearly between neighbors', () => {
    expect(summarize([5, 1, 4, 2, 3])).toEqual({ median: 3, low: 2, high: 4 });
    expect(summarize([4, 1, 2, 3])).toEqual({ median: 2.5, low: 1.75, high: 3.25 });
    expect(summarize([7])).toEqual({ median: 7, low: 7, high: 7 });
    expect(summarize([])).toEqual({ median: Number.NaN, low: Number.NaN, high: Number.NaN });
  });

  it('do not care in which order the numbers came, and stay between the lowest and the highest', () => {
    const numbers = fc.array(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(numbers, (values) => {
        const { low, median, high } = summarize(values);
        expect(summarize([...values].reverse())).toEqual({ low, median, high });
        expect(low).toBeGreaterThanOrEqual(Math.min(...values));
        expect(median).toBeGreaterThanOrEqual(low);
        expect(high).toBeGreaterThanOrEqual(median);
        expect(high).toBeLessThanOrEqual(Math.max(...values));
      }),
    );
  });

  it('compare pair by pair, as far as both were measured', () => {
    expect(ratios([10, 20, 90], [5, 4])).toEqual([2, 5]);
    // One slow repetition that hit both engines leaves the ratio alone.
    expect(summarize(ratios([100, 10, 100], [10, 1, 10])).median).toBe(10);
  });

  it('find the exponent that times were made with', () => {
    const sizes = [1, 2, 4, 8];
    fc.assert(
      fc.property(fc.double({ min: -1, max: 3, noNaN: true }), fc.double({ min: 0.1, max: 9, noNaN: true }), (p, c) => {
        expect(
          exponent(
            sizes,
            sizes.map((size) => c * size ** p),
          ),
        ).toBeCloseTo(p, 9);
      }),
    );
    expect(exponent([1, 10], [5, 5])).toBeCloseTo(0, 12);
  });

  it.each([
    [[1], [1]],
    [
      [2, 2],
      [1, 3],
    ],
    [[1, 2], [1]],
    [
      [1, 2],
      [0, 1],
    ],
  ])('refuse an exponent of sizes %j and times %j', (sizes, times) => {
    expect(() => exponent(sizes, times)).toThrow(RangeError);
  });
});
