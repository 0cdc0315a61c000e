import type { LaneRecord } from '../../sim/collected.ts';
import type { Collector } from '../../sim/collector.ts';
import type { ModelRef } from '../../sim/events.ts';
import { tickIndex } from '../clock/ticks.ts';
import { type Spread, spreadOf } from '../contracts/spread.ts';

/** The middle and the spread over the seeds that have a value. */
export interface Band {
  /** The median; of a bootstrap band the mean. */
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

/** Of values of which some may be NaN; null if all are. */
export const bandOf = (values: readonly number[], spread: Spread = 'range'): Band | null => {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  const [median, low, high] = spreadOf(sorted, spread);
  return { median, low, high, n: sorted.length };
};

/** A metric of one model under one seed at a step; NaN where it does not exist (yet). */
export const valueAt = (collector: Collector, model: ModelRef, seed: number, metric: string, step: number): number => {
  if (typeof model === 'string') return collector.reference(model, seed, metric);
  const lane = collector.lane(model, seed);
  if (!lane) return Number.NaN;
  const index = tickIndex(lane.steps, step);
  return index < lane.count ? (lane.series(metric)[index] ?? Number.NaN) : Number.NaN;
};

/** The band of a metric at a step over all seeds; null where it has no value. */
export const bandAt = (
  collector: Collector,
  model: ModelRef,
  metric: string,
  step: number,
  spread?: Spread,
): Band | null =>
  bandOf(
    collector.seeds.map((seed) => valueAt(collector, model, seed, metric, step)),
    spread,
  );

export interface MetricPair {
  readonly forget: string;
  readonly keep: string;
}

/**
 * The metrics that stand for forgetting and keeping: the family's own, or accuracy on fresh points where what is forgotten has a distribution of
 * its own, on the training points themselves where single points are forgotten.
 */
export const metricPair = (collector: Collector): MetricPair => {
  if (collector.headline) return collector.headline;
  const exists = (metric: string): boolean =>
    collector.seeds.some((seed) => Number.isFinite(collector.reference('original', seed, metric)));
  const { kind } = collector.scenario.forget;
  const isOfPoints = kind === 'random' || kind === 'indices' || kind === 'selector';
  return {
    forget: !isOfPoints && exists('forgetTestAccuracy') ? 'forgetTestAccuracy' : 'forgetAccuracy',
    keep: exists('retainTestAccuracy') || !exists('retainAccuracy') ? 'retainTestAccuracy' : 'retainAccuracy',
  };
};

/** At most `limit` of n indices, evenly spread, both ends among them. */
export const thinned = (n: number, limit: number): readonly number[] => {
  if (n <= limit) return Array.from({ length: n }, (_, i) => i);
  const indices = new Set<number>();
  for (let i = 0; i < limit; i++) indices.add(Math.round((i * (n - 1)) / (limit - 1)));
  return [...indices];
};

/** The bands of a variant's metric at its recorded steps so far, thinned. */
export const bandsOf = (
  collector: Collector,
  variant: number,
  metric: string,
  limit: number,
  spread?: Spread,
): readonly { readonly step: number; readonly band: Band }[] => {
  const lanes = collector.seeds.flatMap((seed) => collector.lane(variant, seed) ?? []);
  const steps = lanes[0]?.steps ?? [];
  const count = Math.max(0, ...lanes.map((lane) => lane.count));
  const series = lanes.map((lane) => lane.series(metric));
  return thinned(count, limit).flatMap((index) => {
    const band = bandOf(
      series.map((values) => values[index] ?? Number.NaN),
      spread,
    );
    return band ? [{ step: steps[index] as number, band }] : [];
  });
};

/** One metric against another along each seed's recorded steps so far, thinned. */
export const waysOfSeeds = (
  collector: Collector,
  variant: number,
  x: string,
  y: string,
  limit: number,
): readonly (readonly { readonly x: number; readonly y: number }[])[] =>
  collector.seeds.flatMap((seed) => {
    const lane = collector.lane(variant, seed);
    if (!lane) return [];
    const [xs, ys] = [lane.series(x), lane.series(y)];
    return [thinned(lane.count, limit).map((i) => ({ x: xs[i] ?? Number.NaN, y: ys[i] ?? Number.NaN }))];
  });

/** A metric over the steps under each seed so far, thinned. */
export const coursesOfSeeds = (
  collector: Collector,
  variant: number,
  metric: string,
  limit: number,
): readonly (readonly { readonly x: number; readonly y: number }[])[] =>
  collector.seeds.flatMap((seed) => {
    const lane = collector.lane(variant, seed);
    if (!lane) return [];
    const values = lane.series(metric);
    return [thinned(lane.count, limit).map((i) => ({ x: lane.steps[i] as number, y: values[i] ?? Number.NaN }))];
  });

/** When a lane collapsed; null if it never did. */
export const collapseStep = (lane: Pick<LaneRecord, 'collapsedAt'> | undefined): number | null =>
  lane?.collapsedAt ?? null;

/** A step that most seeds agree on: the median of those that have one, if they are at least half of the seeds. */
export const commonStep = (
  collector: Collector,
  variant: number,
  stepOf: (lane: LaneRecord) => number | null,
): number | null => {
  const lanes = collector.seeds.flatMap((seed) => collector.lane(variant, seed) ?? []);
  const steps = lanes.flatMap((lane) => stepOf(lane) ?? []).sort((x, y) => x - y);
  return steps.length * 2 >= Math.max(1, lanes.length) ? (steps[steps.length >> 1] ?? null) : null;
};

export const divergenceStep = ({ divergedAt }: LaneRecord): number | null => divergedAt;

export const finiteOrNull = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;
