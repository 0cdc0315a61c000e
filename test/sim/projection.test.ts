import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyOf, normal } from '../../src/engine/base/random.ts';
import type { Dataset } from '../../src/engine/contracts/dataset.ts';
import { extentOf, project2d } from '../../src/families/points/projection.ts';

const dataset = (inputs: number, train: ArrayLike<number>, test: ArrayLike<number> = train): Dataset => {
  const points = (x: ArrayLike<number>) => ({ x: Float32Array.from(x), y: new Int32Array(x.length / inputs) });
  return { inputs, classes: 1, train: points(train), test: points(test) };
};

/** Normal points around `center` with the given spread along each axis. */
const cloud = (spreads: number[], n = 400, center = 0): number[] =>
  Array.from(
    { length: n * spreads.length },
    (_, i) => center + (spreads[i % spreads.length] as number) * normal(keyOf(1), i),
  );

const variance = (x: Float32Array, axis: number): number => {
  const values = x.filter((_, i) => i % 2 === axis);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
};

describe('the picture of a data set', () => {
  it('is the data themselves in the plane', () => {
    const flat = dataset(2, [1, 2, 3, 4], [5, 6]);
    expect(project2d(flat)).toEqual({ train: flat.train.x, test: flat.test.x, projected: false });
  });

  it('is a line for one input', () => {
    const { train, projected } = project2d(dataset(1, [1, 2, 3]));
    expect([...train]).toEqual([1, 0, 2, 0, 3, 0]);
    expect(projected).toBe(true);
  });

  it('finds the two axes of largest spread, widest first, with positive sign', () => {
    const points = cloud([0.1, 3, 0.1, 1, 0.1], 400, 7);
    const { train } = project2d(dataset(5, points));
    expect(variance(train, 0)).toBeCloseTo(9, -1);
    expect(variance(train, 1)).toBeCloseTo(1, 0);
    const along = (axis: number, input: number) =>
      Array.from({ length: 400 }, (_, i) => (train[2 * i + axis] as number) * ((points[5 * i + input] as number) - 7));
    expect(along(0, 1).reduce((sum, product) => sum + product, 0)).toBeGreaterThan(0);
    expect(along(1, 3).reduce((sum, product) => sum + product, 0)).toBeGreaterThan(0);
  });

  it('finds a slanted direction exactly', () => {
    // On the line t (2, -1, 2) / 3: the first coordinate is t less its mean, the second is 0.
    const steps = [-3, -1, 0, 1, 3];
    const { train } = project2d(
      dataset(
        3,
        steps.flatMap((t) => [2 * t, -t, 2 * t]),
      ),
    );
    steps.forEach((t, i) => {
      expect(train[2 * i]).toBeCloseTo(3 * t, 5);
      expect(train[2 * i + 1]).toBeCloseTo(0, 5);
    });
  });

  it('moves test points as it moves training points', () => {
    const points = cloud([1, 2, 3, 0.5]);
    const { train, test } = project2d(dataset(4, points, points.slice(40, 60)));
    expect(test).toEqual(train.slice(20, 30));
  });

  it('never stretches a distance, and is the same every time', () => {
    const matrix = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(matrix, (points) => {
        const data = dataset(4, points);
        const { train } = project2d(data);
        expect(project2d(data).train).toEqual(train);
        for (let i = 1; i < 10; i++) {
          const flat = Math.hypot(...[0, 1].map((d) => (train[2 * i + d] as number) - (train[d] as number)));
          const real = Math.hypot(...[0, 1, 2, 3].map((d) => (points[4 * i + d] as number) - (points[d] as number)));
          expect(flat).toBeLessThanOrEqual(real + 1e-4);
        }
      }),
    );
  });

  it('copes with points that are all the same and with 64 inputs', () => {
    expect([...project2d(dataset(3, [1, 2, 3, 1, 2, 3])).train]).toEqual([0, 0, 0, 0]);
    const spreads = Array.from({ length: 64 }, (_, d) => 1 + d / 8);
    expect(variance(project2d(dataset(64, cloud(spreads, 300))).train, 0)).toBeGreaterThan(64);
  });
});

describe('the extent', () => {
  it('is a square around all points with 8 % to spare', () => {
    const [left, right, bottom, top] = extentOf(Float32Array.of(0, 1, 10, 3), Float32Array.of(4, 5));
    expect([left, right]).toEqual([5 - 5.8, 5 + 5.8]);
    expect([bottom, top]).toEqual([3 - 5.8, 3 + 5.8]);
  });

  it('has a size even for one point or none', () => {
    expect(extentOf(Float32Array.of(3, 4))).toEqual([2, 4, 3, 5]);
    expect(extentOf(new Float32Array())).toEqual([-1, 1, -1, 1]);
  });
});
