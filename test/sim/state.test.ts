import { describe, expect, it } from 'vitest';
import { isFiniteRow } from '../../src/sim/state.ts';

describe('the weights of a lane', () => {
  it('are in bounds up to a million in size, and beyond them above that, on either side', () => {
    const above = Math.fround(1e6 + 0.0625);
    expect(above).toBeGreaterThan(1e6);
    for (const sign of [1, -1]) {
      expect(isFiniteRow(Float32Array.of(0, sign * 1e6))).toBe(true);
      expect(isFiniteRow(Float32Array.of(0, sign * above))).toBe(false);
    }
  });

  it('are not if one of them is no number or infinite', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(isFiniteRow(Float32Array.of(1, 2, value))).toBe(false);
    }
  });
});
