import type { AnyMethod } from '../engine/method.ts';
import type { Metric } from '../engine/metric.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Archive } from './archive.ts';
import type { Catalogue } from './catalogue.ts';
import { type Cohort, cohortKey, createCohort, type Lane } from './cohort.ts';
import type { ModelRef, Phase, RunEventBody, VariantInfo } from './events.ts';
import type { Seed } from './lanes.ts';
import type { ModelCache } from './model-cache.ts';

/** Cells per side of the pictures that are sent while a run goes on. */
const LIVE_SIZE = 48;
/** A row's backward pass costs about twice its forward pass. */
const STEP_COST = 3;

/** What the phases of one run share. */
export interface Run {
  readonly scenario: Scenario;
  readonly catalogue: Catalogue;
  readonly metrics: readonly Metric[];
  readonly variants: readonly VariantInfo[];
  readonly archive: Archive;
  readonly cache: ModelCache | undefined;
  readonly now: () => number;
  /** The seed whose pictures are sent; undefined if none are wanted. */
  readonly shownSeed: number | undefined;
  readonly work: Work;
}

/** Work done and to do, in forward passes of one row: an estimate for the progress bar. */
export interface Work {
  done: number;
  total: number;
}

/** A lane that knows whose it is. */
export interface OwnedLane extends Lane {
  readonly owner: Seed;
  /** Absent for the original and the retrained model. */
  readonly variant?: VariantInfo;
}

const methodOf = (lane: Lane, { methods }: Catalogue): AnyMethod => methods.get(lane.run.method) as AnyMethod;

/** Lanes that can advance together, in the order of their first members. */
export const groupLanes = (lanes: readonly OwnedLane[], catalogue: Catalogue): OwnedLane[][] => {
  const groups = new Map<string, OwnedLane[]>();
  for (const lane of lanes) {
    const key = cohortKey(lane, methodOf(lane, catalogue));
    const group = groups.get(key);
    if (group) group.push(lane);
    else groups.set(key, [lane]);
  }
  return [...groups.values()];
};

export const cohortOf = (lanes: readonly OwnedLane[], catalogue: Catalogue): Cohort<OwnedLane> => {
  const first = lanes[0] as OwnedLane;
  const retain = catalogue.retainTerms.get(first.run.retain.kind);
  return createCohort(first.owner.draw.model, methodOf(first, catalogue), retain, lanes);
};

/** Counts one step of a cohort as work done, and says so. */
export const progressOf = (run: Run, cohort: Cohort<OwnedLane>, phase: Phase): RunEventBody => {
  run.work.done += STEP_COST * cohort.rowsPerStep * cohort.lanes.length;
  const { done, total } = run.work;
  return { type: 'progress', phase, step: cohort.step, done, total: Math.max(done, total) };
};

const gridRows = (seed: Seed): number =>
  seed.draw.model.inputs === 2 ? LIVE_SIZE * LIVE_SIZE : seed.draw.dataset.train.y.length;

export const isShown = (run: Run, seed: Seed): boolean => seed.seed === run.shownSeed;

/** A picture of a model, as an event. */
export const pictureOf = (
  run: Run,
  phase: Phase,
  model: ModelRef,
  owner: Seed,
  step: number,
  params: Float32Array,
): Extract<RunEventBody, { type: 'frame' }> => {
  run.work.done += gridRows(owner);
  return { type: 'frame', phase, model, seed: owner.seed, step, frame: owner.draw.evaluator.frame(params, LIVE_SIZE) };
};

/** Rows that one evaluation of a seed's model visits. */
export const evaluationRows = ({ draw }: Seed): number => draw.dataset.train.y.length + draw.dataset.test.y.length;

const batchRows = (size: number | 'full', rows: number): number => (size === 'full' ? rows : Math.min(size, rows));

/** An estimate of all the work of a run, in forward passes of one row. */
export const estimateWork = (run: Omit<Run, 'work'>, seeds: readonly Seed[]): number => {
  const { training, runs } = run.scenario;
  let total = 0;
  for (const seed of seeds) {
    const { forget, retain } = seed.split;
    for (const rows of [forget.length + retain.length, retain.length]) {
      total += STEP_COST * training.steps * batchRows(training.batchSize, rows);
    }
    for (const variant of run.variants) {
      const spec = runs[variant.run] as Scenario['runs'][number];
      const needs = run.catalogue.methods.get(spec.method)?.needs ?? [];
      const onForget = needs.includes('forget') ? batchRows(spec.batchSize, forget.length) : 0;
      const keeps = spec.retain.kind !== 'none' ? spec.retain.batchSize : spec.batchSize;
      const onRetain = spec.retain.kind !== 'none' || onForget === 0 ? batchRows(keeps, retain.length) : 0;
      total += STEP_COST * variant.steps * (onForget + onRetain);
      total += variant.recorded.length * (evaluationRows(seed) + (isShown(run as Run, seed) ? gridRows(seed) : 0));
    }
  }
  return total;
};
