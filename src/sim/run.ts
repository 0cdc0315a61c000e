import type { AnyMethod } from '../engine/contracts/method.ts';
import type { AnyMetric } from '../engine/contracts/metric.ts';
import type { Served } from '../engine/contracts/network.ts';

import type { Draw, Seed } from '../families/family.ts';
import { requestsOf } from '../scenario/format/requests.ts';
import { batchRows, rowsPerStep } from '../scenario/format/rows-per-step.ts';
import type { RunSpec, Scenario } from '../scenario/format/scenario.ts';
import { settingsAt, stepsOf } from '../scenario/format/variants.ts';
import type { Archive } from './archive.ts';
import type { Cache } from './cache.ts';
import type { Catalogue } from './catalogue.ts';
import { type Cohort, cohortKey, createCohort, type Lane } from './cohort.ts';
import type { ModelRef, Phase, RunEventBody, VariantInfo } from './events.ts';

/** A row's backward pass costs about twice its forward pass. */
const STEP_COST = 3;

/** What the phases of one run share. */
export interface Run {
  readonly scenario: Scenario;
  readonly catalogue: Catalogue;
  readonly metrics: readonly AnyMetric[];
  readonly variants: readonly VariantInfo[];
  readonly archive: Archive;
  readonly cache: Cache | undefined;
  /** Which lanes are computed. */
  readonly isChosen: (variant: number, seed: number) => boolean;
  readonly now: () => number;
  /** The seed whose pictures are sent; undefined if none are wanted. */
  readonly shownSeed: number | undefined;
  readonly work: Work;
  readonly served: ReturnType<typeof servedOf>;
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

export const cohortOf = (
  lanes: readonly OwnedLane[],
  { scenario, catalogue }: Pick<Run, 'scenario' | 'catalogue'>,
): Cohort<OwnedLane> => {
  const first = lanes[0] as OwnedLane;
  const retain = catalogue.retainTerms.get(first.run.retain.kind);
  const learner = { model: first.owner.draw.model, batches: catalogue.family.batches };
  const { trainingRate: rate } = catalogue.family;
  const training = { ...scenario.training, ...(rate && { rate }) };
  return createCohort(learner, methodOf(first, catalogue), retain, lanes, training);
};

/** What answers for a variant where that is not the network itself. Made once for each network. */
export const servedOf = ({
  variants,
  scenario,
  catalogue,
}: Pick<Run, 'variants' | 'scenario' | 'catalogue'>): ((model: ModelRef, draw: Draw) => Served | undefined) => {
  const made = new Map<string, WeakMap<Draw, Served>>();
  return (model, draw) => {
    if (typeof model !== 'number') return undefined;
    const { run, swept } = variants[model] as VariantInfo;
    const spec = settingsAt(scenario.runs[run] as RunSpec, swept);
    const serve = catalogue.methods.get(spec.method)?.serve;
    if (!serve) return undefined;
    const key = JSON.stringify([spec.method, spec.params]);
    const byDraw = made.get(key) ?? new WeakMap<Draw, Served>();
    made.set(key, byDraw);
    const served = byDraw.get(draw) ?? serve(draw.model, spec.params);
    byDraw.set(draw, served);
    return served;
  };
};

/** Counts one step of a cohort as work done, and says so. */
export const progressOf = (run: Run, cohort: Cohort<OwnedLane>, phase: Phase): RunEventBody => {
  run.work.done += STEP_COST * cohort.rowsPerStep * cohort.lanes.length;
  const { done, total } = run.work;
  return { type: 'progress', phase, step: cohort.step, done, total: Math.max(done, total) };
};

export const isShown = ({ shownSeed }: Pick<Run, 'shownSeed'>, { seed }: Seed): boolean => seed === shownSeed;

/** A picture of a model, as an event. */
export const pictureOf = (
  run: Run,
  phase: Phase,
  model: ModelRef,
  owner: Seed,
  step: number,
  weights: Float32Array,
): Extract<RunEventBody, { type: 'frame' }> => {
  run.work.done += owner.draw.cost.picture;
  const frame = owner.draw.picture(weights, 0, run.served(model, owner.draw));
  return { type: 'frame', phase, model, seed: owner.seed, step, frame };
};

/** Rows that one evaluation of a seed's model visits. */
export const evaluationRows = ({ draw }: Seed): number => draw.cost.evaluation;

/** How many points a seed forgets and keeps in the end; what a selector is yet to choose counts as asked for. */
export const expectedSizes = (
  { split }: Pick<Seed, 'split'>,
  scenario: Scenario,
): { readonly forget: number; readonly retain: number } => {
  const points = split.forget.length + split.retain.length;
  const asked = requestsOf(scenario).reduce((sum, spec) => sum + (spec.kind === 'selector' ? spec.count : 0), 0);
  const forget = split.forget.length > 0 ? split.forget.length : Math.min(asked, points - 1);
  return { forget, retain: points - forget };
};

/** An estimate of the work of a run that is not known already, in forward passes of one row. */
export const estimateWork = (run: Omit<Run, 'work' | 'served'>, seeds: readonly Seed[]): number => {
  const { scenario, cache, catalogue } = run;
  const { training } = scenario;
  const requests = scenario.requests?.length ?? 1;
  let total = 0;
  for (const seed of seeds) {
    const { forget, retain } = expectedSizes(seed, scenario);
    const sizes = { original: forget + retain, retrained: retain };
    for (const model of ['original', 'retrained'] as const) {
      const models = model === 'original' ? 1 : requests;
      for (let request = 0; request < models; request++) {
        if (request === models - 1 && seed.draw.given(model, seed.seed)) continue;
        if (cache?.model(scenario, model, seed.seed, request)) continue;
        total += STEP_COST * training.steps * batchRows(training.batchSize, sizes[model]);
      }
    }
    const rowsIn = (spec: RunSpec) =>
      rowsPerStep(spec, { forget, retain }, catalogue.methods.get(spec.method)?.needs ?? []);
    const picture = isShown(run, seed) ? seed.draw.cost.picture : 0;
    for (const variant of run.variants) {
      if (!run.isChosen(variant.variant, seed.seed)) continue;
      const spec = settingsAt(scenario.runs[variant.run] as RunSpec, variant.swept);
      if (cache?.lane(scenario, spec, seed.seed)) continue;
      total += requests * STEP_COST * stepsOf(spec, catalogue.methods.get(spec.method)) * rowsIn(spec);
      total += variant.recorded.length * (evaluationRows(seed) + picture);
    }
  }
  return total;
};
