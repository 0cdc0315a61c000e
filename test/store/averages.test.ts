import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LaneRecord } from '../../src/sim/collected.ts';
import type { Collector } from '../../src/sim/collector.ts';
import type { Spread } from '../../src/store/contracts/spread.ts';
import { averagedAtLevel, averagedAtStep, firstAt, levelsBelow } from '../../src/store/numbers/averages.ts';
import { lineFit, logFit } from '../../src/store/numbers/fits.ts';

/** A run of which only the series exist: by seed, x and y at steps 0, 1, ... */
const collectorOf = (seeds: readonly { readonly x: readonly number[]; readonly y: readonly number[] }[]): Collector =>
  ({
    seeds: seeds.map((_, i) => i),
    variants: [{ variant: 0 }],
    lane: (_: number, seed: number) => {
      const { x, y } = seeds[seed] as { x: readonly number[]; y: readonly number[] };
      const series = { x: Float64Array.from(x), y: Float64Array.from(y) };
      return { count: x.length, series: (name: 'x' | 'y') => series[name] } as unknown as LaneRecord;
    },
  }) as unknown as Collector;

const laneOf = (x: readonly number[], y: readonly number[]) => collectorOf([{ x, y }]).lane(0, 0) as LaneRecord;

describe('averages over seeds', () => {
  /** Both seeds follow y = 10 - x, one of them twice as fast. */
  const fast = { x: [8, 4, 0], y: [2, 6, 10] };
  const slow = { x: [8, 6, 4], y: [2, 4, 6] };

  it('at an equal step mix what the seeds have at that step', () => {
    expect(averagedAtStep(collectorOf([fast, slow]), 0, 'x', 'y')).toEqual([
      { x: 8, y: 2, low: 2, high: 2, n: 2 },
      { x: 5, y: 5, low: 4, high: 6, n: 2 },
      { x: 2, y: 8, low: 6, high: 10, n: 2 },
    ]);
  });

  it('at an equal level find all seeds in the same place if they are on the same way', () => {
    expect(averagedAtLevel(collectorOf([fast, slow]), 0, 'x', 'y', [7, 5, 4])).toEqual([
      { x: 7, y: 3, low: 3, high: 3, n: 2 },
      { x: 5, y: 5, low: 5, high: 5, n: 2 },
      { x: 4, y: 6, low: 6, high: 6, n: 2 },
    ]);
  });

  it('have the band that the reader chose around the same mean', () => {
    const run = collectorOf([0, 1, 2, 3, 10].map((y) => ({ x: [1], y: [y] })));
    const at = (spread: Spread) => averagedAtStep(run, 0, 'x', 'y', spread)[0];
    expect(at('range')).toEqual({ x: 1, y: 3.2, low: 0, high: 10, n: 5 });
    expect(at('iqr')).toEqual({ x: 1, y: 3.2, low: 1, high: 3, n: 5 });
    expect(at('bootstrap')?.low).toBeGreaterThan(0);
    expect(at('bootstrap')?.high).toBeLessThan(10);
  });

  it('leave out a level that a seed does not reach', () => {
    expect(averagedAtLevel(collectorOf([fast, slow]), 0, 'x', 'y', [3, 1])).toEqual([]);
  });

  it('differ on a curved way although every seed is on it: the trade-off that averaging makes', () => {
    const way = (xs: readonly number[]) => ({ x: xs, y: xs.map((x) => 1 / x) });
    const run = collectorOf([way([1, 0.5, 0.1, 0.05]), way([1, 0.9, 0.8, 0.7])]);
    const [point] = averagedAtStep(run, 0, 'x', 'y').slice(2);
    expect(point?.x).toBeCloseTo(0.45, 12);
    expect(point?.y as number).toBeGreaterThan(2 / 0.45);
  });

  it('take the first fall to a level, and none where the run began below it', () => {
    expect(firstAt(laneOf([4, 2, 5, 1], [0, 1, 2, 3]), 'x', 'y', 3)).toBe(0.5);
    expect(firstAt(laneOf([4, 2], [7, 1]), 'x', 'y', 4)).toBe(7);
    expect(firstAt(laneOf([1, 2], [0, 1]), 'x', 'y', 3)).toBeUndefined();
    expect(firstAt(laneOf([4, Number.NaN], [0, 1]), 'x', 'y', 3)).toBeUndefined();
  });

  it('spread their levels from the highest start down to the floor', () => {
    const levels = levelsBelow(collectorOf([fast, slow]), 'x', 0.08, 3);
    expect(levels[0]).toBe(8);
    expect(levels[1]).toBeCloseTo(0.8, 12);
    expect(levels[2]).toBeCloseTo(0.08, 12);
    expect(levelsBelow(collectorOf([{ x: [], y: [] }]), 'x', 0.1, 3)).toEqual([]);
  });
});

describe('fits', () => {
  const t = Array.from({ length: 60 }, (_, i) => i * 20);

  it('find a line from its points', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -5, max: 5, noNaN: true }),
        fc.double({ min: 0.01, max: 5, noNaN: true }),
        (offset, rate) => {
          const fit = lineFit({ t, y: t.map((value) => offset + rate * value) });
          expect(fit?.rate).toBeCloseTo(rate, 6);
          expect(fit?.offset).toBeCloseTo(offset, 5);
          expect(fit?.r2).toBeCloseTo(1, 9);
        },
      ),
    );
  });

  it('find a logarithm from its points, whatever its pace', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 9, noNaN: true }),
        fc.double({ min: -2, max: 1, noNaN: true }),
        (rate, exponent) => {
          const pace = 10 ** exponent;
          const fit = logFit({ t, y: t.map((value) => rate * Math.log1p(pace * value)) });
          expect(Math.abs((fit?.rate ?? 0) / rate - 1)).toBeLessThan(1e-3);
          expect(fit?.r2).toBeGreaterThan(0.999999);
        },
      ),
    );
  });

  it('tell a line from a logarithm', () => {
    const line = t.map((value) => 0.3 * value);
    const curve = t.map((value) => 2 * Math.log1p(0.2 * value));
    expect(lineFit({ t, y: line })?.r2).toBeGreaterThan(logFit({ t, y: line })?.r2 as number);
    expect(lineFit({ t, y: curve })?.r2).toBeLessThan(logFit({ t, y: curve })?.r2 as number);
  });

  it('do without too few points', () => {
    expect(lineFit({ t: [0, 1], y: [0, 1] })).toBeNull();
    expect(logFit({ t: [0, 0, 0], y: [0, 0, 0] })).toBeNull();
  });
});
