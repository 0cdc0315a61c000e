import { SimError, toWire } from '../engine/errors.ts';
import type { RunSpec } from '../scenario/scenario.ts';
import { settingsAt } from '../scenario/variants.ts';
import type { Cohort } from './cohort.ts';
import { type Outputs, viewOf } from './evaluate.ts';
import type { RunEventBody, VariantInfo } from './events.ts';
import { type Seed, unlearningLane } from './lanes.ts';
import {
  cohortOf,
  evaluationRows,
  groupLanes,
  isShown,
  type OwnedLane,
  pictureOf,
  progressOf,
  type Run,
} from './run.ts';

type Events = Generator<RunEventBody, void, void>;

/** All metrics of a model, in the order of run.metrics. */
export const metricValues = ({ metrics }: Run, seed: Seed, unlearned: Outputs): Float64Array => {
  const { original, retrained } = seed;
  if (!original || !retrained) throw new Error('metrics compare with the original and the retrained model');
  const view = viewOf(seed.draw.dataset, seed.split, { unlearned, original, retrained });
  return Float64Array.from(metrics, (metric) => metric.compute(view));
};

/** What has been recorded of a lane last: sent again, not computed again, once the lane has diverged. */
interface LaneRecord {
  readonly params: Float32Array;
  readonly values: Float64Array;
  readonly picture: Extract<RunEventBody, { type: 'frame' }> | undefined;
}

interface Progress {
  readonly cohort: Cohort<OwnedLane>;
  readonly records: Map<OwnedLane, LaneRecord>;
  readonly divergedAt: Map<OwnedLane, number>;
  milliseconds: number;
}

/** Runs every variant under some seeds; the cohorts take turns, so that all pictures move in step. */
export function* unlearn(run: Run, seeds: readonly Seed[], failed: Set<number>): Events {
  const steps = Math.max(0, ...run.variants.map((variant) => variant.steps));
  yield { type: 'phase', phase: 'unlearning', seeds: seeds.map(({ seed }) => seed), steps };

  function* fail(variants: Iterable<number>, thrown: unknown): Events {
    if (!(thrown instanceof SimError)) throw thrown;
    for (const variant of variants) {
      if (failed.has(variant)) continue;
      failed.add(variant);
      yield { type: 'variantFailed', variant, error: toWire(thrown) };
    }
  }

  const lanes: OwnedLane[] = [];
  for (const variant of run.variants) {
    for (const owner of seeds) {
      if (failed.has(variant.variant)) continue;
      const spec = settingsAt(run.scenario.runs[variant.run] as RunSpec, variant.swept);
      try {
        lanes.push({ ...unlearningLane(owner, spec, run.catalogue), owner, variant });
      } catch (thrown) {
        yield* fail([variant.variant], thrown);
      }
    }
  }

  const under: Progress[] = [];
  try {
    for (const group of groupLanes(lanes, run.catalogue)) {
      const cohort = cohortOf(group, run.catalogue);
      const progress: Progress = { cohort, records: new Map(), divergedAt: new Map(), milliseconds: 0 };
      under.push(progress);
      yield* record(run, progress);
    }
    let active = under.filter(({ cohort }) => !cohort.isDone);
    while (active.length > 0) {
      const next = active.reduce((a, b) => (b.cohort.step < a.cohort.step ? b : a));
      try {
        yield* advance(run, next);
      } catch (thrown) {
        const variants = next.cohort.lanes.map((lane) => (lane.variant as VariantInfo).variant);
        yield* fail(variants, thrown);
        active = active.filter((one) => one !== next);
      }
      active = active.filter(({ cohort }) => !cohort.isDone);
    }
  } finally {
    for (const { cohort } of under) cohort.dispose();
  }
}

/** Steps a cohort to its next recorded step and records it. */
function* advance(run: Run, progress: Progress): Events {
  const { cohort, divergedAt } = progress;
  const { every } = run.scenario.evaluate;
  do {
    const before = run.now();
    const stopped = cohort.advance();
    progress.milliseconds += run.now() - before;
    for (const lane of stopped) {
      divergedAt.set(lane, cohort.step);
      const { variant } = lane.variant as VariantInfo;
      yield { type: 'diverged', variant, seed: lane.seed, step: cohort.step };
    }
    yield progressOf(run, cohort, 'unlearning');
  } while (!cohort.isDone && cohort.step % every !== 0);
  yield* record(run, progress);
}

/** Metrics, weights and pictures of every lane of a cohort at its current step. */
function* record(run: Run, { cohort, records, divergedAt, milliseconds }: Progress): Events {
  const { step } = cohort;
  for (const lane of cohort.lanes) {
    const { owner, seed } = lane;
    const { variant } = lane.variant as VariantInfo;
    const last = records.get(lane);
    const isFrozen = last !== undefined && (divergedAt.get(lane) ?? step) < step;
    const current = isFrozen ? last : recordOf(run, lane, step, cohort.params(lane));
    records.set(lane, current);
    run.archive.put(variant, seed, step, current.params);
    if (current.picture) yield { ...current.picture, step };
    yield { type: 'metrics', model: variant, seed, step, values: current.values };
    run.work.done += evaluationRows(owner);
    if (cohort.isDone) {
      const steps = divergedAt.get(lane) ?? step;
      const share = milliseconds / cohort.lanes.length;
      yield { type: 'lane', variant, seed, sampleVisits: steps * cohort.rowsPerStep, milliseconds: share };
    }
  }
}

const recordOf = (run: Run, lane: OwnedLane, step: number, params: Float32Array): LaneRecord => {
  const { owner, variant } = lane;
  const values = metricValues(run, owner, owner.draw.evaluator.outputs(params));
  const model = (variant as VariantInfo).variant;
  const picture = isShown(run, owner) ? pictureOf(run, 'unlearning', model, owner, step, params) : undefined;
  return { params, values, picture };
};
