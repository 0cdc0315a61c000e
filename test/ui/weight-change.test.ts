import { describe, expect, it } from 'vitest';
import { changesOf, pixelsOf } from '../../src/ui/rooms/measure/weight-change.ts';

const W = (values: readonly number[]) => ({ name: 'W1', shape: [2, 2], values: Float32Array.from(values) });
const b = (values: readonly number[]) => ({ name: 'b1', shape: [2], values: Float32Array.from(values) });
const colors = { paper: [255, 255, 255], ink: [0, 0, 0], frozen: [10, 20, 30] };

describe('the change of weights', () => {
  it('is its size weight by weight, with what has not moved at all', () => {
    const changes = changesOf([W([1, 2, 3, 4]), b([0, 5])], [W([1, 2.5, 1, 4]), b([0, 0])]);
    expect(changes).toMatchObject([
      { name: 'W1', rows: 2, columns: 2, most: 2, still: 2 },
      { name: 'b1', rows: 1, columns: 2, most: 5, still: 1 },
    ]);
    expect([...(changes?.[0]?.size ?? [])]).toEqual([0, 0.5, 2, 0]);
  });

  it('does not exist against another network', () => {
    expect(changesOf(null, [W([1, 2, 3, 4])])).toBe(null);
    expect(changesOf([b([1, 2])], [W([1, 2, 3, 4])])).toBe(null);
    expect(changesOf([W([1, 2, 3, 4])], [W([1, 2, 3, 4]), b([1, 2])])).toBe(null);
  });

  it('is drawn from paper to ink; what has not moved has a color of its own', () => {
    const pixels = pixelsOf({ size: Float64Array.of(0, 4, 1) }, 4, colors);
    expect([...pixels]).toEqual([10, 20, 30, 255, 0, 0, 0, 255, 128, 128, 128, 255]);
    expect([...pixelsOf({ size: Float64Array.of(0) }, 0, colors)]).toEqual([10, 20, 30, 255]);
  });
});
