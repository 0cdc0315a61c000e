import type { RunEventBody, VariantInfo } from './events.ts';

export type AttackEvent = Extract<RunEventBody, { type: 'attack' }>;
export type AttackFailedEvent = Extract<RunEventBody, { type: 'attackFailed' }>;
/** The two models that every experiment has. */
export type ReferenceModel = 'original' | 'retrained';

/** What has arrived of one variant under one seed. The object and its arrays stay the same and grow in place. */
export interface LaneRecord {
  readonly variant: number;
  readonly seed: number;
  /** All steps that will be recorded. */
  readonly steps: readonly number[];
  /** How many of them have arrived. */
  readonly count: number;
  readonly divergedAt: number | null;
  /** First recorded step at which metric `collapsed` rises to 1; fresh weights, which count as collapsed from the start, have not fallen. */
  readonly collapsedAt: number | null;
  readonly isDone: boolean;
  readonly sampleVisits: number;
  readonly milliseconds: number;
  readonly account?: Readonly<Record<string, number>>;
  /** One value per step, NaN where undefined or not there yet. Empty for a metric that does not exist. */
  readonly series: (metric: string) => Float64Array;
}

export type Writable<T> = { -readonly [P in keyof T]: T[P] };

/** A lane's record with its values by metric, as the collector writes it. */
export interface CollectedLane extends Writable<LaneRecord> {
  /** By metric, then by recorded step. */
  readonly values: readonly Float64Array[];
}

const none = new Float64Array(0);

/** The lanes of a run as far as they have arrived. */
export interface LaneTable {
  /** The run has started: its variants and metrics are known. */
  readonly announce: (variants: readonly VariantInfo[], metricIds: readonly string[]) => void;
  readonly find: (variant: number, seed: number) => CollectedLane | undefined;
  /** A lane that an event speaks of. @throws {Error} if the run has not announced its variant */
  readonly open: (variant: number, seed: number) => CollectedLane;
  /** Where a metric's values stand; -1 for one that does not exist. */
  readonly indexOf: (metric: string) => number;
}

export const createLaneTable = (): LaneTable => {
  const lanes = new Map<string, CollectedLane>();
  const metricIndex = new Map<string, number>();
  let known: readonly VariantInfo[] = [];
  const keyOf = (variant: number, seed: number): string => `${variant}/${seed}`;
  const indexOf = (metric: string): number => metricIndex.get(metric) ?? -1;

  const create = ({ variant, recorded }: VariantInfo, seed: number): CollectedLane => {
    const values = Array.from(metricIndex, () => new Float64Array(recorded.length).fill(Number.NaN));
    return {
      variant,
      seed,
      steps: recorded,
      count: 0,
      divergedAt: null,
      collapsedAt: null,
      isDone: false,
      sampleVisits: 0,
      milliseconds: 0,
      values,
      series: (metric) => values[indexOf(metric)] ?? none,
    };
  };

  return {
    announce: (variants, metricIds) => {
      known = variants;
      metricIds.forEach((id, index) => {
        metricIndex.set(id, index);
      });
    },
    find: (variant, seed) => lanes.get(keyOf(variant, seed)),
    open: (variant, seed) => {
      const key = keyOf(variant, seed);
      const found = lanes.get(key);
      if (found !== undefined) return found;
      const info = known[variant];
      if (info === undefined) throw new Error(`an event speaks of variant ${variant}, which the run has not announced`);
      const lane = create(info, seed);
      lanes.set(key, lane);
      return lane;
    },
    indexOf,
  };
};

/** Writes the metrics of a recorded step into a lane. @throws {Error} if the step is not a recorded one */
export const record = (lane: CollectedLane, step: number, values: Float64Array): void => {
  const index = lane.steps[lane.count] === step ? lane.count : lane.steps.indexOf(step);
  if (index < 0) throw new Error(`step ${step} is not a recorded step`);
  lane.values.forEach((series, metric) => {
    series[index] = values[metric] ?? Number.NaN;
  });
  lane.count = Math.max(lane.count, index + 1);
  const collapsed = lane.series('collapsed');
  const hasFallen = index > 0 && collapsed[index] === 1 && collapsed[index - 1] !== 1;
  if (lane.collapsedAt === null && hasFallen) lane.collapsedAt = step;
};
