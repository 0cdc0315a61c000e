import type { LaneRecord } from '../../sim/collected.ts';
import type { Collector } from '../../sim/collector.ts';
import { type Spread, spreadOf } from '../contracts/spread.ts';

/** Two metrics of a run, averaged over seeds. */
export interface AveragePoint {
  readonly x: number;
  readonly y: number;
  /** Ends of the band of y over the seeds. */
  readonly low: number;
  readonly high: number;
  /** Seeds that have a value. */
  readonly n: number;
}

const lanesOf = (collector: Collector, variant: number): readonly LaneRecord[] =>
  collector.seeds.flatMap((seed) => collector.lane(variant, seed) ?? []);

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const pointOf = (x: number, ys: readonly number[], spread: Spread): AveragePoint => {
  const isKnown = ys.every(Number.isFinite);
  const [, low, high] = isKnown
    ? spreadOf(
        [...ys].sort((a, b) => a - b),
        spread,
      )
    : [0, Number.NaN, Number.NaN];
  return { x, y: average(ys), low, high, n: ys.length };
};

/** Both metrics averaged over the seeds at each recorded step that all of them have reached. */
export const averagedAtStep = (
  collector: Collector,
  variant: number,
  x: string,
  y: string,
  spread: Spread = 'range',
): AveragePoint[] => {
  const lanes = lanesOf(collector, variant);
  const count = Math.min(...lanes.map((lane) => lane.count));
  return Array.from({ length: Number.isFinite(count) ? count : 0 }, (_, i) => {
    const xs = lanes.map((lane) => lane.series(x)[i] as number);
    return pointOf(
      average(xs),
      lanes.map((lane) => lane.series(y)[i] as number),
      spread,
    );
  }).filter((point) => Number.isFinite(point.x) && Number.isFinite(point.y));
};

/** A lane's y where its x first falls to a level, on the straight line between two records; undefined if it never does. */
export const firstAt = (lane: LaneRecord, x: string, y: string, level: number): number | undefined => {
  const [xs, ys] = [lane.series(x), lane.series(y)];
  for (let i = 0; i < lane.count; i++) {
    const [at, value] = [xs[i] as number, ys[i] as number];
    if (!(at <= level)) continue;
    if (i === 0) return at === level ? value : undefined; // it began below: it never came from above
    const [before, valueBefore] = [xs[i - 1] as number, ys[i - 1] as number];
    return valueBefore + ((before - level) / (before - at)) * (value - valueBefore);
  }
  return undefined;
};

/** y averaged over the seeds at equal x: at the levels that all of them reach from above. */
export const averagedAtLevel = (
  collector: Collector,
  variant: number,
  x: string,
  y: string,
  levels: readonly number[],
  spread: Spread = 'range',
): AveragePoint[] => {
  const lanes = lanesOf(collector, variant);
  return levels.flatMap((level) => {
    const ys = lanes.flatMap((lane) => firstAt(lane, x, y, level) ?? []);
    return ys.length === lanes.length && ys.length > 0 ? [pointOf(level, ys, spread)] : [];
  });
};

/** Levels from the highest start of a run's metric down to `floor`, evenly spread on a logarithmic scale. */
export const levelsBelow = (collector: Collector, metric: string, floor: number, count: number): readonly number[] => {
  const starts = collector.variants.flatMap(({ variant }) =>
    lanesOf(collector, variant).map((lane) => lane.series(metric)[0] ?? Number.NaN),
  );
  const top = Math.max(0, ...starts.filter(Number.isFinite));
  if (top <= floor) return [];
  return Array.from({ length: count }, (_, i) => top * (floor / top) ** (i / (count - 1)));
};
