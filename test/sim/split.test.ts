import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Fault, SimError } from '../../src/engine/base/errors.ts';
import type { Dataset } from '../../src/engine/contracts/dataset.ts';
import type { Request } from '../../src/families/family.ts';
import { resolveRequests } from '../../src/families/points/split.ts';
import type { ForgetSpec } from '../../src/scenario/format/scenario.ts';

/** Points on the line (0, 0), (1, 0), ... with the labels given; the test points a little to the right of them. */
const line = (train: number[], test: number[], more: Partial<Dataset> = {}): Dataset => {
  const points = (y: number[], shift: number) => ({
    x: Float32Array.from(y.flatMap((_, i) => [i + shift, 0])),
    y: Int32Array.from(y),
  });
  return { inputs: 2, classes: 3, train: points(train, 0), test: points(test, 0.25), ...more };
};
const data = line([0, 1, 2, 0, 1, 2], [2, 1, 0, 1]);

const split = (spec: ForgetSpec, dataset = data, laneSeed = 0) => {
  const { forget, retain, testForget, testRetain } = (resolveRequests(dataset, [spec], laneSeed)[0] as Request).after;
  return { forget: [...forget], retain: [...retain], testForget: [...testForget], testRetain: [...testRetain] };
};

const faultsOf = (spec: ForgetSpec, dataset = data): readonly Fault[] => {
  try {
    (resolveRequests(dataset, [spec], 0)[0] as Request).after;
  } catch (error) {
    if (!(error instanceof SimError)) throw error;
    expect(error.code).toBe('forget/invalid');
    return error.faults;
  }
  throw new Error('no error');
};

describe('forgetting a class', () => {
  it('takes the points with its label, in train and test', () => {
    expect(split({ kind: 'class', label: 1 })).toEqual({
      forget: [1, 4],
      retain: [0, 2, 3, 5],
      testForget: [1, 3],
      testRetain: [0, 2],
    });
  });

  it.each([3, -1, 0.5])('refuses class %d, which does not exist', (label) => {
    expect(faultsOf({ kind: 'class', label })).toEqual([
      { path: '/forget/label', expected: 'a class from 0 to 2', found: String(label) },
    ]);
  });

  it('refuses a class without training points', () => {
    expect(faultsOf({ kind: 'class', label: 2 }, line([0, 1], [2]))[0]?.path).toBe('/forget');
  });

  it('refuses to forget everything', () => {
    expect(faultsOf({ kind: 'class', label: 1 }, line([1, 1], [0]))).toEqual([
      {
        path: '/forget',
        expected: 'at least one training point to forget and one to retain',
        found: 'all 2 to forget',
      },
    ]);
  });
});

describe('forgetting at random', () => {
  const hundred = line(
    Array.from({ length: 100 }, (_, i) => i % 3),
    [0, 1, 2],
  );

  it('draws the fraction, and tests both sides on the whole test set', () => {
    const { forget, retain, testForget, testRetain } = split({ kind: 'random', fraction: 0.1, seed: 4 }, hundred);
    expect([forget.length, retain.length]).toEqual([10, 90]);
    expect([testForget, testRetain]).toEqual([
      [0, 1, 2],
      [0, 1, 2],
    ]);
  });

  it('draws at least one point', () => {
    expect(split({ kind: 'random', fraction: 0.001, seed: 4 }, hundred).forget).toHaveLength(1);
  });

  it('depends on its own seed, or on that of the lane if asked to', () => {
    const drawn = (seed: number | 'lane', laneSeed: number) =>
      split({ kind: 'random', fraction: 0.3, seed }, hundred, laneSeed).forget;
    expect(drawn(4, 1)).toEqual(drawn(4, 2));
    expect(drawn('lane', 4)).toEqual(drawn(4, 9));
    expect(drawn('lane', 1)).not.toEqual(drawn('lane', 2));
  });

  it('does not heed known test points, since both laws are one', () => {
    const known = { ...hundred, testForget: Int32Array.of(1) };
    expect(split({ kind: 'random', fraction: 0.5, seed: 0 }, known).testForget).toEqual([0, 1, 2]);
  });

  it('refuses to forget everything', () => {
    expect(faultsOf({ kind: 'random', fraction: 1, seed: 0 })[0]?.found).toBe('all 6 to forget');
  });
});

describe('forgetting by index', () => {
  it('puts the points in order, and counts a test point to its nearest training point', () => {
    expect(split({ kind: 'indices', indices: [3, 1] })).toEqual({
      forget: [1, 3],
      retain: [0, 2, 4, 5],
      testForget: [1, 3],
      testRetain: [0, 2],
    });
  });

  it('sorts indices as numbers', () => {
    const long = line(Array(12).fill(0), [0]);
    expect(split({ kind: 'indices', indices: [10, 2] }, long).forget).toEqual([2, 10]);
  });

  it('takes the lowest index when two training points are equally near', () => {
    const twins: Dataset = {
      inputs: 2,
      classes: 1,
      train: { x: Float32Array.of(1, 0, -1, 0, 9, 9), y: Int32Array.of(0, 0, 0) },
      test: { x: Float32Array.of(0, 0), y: Int32Array.of(0) },
    };
    expect(split({ kind: 'indices', indices: [0] }, twins).testForget).toEqual([0]);
    expect(split({ kind: 'indices', indices: [1] }, twins).testForget).toEqual([]);
  });

  it('names every bad index with its place', () => {
    expect(faultsOf({ kind: 'indices', indices: [0, 6, 1.5, 0, -1] })).toEqual([
      { path: '/forget/indices/1', expected: 'a whole number from 0 to 5', found: '6' },
      { path: '/forget/indices/2', expected: 'a whole number from 0 to 5', found: '1.5' },
      { path: '/forget/indices/3', expected: 'every index only once', found: '0 again' },
      { path: '/forget/indices/4', expected: 'a whole number from 0 to 5', found: '-1' },
    ]);
  });

  it('refuses an empty list', () => {
    expect(faultsOf({ kind: 'indices', indices: [] })[0]).toMatchObject({ path: '/forget', found: 'none to forget' });
  });
});

