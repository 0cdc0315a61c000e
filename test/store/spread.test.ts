import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SPREADS, spreadOf } from '../../src/store/contracts/spread.ts';
import { bandOf } from '../../src/store/numbers/series.ts';

const values = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 12 });

describe('a band over seeds', () => {
  it('spans all of them, the middle half, or where their mean may lie', () => {
    expect(spreadOf([1, 2, 3, 4, 5], 'range')).toEqual([3, 1, 5]);
    expect(spreadOf([1, 2, 3, 4, 5], 'iqr')).toEqual([3, 2, 4]);
    expect(spreadOf([1, 2, 3, 10], 'iqr')).toEqual([2.5, 1.75, 4.75]);
    const [mean, low, high] = spreadOf([1, 2, 3, 4, 5], 'bootstrap');
    expect(mean).toBe(3);
    // The normal interval of a mean of five would be 3 ± 1.96 * sqrt(2 / 5).
    expect(low).toBeGreaterThan(1.5);
    expect(low).toBeLessThan(2.2);
    expect(high).toBeGreaterThan(3.8);
    expect(high).toBeLessThan(4.5);
  });

  it('lies within the range, holds its middle, and is the same every time', () => {
    fc.assert(
      fc.property(values, fc.constantFrom(...SPREADS), (list, spread) => {
        const sorted = [...list].sort((a, b) => a - b);
        const [middle, low, high] = spreadOf(sorted, spread);
        const [least, most] = [sorted[0] as number, sorted.at(-1) as number];
        expect(low).toBeGreaterThanOrEqual(least - 1e-9);
        expect(high).toBeLessThanOrEqual(most + 1e-9);
        expect(low).toBeLessThanOrEqual(middle + 1e-9);
        expect(high).toBeGreaterThanOrEqual(middle - 1e-9);
        expect(spreadOf(sorted, spread)).toEqual([middle, low, high]);
      }),
    );
  });

  it('leaves out what does not exist, and counts the rest', () => {
    expect(bandOf([Number.NaN, 2, 4], 'iqr')).toEqual({ median: 3, low: 2.5, high: 3.5, n: 2 });
    expect(bandOf([Number.NaN], 'bootstrap')).toBeNull();
  });
});
