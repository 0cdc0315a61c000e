import { describe, expect, it } from 'vitest';
import { generators } from '../../src/data/registry.ts';
import { keyOf } from '../../src/engine/base/random.ts';
import { defaultsOf, type ParamValue } from '../../src/engine/base/schema.ts';
import type { AnyGenerator, Dataset, PointSet } from '../../src/engine/contracts/dataset.ts';
import type { InlineParams } from '../../src/scenario/format/scenario.ts';

const generate = (id: string, params: Record<string, ParamValue> = {}, seed = 3): Dataset => {
  const source = generators.get(id) as AnyGenerator;
  return source.generate({ ...defaultsOf(source.params), ...params }, keyOf(seed));
};

/** One point. */
const pointOf = ({ x, y }: PointSet, i: number): number[] => {
  const inputs = x.length / y.length;
  return [...x.subarray(i * inputs, (i + 1) * inputs)];
};

/** Indices of a class. */
const membersOf = ({ y }: PointSet, label: number): number[] => [...y.keys()].filter((i) => y[i] === label);

const meanOf = (points: PointSet, rows: number[]): number[] => {
  const first = pointOf(points, rows[0] as number);
  return first.map((_, d) => rows.reduce((sum, i) => sum + (pointOf(points, i)[d] as number), 0) / rows.length);
};

const radii = (points: PointSet, rows: number[]): number[] => rows.map((i) => Math.hypot(...pointOf(points, i)));
const fractionOf = (y: Int32Array, label: number): number => y.filter((other) => other === label).length / y.length;

describe('blobs', () => {
  it('puts the means on a circle, class 0 at the top, counter-clockwise', () => {
    const { train } = generate('blobs', { classes: 4, perClass: 1000, noise: 0.5, radius: 3 });
    const places = [
      [0, 3],
      [-3, 0],
      [0, -3],
      [3, 0],
    ];
    places.forEach((place, label) => {
      meanOf(train, membersOf(train, label)).forEach((value, d) => {
        expect(Math.abs(value - (place[d] as number))).toBeLessThan(0.08);
      });
    });
  });

  it('spreads a class by its noise', () => {
    const { train } = generate('blobs', { classes: 2, perClass: 1000, noise: 0.5, radius: 2 });
    const top = membersOf(train, 0).map((i) => pointOf(train, i));
    for (const [d, center] of [
      [0, 0],
      [1, 2],
    ] as const) {
      const variance = top.reduce((sum, point) => sum + ((point[d] as number) - center) ** 2, 0) / top.length;
      expect(Math.sqrt(variance)).toBeCloseTo(0.5, 1);
    }
  });

  it('has each class on its mean when there is no noise', () => {
    const { train } = generate('blobs', { noise: 0, perClass: 10 });
    for (const radius of radii(train, [...train.y.keys()])) expect(radius).toBeCloseTo(2, 6);
  });

  it('flips labels in the training and in the test set, to other classes only', () => {
    const clean = generate('blobs', { perClass: 1000 });
    const flipped = generate('blobs', { perClass: 1000, flip: 0.2 });
    for (const half of ['train', 'test'] as const) {
      expect(flipped[half].x).toEqual(clean[half].x);
      const changed = flipped[half].y.filter((label, i) => label !== clean[half].y[i]).length;
      expect(Math.abs(changed / clean[half].y.length - 0.2)).toBeLessThan(0.02);
      for (let label = 0; label < 5; label++)
        expect(Math.abs(fractionOf(flipped[half].y, label) - 0.2)).toBeLessThan(0.02);
    }
  });

  it('keeps the points that were there when a class gets more of them', () => {
    const few = generate('blobs', { perClass: 20 });
    const many = generate('blobs', { perClass: 40, classes: 5 });
    expect(pointOf(many.train, 40 + 7)).toEqual(pointOf(few.train, 20 + 7));
  });
});

