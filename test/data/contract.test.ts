import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generators } from '../../src/data/registry.ts';
import { keyOf } from '../../src/engine/base/random.ts';
import { defaultsOf, type ParamSpec, type ParamValue } from '../../src/engine/base/schema.ts';
import {
  type AnyGenerator,
  type Dataset,
  MAX_CLASSES,
  MAX_INPUTS,
  MAX_POINTS,
  type PointSet,
} from '../../src/engine/contracts/dataset.ts';

const files = Object.keys(import.meta.glob('../../src/data/*.ts')).map((path) => path.replace(/^.*\/|\.ts$/g, ''));
const WRITTEN = {
  train: {
    x: [
      [0, 0, 1],
      [1, 0, 0],
      [2, 1, 1],
    ],
    y: [0, 1, 2],
  },
  test: {
    x: [
      [0, 1, 0],
      [1, 1, 1],
    ],
    y: [0, 1],
  },
};
const key = keyOf(7);

/** A generator's parameters at their defaults, with some replaced. */
const paramsOf = (source: AnyGenerator, replaced: Record<string, ParamValue> = {}) =>
  source.id === 'inline' ? WRITTEN : { ...defaultsOf(source.params), ...replaced };

const specsOf = (source: AnyGenerator): [string, ParamSpec][] => Object.entries(source.params);

/** A number or the value of the integer parameter that it names. */
const sizeOf = (size: number | string, params: unknown): unknown =>
  typeof size === 'number' ? size : (params as Record<string, unknown>)[size];

const anyValueOf = (spec: ParamSpec): fc.Arbitrary<ParamValue> => {
  if (spec.kind === 'int') return fc.integer({ min: spec.min, max: Math.min(spec.max, Math.max(spec.min, 40)) });
  if (spec.kind === 'number') return fc.double({ min: spec.min, max: spec.max, noNaN: true });
  return spec.kind === 'choice' ? fc.constantFrom(...spec.options) : fc.boolean();
};

const extremes = (spec: ParamSpec): ParamValue[] => {
  if (spec.kind === 'choice') return [...spec.options];
  return spec.kind === 'flag' ? [false, true] : [spec.min, spec.max];
};

const expectSound = (points: PointSet, { inputs, classes }: Dataset) => {
  expect(points.x.length).toBe(points.y.length * inputs);
  expect(points.x.every(Number.isFinite)).toBe(true);
  expect(points.y.every((label) => label >= 0 && label < classes)).toBe(true);
  expect(points.y.length).toBeGreaterThan(0);
  expect(points.y.length).toBeLessThanOrEqual(MAX_POINTS);
};

const expectSoundData = (source: AnyGenerator, params: Readonly<Record<string, unknown>>) => {
  const data = source.generate(params as never, key);
  expectSound(data.train, data);
  expectSound(data.test, data);
  expect(data.classes).toBeLessThanOrEqual(MAX_CLASSES);
  expect(data.inputs).toBeLessThanOrEqual(MAX_INPUTS);
  if (source.id !== 'inline') {
    const spare = source.spare !== undefined && params[source.spare] === true ? 1 : 0;
    expect(data.classes).toBe((sizeOf(source.classes ?? 0, params) as number) + spare);
    expect(data.inputs).toBe(sizeOf(source.inputs ?? 0, params));
  }
  return data;
};

it('every file of src/data is a generator of the same name, and blobs come first', () => {
  expect([...generators.keys()].sort()).toEqual(files.filter((name) => name !== 'registry').sort());
  expect([...generators.keys()][0]).toBe('blobs');
});

describe.each([...generators.values()])('$id', (source) => {
  const atDefaults = () => source.generate(paramsOf(source), key);

  it('has words for its title, its summary and each of its parameters', () => {
    expect(source.title).not.toBe('');
    expect(source.summary).toMatch(/\.$/);
    for (const [name, spec] of specsOf(source)) {
      expect(spec.label, name).not.toBe('');
      expect(spec.help, name).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('has defaults within their ranges', () => {
    for (const [name, spec] of specsOf(source)) {
      if (spec.kind !== 'int' && spec.kind !== 'number') continue;
      expect(spec.min, name).toBeLessThan(spec.max);
      expect(spec.default, name).toBeGreaterThanOrEqual(spec.min);
      expect(spec.default, name).toBeLessThanOrEqual(spec.max);
      if (spec.kind === 'number' && spec.scale === 'log') expect(spec.min, name).toBeGreaterThan(0);
      if (spec.kind === 'int') expect([spec.default, spec.min, spec.max].every(Number.isInteger), name).toBe(true);
    }
  });

  it('takes its numbers of classes and inputs from parameters that exist', () => {
    for (const size of [source.classes, source.inputs]) {
      if (typeof size === 'string') expect(source.params[size]?.kind).toBe('int');
    }
  });

  it('gives the same bits for the same key', () => {
    expect(atDefaults()).toEqual(atDefaults());
  });

  it('gives sound data with every class at its defaults', () => {
    const data = expectSoundData(source, paramsOf(source));
    expect(new Set(data.train.y).size).toBe(data.classes);
  });

  it('names the components that it declares, within its points', () => {
    const { components = {}, train, test } = atDefaults();
    expect(Object.keys(components)).toEqual([...(source.components ?? [])]);
    for (const component of Object.values(components as NonNullable<Dataset['components']>)) {
      for (const [indices, points] of [
        [component.train, train],
        [component.test, test],
      ] as const) {
        expect(indices.length).toBeGreaterThan(0);
        expect([...indices]).toEqual([...new Set(indices)].sort((a, b) => a - b));
        expect(indices.at(-1)).toBeLessThan(points.y.length);
      }
    }
  });

  if (source.id === 'inline') return;

  it('gives other points for another key, and other points in the test set', () => {
    const { train, test } = atDefaults();
    const other = source.generate(paramsOf(source), keyOf(8));
    expect(other.train.x).not.toEqual(train.x);
    expect(other.test.x).not.toEqual(test.x);
    const rowsOf = ({ x, y }: PointSet) =>
      [...y.keys()].map((i) => x.slice((i * x.length) / y.length, ((i + 1) * x.length) / y.length).join());
    const shared = new Set(rowsOf(train));
    expect(rowsOf(test).filter((row) => shared.has(row)).length).toBeLessThan(test.y.length / 100);
  });

  it('works at both ends of every parameter', () => {
    for (const [name, spec] of specsOf(source)) {
      for (const value of extremes(spec)) expectSoundData(source, paramsOf(source, { [name]: value }));
    }
  });

  it('stays within the largest number of points with every size at its most', () => {
    const largest = specsOf(source).flatMap(([name, spec]) => (spec.kind === 'int' ? [[name, spec.max] as const] : []));
    expectSoundData(source, paramsOf(source, Object.fromEntries(largest)));
  });

  it('works anywhere within its ranges', () => {
    const anywhere = fc.record(Object.fromEntries(specsOf(source).map(([name, spec]) => [name, anyValueOf(spec)])));
    fc.assert(
      fc.property(anywhere, (params) => {
        expectSoundData(source, params);
      }),
      { numRuns: 15 },
    );
  });
});
