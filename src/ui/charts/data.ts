import type { Spread } from '../../store/contracts/spread.ts';
import type { LabRun } from '../../store/contracts/state.ts';
import { type Band, bandOf, bandsOf, collapseStep, metricPair, valueAt } from '../../store/numbers/series.ts';
import { stylesOf } from '../compare/panels.ts';
import type { SeriesStyle } from '../theme/series.ts';

/** Points of a curve at most: what recharts draws without a pause. */
const POINTS = 150;

export interface Curve {
  readonly variant: number;
  readonly label: string;
  readonly style: SeriesStyle;
  readonly points: readonly { readonly step: number; readonly band: Band }[];
  readonly collapsedAt: number | null;
  /** The curve of each seed by itself, where those are asked for. */
  readonly each: readonly { readonly seed: number; readonly values: readonly number[] }[];
}

export interface CurveSet {
  readonly metric: string;
  readonly curves: readonly Curve[];
  readonly retrained: Band | null;
  readonly original: Band | null;
}

/** All curves of one metric. */
const curvesOf = (run: LabRun, metric: string, { hidden, spread, areSeedsShown }: ChartOptions): CurveSet => {
  const { collector } = run;
  const styles = stylesOf(collector.variants);
  const reference = (model: 'original' | 'retrained'): Band | null =>
    bandOf(
      collector.seeds.map((seed) => collector.reference(model, seed, metric)),
      spread,
    );
  return {
    metric,
    retrained: reference('retrained'),
    original: reference('original'),
    curves: collector.variants
      .filter(({ label, variant }) => !hidden.includes(label) && !collector.failures.has(variant))
      .map(({ variant, label }) => {
        const points = bandsOf(collector, variant, metric, POINTS, spread);
        const each = areSeedsShown ? collector.seeds : [];
        return {
          variant,
          label,
          style: styles[variant] as SeriesStyle,
          points,
          each: each.map((seed) => ({
            seed,
            values: points.map(({ step }) => valueAt(collector, variant, seed, metric, step)),
          })),
          collapsedAt: collector.seeds
            .flatMap((seed) => collapseStep(collector.lane(variant, seed)) ?? [])
            .reduce<number | null>((first, step) => (first === null ? step : Math.min(first, step)), null),
        };
      }),
  };
};

export interface ChartData {
  readonly keep: CurveSet;
  readonly forget: CurveSet;
  readonly total: number;
  readonly seeds: number;
  readonly spread: Spread;
}

export interface ChartOptions {
  /** Labels of runs that are not drawn. */
  readonly hidden: readonly string[];
  readonly spread: Spread;
  readonly areSeedsShown: boolean;
}

export const chartData = (run: LabRun, options: ChartOptions): ChartData => {
  const pair = metricPair(run.collector);
  return {
    keep: curvesOf(run, pair.keep, options),
    forget: curvesOf(run, pair.forget, options),
    total: Math.max(1, ...run.collector.variants.map(({ steps }) => steps)),
    seeds: run.collector.seeds.length,
    spread: options.spread,
  };
};

/** Rows for recharts: one per step, medians as m0, m1, ..., ranges as r0, r1, ... and single seeds as s0/7, s0/8, ... */
export const rowsOf = (curves: readonly Curve[]): readonly Record<string, number | readonly [number, number]>[] => {
  const rows = new Map<number, Record<string, number | readonly [number, number]>>();
  for (const { variant, points, each } of curves) {
    for (const [i, { step, band }] of points.entries()) {
      const row = rows.get(step) ?? { step };
      row[`m${variant}`] = band.median;
      row[`r${variant}`] = [band.low, band.high];
      for (const { seed, values } of each) {
        const value = values[i] as number;
        if (Number.isFinite(value)) row[`s${variant}/${seed}`] = value;
      }
      rows.set(step, row);
    }
  }
  return [...rows.entries()].sort(([a], [b]) => a - b).map(([, row]) => row);
};
