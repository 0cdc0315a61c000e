import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pulls } from '../../src/sim/events.ts';
import type { PanelPoints } from '../../src/store/received/points.ts';
import { meanSize, pullMarks } from '../../src/ui/canvas/pulls.ts';

/** Class 0 on the left, class 1 on the right, one example of each. */
const points = {
  x2: Float32Array.from([-1, 0, 1, 0]),
  y: Int32Array.from([0, 1]),
  isForget: Uint8Array.from([1, 0]),
  classes: 2,
  extent: [-2, 2, -2, 2],
  isProjected: false,
} as unknown as PanelPoints;

const pulls = (fields: Partial<Pulls>): Pulls => ({
  indices: Int32Array.from([0]),
  size: Float32Array.from([1]),
  lift: Float32Array.from([-0.5]),
  target: Uint8Array.from([1]),
  isOfGradients: false,
  ...fields,
});

describe('the marks of pulls', () => {
  it('are arrows at the example that point to the class that gains', () => {
    const [mark] = pullMarks(pulls({}), points);
    expect(mark).toMatchObject({ x: 0.25, y: 0.5, dx: 1, dy: 0 });
  });

  it('are rings where the example is pulled towards its own class', () => {
    const [mark] = pullMarks(pulls({ lift: Float32Array.from([0.2]), target: Uint8Array.from([0]) }), points);
    expect(mark).toMatchObject({ dx: 0, dy: 0 });
  });

  it('are longer for a larger weight, up to twice gradient ascent’s, and none for no weight', () => {
    const length = (weight: number) => pullMarks(pulls({ size: Float32Array.from([weight]) }), points)[0]?.length;
    expect(length(0)).toBeUndefined();
    expect(length(0.5)).toBeCloseTo((length(1) ?? 0) / 2, 6);
    expect(length(7)).toBe(length(2));
  });

  it('are at most sixty, all within the panel, however many examples there are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), (n) => {
        const many = pulls({
          indices: Int32Array.from({ length: n }, (_, i) => i % 2),
          size: new Float32Array(n).fill(1.5),
          lift: new Float32Array(n).fill(-1),
          target: Uint8Array.from({ length: n }, (_, i) => 1 - (i % 2)),
        });
        const marks = pullMarks(many, points);
        expect(marks.length).toBeLessThanOrEqual(60);
        expect(marks.length).toBeGreaterThanOrEqual(Math.min(n, 30));
        for (const { dx, dy } of marks) expect(Math.hypot(dx, dy)).toBeCloseTo(1, 9);
        expect(meanSize(many)).toBeCloseTo(n === 0 ? 0 : 1.5, 6);
      }),
    );
  });
});
