import { type Band, bandOf, bandsOf, collapseStep, metricPair } from '../../store/series.ts';
import type { LabRun } from '../../store/state.ts';
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
}

export interface CurveSet {
  readonly metric: string;
  readonly curves: readonly Curve[];
  readonly retrained: Band | null;
  readonly original: Band | null;
}

/** All curves of one metric. */
const curvesOf = (run: LabRun, metric: string, hidden: readonly string[]): CurveSet => {
  const { collector } = run;
  const styles = stylesOf(collector.variants);
  const reference = (model: 'original' | 'retrained'): Band | null =>
    bandOf(collector.seeds.map((seed) => collector.reference(model, seed, metric)));
  return {
    metric,
    retrained: reference('retrained'),
    original: reference('original'),
    curves: collector.variants
      .filter(({ label, variant }) => !hidden.includes(label) && !collector.failures.has(variant))
      .map(({ variant, label }) => ({
        variant,
        label,
        style: styles[variant] as SeriesStyle,
        points: bandsOf(collector, variant, metric, POINTS),
        collapsedAt: collector.seeds
          .flatMap((seed) => collapseStep(collector.lane(variant, seed)) ?? [])
          .reduce<number | null>((first, step) => (first === null ? step : Math.min(first, step)), null),
      })),
  };
};

export interface ChartData {
  readonly keep: CurveSet;
  readonly forget: CurveSet;
  readonly total: number;
  readonly seeds: number;
}

export const chartData = (run: LabRun, hidden: readonly string[]): ChartData => {
  const pair = metricPair(run.collector);
  return {
    keep: curvesOf(run, pair.keep, hidden),
    forget: curvesOf(run, pair.forget, hidden),
    total: Math.max(1, ...run.collector.variants.map(({ steps }) => steps)),
    seeds: run.collector.seeds.length,
  };
};

/** Rows for recharts: one per step, medians as m0, m1, ... and ranges as r0, r1, ... */
export const rowsOf = (curves: readonly Curve[]): readonly Record<string, number | readonly [number, number]>[] => {
  const rows = new Map<number, Record<string, number | readonly [number, number]>>();
  for (const { variant, points } of curves) {
    for (const { step, band } of points) {
      const row = rows.get(step) ?? { step };
      row[`m${variant}`] = band.median;
      row[`r${variant}`] = [band.low, band.high];
      rows.set(step, row);
    }
  }
  return [...rows.entries()].sort(([a], [b]) => a - b).map(([, row]) => row);
};