describe('shapes in the plane', () => {
  it('the moons are two half circles that interlock', () => {
    const { train } = generate('moons', { noise: 0 });
    const centers = [
      [-2 / 3, -1 / 3],
      [2 / 3, 1 / 3],
    ];
    train.y.forEach((label, i) => {
      const [x, y] = pointOf(train, i) as [number, number];
      const [cx, cy] = centers[label] as [number, number];
      expect(Math.hypot(x - cx, y - cy)).toBeCloseTo(4 / 3, 5);
      expect(label === 0 ? y >= cy - 1e-6 : y <= cy + 1e-6).toBe(true);
    });
  });

  it('the rings have evenly spaced radii, class 0 innermost', () => {
    const { train } = generate('circles', { classes: 4, noise: 0 });
    for (let label = 0; label < 4; label++) {
      for (const radius of radii(train, membersOf(train, label))) expect(radius).toBeCloseTo((label + 1) / 2, 5);
    }
  });

  it('the arms of a spiral are one arm turned', () => {
    const { train } = generate('spirals', { classes: 3, noise: 0, turns: 1 });
    train.y.forEach((label, i) => {
      const [x, y] = pointOf(train, i) as [number, number];
      const along = (Math.hypot(x, y) - 0.2) / 1.8;
      const turns = Math.atan2(y, x) / (2 * Math.PI) - along - label / 3;
      expect(Math.abs(turns - Math.round(turns))).toBeLessThan(1e-5);
    });
  });

  it('the cells of the checkerboard alternate', () => {
    const { train } = generate('checkerboard', { cells: 4, noise: 0 });
    train.y.forEach((label, i) => {
      const [column, row] = pointOf(train, i).map((value) => Math.floor(value + 2)) as [number, number];
      expect((column + row) % 2).toBe(label);
    });
  });

  it.each(['moons', 'circles', 'spirals', 'checkerboard'])('%s lie in about [-2, 2]', (id) => {
    const { train } = generate(id, { perClass: 500 });
    const largest = Math.max(...train.x.map(Math.abs));
    expect(largest).toBeGreaterThan(1.7);
    expect(largest).toBeLessThan(2.8);
  });
});

describe('gaussian-logistic', () => {
  const data = generate('gaussian-logistic');

  it('has 1000 points to keep, then 200 to forget, and 1000 fresh ones of each', () => {
    expect([data.train.y.length, data.test.y.length]).toEqual([1200, 2000]);
    const { forget } = data.components ?? {};
    expect([forget?.train.at(0), forget?.train.at(-1), forget?.train.length]).toEqual([1000, 1199, 200]);
    expect([forget?.test.at(0), forget?.test.at(-1), forget?.test.length]).toEqual([1000, 1999, 1000]);
  });

  it('has about 70 % of class 0 among the retain points and of class 1 among the forget points', () => {
    const { test } = generate('gaussian-logistic', { nTestRetain: 5000, nTestForget: 5000 });
    expect(Math.abs(fractionOf(test.y.subarray(0, 5000), 0) - 0.7)).toBeLessThan(0.03);
    expect(Math.abs(fractionOf(test.y.subarray(5000), 1) - 0.7)).toBeLessThan(0.03);
  });

  it.each([0, 1, 2.5])('has means at minus and plus alpha = %d', (alpha) => {
    const { test } = generate('gaussian-logistic', { alpha });
    const rows = [...test.y.keys()];
    for (const value of meanOf(test, rows.slice(0, 1000))) expect(Math.abs(value + alpha)).toBeLessThan(0.15);
    for (const value of meanOf(test, rows.slice(1000))) expect(Math.abs(value - alpha)).toBeLessThan(0.15);
  });

  it('draws class 0 of a retain point with probability sigmoid(1 + (x - mu) . 1 / sqrt(d))', () => {
    const { train } = generate('gaussian-logistic', { nRetain: 5000, dimensions: 4 });
    const bins = new Map<number, { n: number; zeros: number }>();
    for (let i = 0; i < 5000; i++) {
      const sum = pointOf(train, i).reduce((total, value) => total + value + 1, 0) / 2;
      const bin = Math.max(-1, Math.min(1, Math.round(sum)));
      const { n, zeros } = bins.get(bin) ?? { n: 0, zeros: 0 };
      bins.set(bin, { n: n + 1, zeros: zeros + (train.y[i] === 0 ? 1 : 0) });
    }
    const frequency = (bin: number) => (bins.get(bin)?.zeros ?? 0) / (bins.get(bin)?.n ?? 1);
    expect(Math.abs(frequency(0) - 0.731)).toBeLessThan(0.04);
    expect(frequency(-1)).toBeLessThan(0.55);
    expect(frequency(1)).toBeGreaterThan(0.85);
  });

  it('separates the inputs by alpha without touching a label', () => {
    const near = generate('gaussian-logistic', { alpha: 0 });
    expect(near.train.y).toEqual(data.train.y);
    expect(near.train.x).not.toEqual(data.train.x);
  });
});

