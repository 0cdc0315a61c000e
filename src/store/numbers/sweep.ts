import type { ParamValue } from '../../engine/base/schema.ts';
import type { Scenario } from '../../scenario/format/scenario.ts';
import type { Collector } from '../../sim/collector.ts';
import type { Spread } from '../contracts/spread.ts';
import { type Band, bandAt, bandOf, valueAt } from './series.ts';

/** A setting that a run sweeps over. */
export interface SweepAxis {
  /** Dotted path. */
  readonly path: string;
  readonly values: readonly ParamValue[];
}

/** What came of one setting, over the seeds. */
export interface SweepCell {
  readonly variant: number;
  readonly label: string;
  readonly swept: Readonly<Record<string, ParamValue>>;
  readonly band: Band | null;
  /** Its value under each seed; NaN where there is none. */
  readonly each: readonly number[];
  /** Distance of the band's middle from that of the retrained models; NaN where one of them does not exist. */
  readonly gap: number;
  /** Seeds under which it has diverged. */
  readonly diverged: number;
}

export interface SweepTable {
  readonly axes: readonly SweepAxis[];
  readonly cells: readonly SweepCell[];
  readonly retrained: Band | null;
  /** The largest gap of all cells; 0 where there is none. */
  readonly mostGap: number;
}

/** Runs that sweep over something, by their place in the scenario. */
export const sweptRuns = ({ runs }: Pick<Scenario, 'runs'>): readonly number[] =>
  runs.flatMap(({ sweep }, i) => (Object.keys(sweep).length > 0 ? [i] : []));

/** A metric of every setting of a run at a step. */
export const sweepTable = (
  collector: Collector,
  run: number,
  metric: string,
  step: number,
  spread?: Spread,
): SweepTable => {
  const { variants, seeds, scenario } = collector;
  const axes = Object.entries(scenario.runs[run]?.sweep ?? {}).map(([path, values]) => ({ path, values }));
  const retrained = bandOf(
    seeds.map((seed) => collector.reference('retrained', seed, metric)),
    spread,
  );
  const cells = variants
    .filter((variant) => variant.run === run)
    .map(({ variant, label, swept }): SweepCell => {
      const band = bandAt(collector, variant, metric, step, spread);
      const each = seeds.map((seed) => valueAt(collector, variant, seed, metric, step));
      const diverged = seeds.filter((seed) => {
        const at = collector.lane(variant, seed)?.divergedAt ?? null;
        return at !== null && at <= step;
      }).length;
      const gap = band && retrained ? Math.abs(band.median - retrained.median) : Number.NaN;
      return { variant, label, swept, band, each, gap, diverged };
    });
  const mostGap = cells.reduce((most, { gap }) => (gap > most ? gap : most), 0);
  return { axes, cells, retrained, mostGap };
};

/** The cell of some values; undefined where there is none. */
export const cellAt = ({ cells }: SweepTable, at: Readonly<Record<string, ParamValue>>): SweepCell | undefined =>
  cells.find(({ swept }) => Object.entries(at).every(([path, value]) => swept[path] === value));

/** All combinations of some axes' values. */
export const combinations = (axes: readonly SweepAxis[]): readonly Readonly<Record<string, ParamValue>>[] =>
  axes.reduce<readonly Readonly<Record<string, ParamValue>>[]>(
    (all, { path, values }) => all.flatMap((one) => values.map((value) => ({ ...one, [path]: value }))),
    [{}],
  );
