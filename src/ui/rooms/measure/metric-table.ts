import type { MetricGroup, MetricInfo } from '../../../engine/contracts/metric.ts';
import type { ModelRef } from '../../../sim/events.ts';
import { totalSteps } from '../../../store/clock/clock.ts';
import type { LabRun } from '../../../store/contracts/state.ts';
import { type Band, bandOf, valueAt } from '../../../store/numbers/series.ts';

/** One model's value of a metric, over the seeds that have one. */
export interface Cell {
  readonly value: Band | null;
  /** Signed distance to the retrained model, paired by seed; null for the retrained model itself. */
  readonly gap: Band | null;
  /** Seeds that have been asked, and have no value. */
  readonly missing: number;
  /** Of an average over other metrics: how many of them have no value under some seed, and are left out there. */
  readonly partsLeftOut?: number;
}

export interface MetricRow {
  readonly metric: MetricInfo;
  readonly retrained: Cell;
  readonly original: Cell;
  /** In the order of the run's variants. */
  readonly runs: readonly Cell[];
  /** How far one retrained model lies from the others, the median over seeds; null for fewer than three of them. */
  readonly floor: number | null;
}

export type GroupId = MetricGroup;

/** Metrics by what they are about; what is not named here comes last. */
export const GROUPS: Readonly<Record<GroupId, readonly string[]>> = {
  forgetting: [
    'unlearningAccuracy',
    'forgetAccuracy',
    'forgetTestAccuracy',
    'forgetLoss',
    'forgetQuality',
    'forgetQualityLog',
    'forgetEntropy',
    'zrf',
  ],
  keeping: [
    'retainAccuracy',
    'retainTestAccuracy',
    'testAccuracy',
    'nearAccuracy',
    'retainLoss',
    'testLoss',
    'modelUtility',
    'retainEntropy',
    'testEntropy',
    'calibrationError',
    'collapsed',
  ],
  membership: ['miaAuc', 'privacyLeakage', 'miaEfficacy', 'miaThreshold', 'miaLogistic'],
  distance: ['forgetDistance', 'retainDistance', 'forgetKl', 'activationDistance'],
  inside: [
    'weightDistance',
    'weightDistanceToRetrained',
    'firstLayerDrift',
    'lastLayerDrift',
    'ckaForget',
    'ckaRetain',
    'ches',
  ],
  summary: ['averageGap', 'tugOfWar', 'noMus', 'hypervolume', 'rte'],
};

/** What matters most, one of each kind: what was forgotten, what is left, membership, distance, all in one number. */
export const KEY_METRICS: readonly string[] = [
  'forgetAccuracy',
  'retainTestAccuracy',
  'miaAuc',
  'forgetDistance',
  'averageGap',
];

export const groupOf = ({ id, group }: Pick<MetricInfo, 'id' | 'group'>): GroupId =>
  group ?? (Object.keys(GROUPS) as GroupId[]).find((one) => GROUPS[one].includes(id)) ?? 'summary';

/** What the average gap is the mean of: a part that is undefined, for a model or for the retrained one, is left out. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  averageGap: ['unlearningAccuracy', 'retainAccuracy', 'testAccuracy', 'miaAuc'],
};

/** How far each value lies from the median of the others; the median of that. */
const leaveOneOut = (values: readonly number[]): number | null => {
  const known = values.filter(Number.isFinite);
  if (known.length < 3) return null;
  const apart = known.map((value, i) => {
    const others = bandOf(known.filter((_, j) => j !== i));
    return Math.abs(value - (others?.median ?? value));
  });
  return bandOf(apart)?.median ?? null;
};

/** The table at a step; metrics that are computed at the end only show the end. */
export const tableOf = (run: LabRun, metrics: readonly MetricInfo[], step: number): readonly MetricRow[] => {
  const { collector } = run;
  const { seeds, variants } = collector;
  const last = totalSteps(run);
  return metrics.map((metric): MetricRow => {
    const at = metric.when === 'last' ? last : step;
    const valuesOf = (model: ModelRef) => seeds.map((seed) => valueAt(collector, model, seed, metric.id, at));
    const goals = valuesOf('retrained');
    const cell = (model: ModelRef): Cell => {
      const values = valuesOf(model);
      const value = bandOf(values);
      const gap = model === 'retrained' ? null : bandOf(values.map((one, i) => one - (goals[i] as number)));
      const isWithout = (part: string, seed: number, of: ModelRef) =>
        !Number.isFinite(valueAt(collector, of, seed, part, at));
      const without = PARTS[metric.id]?.filter((part) =>
        seeds.some(
          (seed, i) =>
            Number.isFinite(values[i]) && (isWithout(part, seed, model) || isWithout(part, seed, 'retrained')),
        ),
      );
      return {
        value,
        gap,
        missing: seeds.length - (value?.n ?? 0),
        ...(without && without.length > 0 && { partsLeftOut: without.length }),
      };
    };
    return {
      metric,
      retrained: cell('retrained'),
      original: cell('original'),
      runs: variants.map(({ variant }) => cell(variant)),
      floor: leaveOneOut(goals),
    };
  });
};

/** Whether a gap is no larger than what lies between retrained models. */
export const isLikeRetrained = ({ gap }: Cell, floor: number | null): boolean =>
  gap !== null && floor !== null && Math.abs(gap.median) <= floor;

/** Rows in descending order of a run's distance to the retrained model, as a share of what lies between the two references. */
export const sortedBy = (rows: readonly MetricRow[], run: number): readonly MetricRow[] => {
  const distance = ({ runs, original }: MetricRow): number => {
    const own = runs[run]?.gap;
    if (!own) return -1;
    return Math.abs(own.median) / Math.max(Math.abs(original.gap?.median ?? 0), 1e-9);
  };
  return [...rows].sort((a, b) => distance(b) - distance(a));
};