describe('near-orthogonal', () => {
  const forgetOf = (params: Record<string, number>) => {
    const { train, components } = generate('near-orthogonal', params);
    return [...(components?.['forget']?.train ?? [])].map((i) => pointOf(train, i));
  };
  const inner = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
  const largestProduct = (rows: readonly (readonly number[])[]) =>
    Math.max(...rows.flatMap((a, i) => rows.slice(i + 1).map((b) => Math.abs(inner(a, b)))));

  it('has orthogonal forget points of one length, and bends them towards each other by the overlap', () => {
    for (const overlap of [0, 0.3, 1]) {
      for (const row of forgetOf({ overlap, length: 2 })) expect(Math.abs(inner(row, row) - 4)).toBeLessThan(1e-5);
    }
    expect(largestProduct(forgetOf({ overlap: 0 }))).toBeLessThan(1e-6);
    const [little, much] = [largestProduct(forgetOf({ overlap: 0.1 })), largestProduct(forgetOf({ overlap: 1 }))];
    expect(little).toBeGreaterThan(0.001);
    expect(much).toBeGreaterThan(2 * little);
  });

  it('never has more forget points than dimensions', () => {
    expect(forgetOf({ dimensions: 5, nForget: 64 })).toHaveLength(5);
    expect(forgetOf({ dimensions: 64, nForget: 64, overlap: 0 })).toHaveLength(64);
  });
});

describe('high-dim-blobs', () => {
  it('draws means with variance 2.8^2 / d per axis', () => {
    const squares: number[] = [];
    for (let seed = 0; seed < 20; seed++) {
      const { train } = generate('high-dim-blobs', { classes: 10, dimensions: 16, noise: 0, perClass: 10 }, seed);
      for (let label = 0; label < 10; label++) squares.push((radii(train, [label * 10])[0] as number) ** 2);
    }
    const mean = squares.reduce((sum, square) => sum + square, 0) / squares.length;
    expect(Math.abs(mean - 2.8 ** 2)).toBeLessThan(0.7);
  });

  it('has the same means in the training and in the test set', () => {
    const { train, test } = generate('high-dim-blobs', { noise: 0 });
    expect(test.x).toEqual(train.x);
  });

  it('keeps its means when the noise changes', () => {
    const clean = generate('high-dim-blobs', { noise: 0 });
    const noisy = generate('high-dim-blobs', { noise: 0.5, perClass: 1000 });
    const first = meanOf(noisy.train, membersOf(noisy.train, 0));
    first.forEach((value, d) => {
      expect(Math.abs(value - (clean.train.x[d] as number))).toBeLessThan(0.1);
    });
  });
});

describe('inline', () => {
  const written: InlineParams = {
    train: {
      x: [
        [1, 2],
        [3, 4],
      ],
      y: [0, 1],
    },
    test: {
      x: [
        [5, 6],
        [7, 8],
        [9, 10],
      ],
      y: [3, 0, 0],
    },
    testForget: [2, 0],
  };
  const inline = generators.get('inline') as AnyGenerator;

  it('takes the points as they are written', () => {
    const data = inline.generate(written as never, keyOf(0));
    expect([...data.train.x]).toEqual([1, 2, 3, 4]);
    expect([...data.test.y]).toEqual([3, 0, 0]);
    expect(data.inputs).toBe(2);
  });

  it('counts the classes of both sets', () => {
    expect(inline.generate(written as never, keyOf(0)).classes).toBe(4);
  });

  it('passes the test points of the forget distribution on in order, if there are any', () => {
    expect([...(inline.generate(written as never, keyOf(0)).testForget ?? [])]).toEqual([0, 2]);
    const { train, test } = written;
    expect(inline.generate({ train, test } as never, keyOf(0)).testForget).toBeUndefined();
  });
});
