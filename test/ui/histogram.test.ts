import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { histogramOf } from '../../src/ui/rooms/measure/histogram.ts';

describe('a histogram', () => {
  it('counts values in bars of equal width; the upper end belongs to the last', () => {
    expect(histogramOf([0, 0.49, 0.5, 1.9, 2], 2, 4)).toEqual({ width: 0.5, counts: [2, 1, 0, 2] });
  });

  it('leaves no value out, whatever they are', () => {
    const values = fc.array(fc.double({ min: 0, max: 50, noNaN: true }), { maxLength: 60 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 30 }), (list, bars) => {
        const { counts } = histogramOf(list, 3, bars);
        expect(counts).toHaveLength(bars);
        expect(counts.reduce((a, b) => a + b, 0)).toBe(list.length);
      }),
    );
  });
});
