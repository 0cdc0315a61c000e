import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLink, encodeLink } from '../../src/scenario/links/link.ts';
import { packPoints, unpackPoints } from '../../src/scenario/links/pack-points.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { smallCatalogue as catalogue } from '../support/catalogue.ts';

const size = 1_000_000;
const positive = (x: number): number => (x === 0 ? 0 : x);
const coordinates = {
  'whole numbers': fc.integer({ min: -size, max: size }),
  decimals: fc
    .tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.constantFrom(1, 10, 100, 1e4, 1e8))
    .map(([n, power]) => positive(n / power / 1e3)),
  'single precision': fc.float({ min: -size, max: size, noNaN: true }).map(positive),
  'double precision': fc.double({ min: -size, max: size, noNaN: true }).map(positive),
};

const setOf = (coordinate: fc.Arbitrary<number>, inputs: number) =>
  fc
    .array(fc.tuple(fc.array(coordinate, { minLength: inputs, maxLength: inputs }), fc.nat(11)), {
      minLength: 1,
      maxLength: 12,
    })
    .map((points) => ({ x: points.map(([row]) => row), y: points.map(([, label]) => label) }));

const known = fc.uniqueArray(fc.nat(9999), { maxLength: 9 }).map((list) => list.sort((a, b) => a - b));
const bytesPerPoint = (x: readonly (readonly number[])[]): number => {
  const set = { x, y: x.map(() => 1) };
  return (packPoints({ train: set, test: set }).length - 10) / (2 * x.length);
};

describe('packed points', () => {
  it.each(Object.keys(coordinates) as (keyof typeof coordinates)[])('give back %s exactly', (kind) => {
    const params = fc
      .integer({ min: 1, max: 5 })
      .chain((inputs) =>
        fc.record(
          { train: setOf(coordinates[kind], inputs), test: setOf(coordinates[kind], inputs), testForget: known },
          { requiredKeys: ['train', 'test'] },
        ),
      );
    fc.assert(
      fc.property(params, (given) => {
        expect(unpackPoints(packPoints(given))).toEqual(given);
      }),
    );
  });

  it('take the narrowest form that rounds nothing', () => {
    const grid = (n: number, value: (i: number) => number) => Array.from({ length: n }, (_, i) => [value(i), value(i)]);
    expect(bytesPerPoint(grid(100, (i) => i - 50))).toBeCloseTo(3, 0);
    expect(bytesPerPoint(grid(100, (i) => (i - 50) / 100))).toBeCloseTo(3, 0);
    expect(bytesPerPoint(grid(100, (i) => i * 2.5))).toBeCloseTo(5, 0);
    expect(bytesPerPoint(grid(100, (i) => Math.fround(Math.sqrt(i))))).toBeCloseTo(9, 0);
    expect(bytesPerPoint(grid(100, (i) => Math.sqrt(i)))).toBeCloseTo(17, 0);
  });

  it('that are damaged are none, however large they say they are', () => {
    const set = {
      x: [
        [0.5, 1],
        [2, 3],
      ],
      y: [0, 1],
    };
    const whole = packPoints({ train: set, test: set, testForget: [1] });
    for (let length = 0; length < whole.length; length++) {
      expect(unpackPoints(whole.subarray(0, length))).toBeUndefined();
    }
    expect(unpackPoints(Uint8Array.from([...whole, 0]))).toBeUndefined();
    expect(unpackPoints(Uint8Array.from([2, 255, 255, 255, 255, 127, 8]))).toBeUndefined();
    expect(unpackPoints(Uint8Array.from([255, 255, 255, 255, 127]))).toBeUndefined();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => void unpackPoints(bytes)),
      { numRuns: 1000 },
    );
  });
});

describe('a link with inline data', () => {
  // Painted points have two decimals: what a mouse can aim at.
  const painted = (count: number, shift: number) => {
    const x = Array.from({ length: count }, (_, i) => {
      const angle = i * 0.7 + shift;
      const radius = 1 + (i % 3) + ((i * 7919) % 101) / 100;
      return [Math.round(100 * radius * Math.cos(angle)) / 100, Math.round(100 * radius * Math.sin(angle)) / 100].map(
        positive,
      );
    });
    return { x, y: x.map((_, i) => i % 3) };
  };
  const scenarioOf = (train: object, test: object) =>
    parseScenario({ version: 1, data: { generator: 'inline', params: { train, test } } }, catalogue, 'strict').scenario;

  it('holds several thousand painted points in what a message can carry, and every one exactly', () => {
    const scenario = scenarioOf(painted(3000, 0), painted(2000, 1));
    const link = encodeLink(scenario);
    expect(link.length).toBeLessThan(30_000);
    expect(decodeLink(link, catalogue)).toEqual({ scenario, repairs: [] });
  });

  it('holds the largest data that a scenario may have, if they have a few decimals', () => {
    const scenario = scenarioOf(painted(10_000, 0), painted(10_000, 1));
    expect(decodeLink(encodeLink(scenario), catalogue).scenario).toEqual(scenario);
  });
});