describe('forgetting a region', () => {
  it('takes what lies in a disc, its rim included', () => {
    const disc = { center: [2, 0], radius: 1 } as const;
    expect(split({ kind: 'region', disc })).toMatchObject({ forget: [1, 2, 3], testForget: [1, 2] });
  });

  it('takes what lies in a polygon, whichever way round it is given', () => {
    const polygon = [
      [0.5, -1],
      [3.1, -1],
      [3.1, 1],
      [0.5, 1],
    ] as const;
    expect(split({ kind: 'region', polygon })).toMatchObject({ forget: [1, 2, 3], testForget: [1, 2] });
    expect(split({ kind: 'region', polygon: [...polygon].reverse() }).forget).toEqual([1, 2, 3]);
  });

  it('leaves out the hole of a polygon that winds twice', () => {
    const outer = [
      [-0.5, -2],
      [5.5, -2],
      [5.5, 2],
      [-0.5, 2],
      [-0.5, -2],
    ] as const;
    const inner = [
      [1.5, -1],
      [3.5, -1],
      [3.5, 1],
      [1.5, 1],
      [1.5, -1],
    ] as const;
    expect(split({ kind: 'region', polygon: [...outer, ...inner] }).forget).toEqual([0, 1, 4, 5]);
  });

  it('refuses a region without points, and data that are not in the plane', () => {
    const disc = { center: [50, 50], radius: 1 } as const;
    expect(faultsOf({ kind: 'region', disc })[0]?.found).toBe('none to forget');
    const solid: Dataset = { ...data, inputs: 3 };
    expect(faultsOf({ kind: 'region', disc }, solid)).toEqual([
      { path: '/forget/kind', expected: 'data with two numbers per point for a region', found: '3 numbers per point' },
    ]);
  });
});

describe('forgetting a component', () => {
  const spec = { kind: 'component', name: 'poisoned', fraction: 1, seed: 0 } as const;
  const poisoned = { train: Int32Array.of(1, 2, 4, 5), test: Int32Array.of(0, 3) };
  const withComponent = line([0, 1, 2, 0, 1, 2], [2, 1, 0, 1], { components: { poisoned } });

  it('takes the training points of the component and tests on its test points', () => {
    expect(split(spec, withComponent)).toEqual({
      forget: [1, 2, 4, 5],
      retain: [0, 3],
      testForget: [0, 3],
      testRetain: [1, 2],
    });
  });

  it('takes a fraction of it by seed', () => {
    const half = split({ ...spec, fraction: 0.5 }, withComponent);
    expect(half.forget).toHaveLength(2);
    expect(half.forget.every((i) => poisoned.train.includes(i))).toBe(true);
    expect(half.testForget).toEqual([0, 3]);
    const others = Array.from(
      { length: 9 },
      (_, seed) => split({ ...spec, fraction: 0.5, seed }, withComponent).forget,
    );
    expect(new Set(others.map(String)).size).toBeGreaterThan(1);
  });

  it('lists the components that there are when asked for another', () => {
    expect(faultsOf({ ...spec, name: 'toString' }, withComponent)).toEqual([
      { path: '/forget/name', expected: 'the name of a component: "poisoned"', found: '"toString"' },
    ]);
    expect(faultsOf(spec)[0]?.expected).toBe('data with named components');
  });
});

it('test points that the data know to follow the forget distribution win', () => {
  const known = line([0, 1, 2, 0, 1, 2], [2, 1, 0, 1], { testForget: Int32Array.of(3, 2) });
  for (const spec of [
    { kind: 'class', label: 0 },
    { kind: 'indices', indices: [0] },
    { kind: 'region', disc: { center: [0, 0], radius: 1 } },
  ] as const) {
    expect(split(spec, known)).toMatchObject({ testForget: [2, 3], testRetain: [0, 1] });
  }
});

it('forget and retain always part the training set, in ascending order', () => {
  const request = fc.oneof(
    fc.record({ kind: fc.constant('class' as const), label: fc.integer({ min: 0, max: 2 }) }),
    fc.record({
      kind: fc.constant('random' as const),
      fraction: fc.double({ min: 0.01, max: 0.8, noNaN: true }),
      seed: fc.nat(),
    }),
    fc.record({
      kind: fc.constant('indices' as const),
      indices: fc.uniqueArray(fc.nat(29), { minLength: 1, maxLength: 29 }),
    }),
  );
  const thirty = line(
    Array.from({ length: 30 }, (_, i) => i % 3),
    [0, 1, 2],
  );
  fc.assert(
    fc.property(request, (spec) => {
      const { forget, retain, testForget, testRetain } = split(spec, thirty);
      const ascending = (indices: number[]) =>
        indices.every((index, i) => i === 0 || index > (indices[i - 1] as number));
      expect([forget, retain, testForget, testRetain].every(ascending)).toBe(true);
      expect([...forget, ...retain].sort((a, b) => a - b)).toEqual([...Array(30).keys()]);
    }),
  );
});
