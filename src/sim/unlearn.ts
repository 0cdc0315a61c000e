import { SimError, toWire } from '../engine/errors.ts';
import type { RunSpec } from '../scenario/scenario.ts';
import { settingsAt } from '../scenario/variants.ts';
import type { LaneHistory, LaneRecord } from './cache.ts';
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

/** A cohort under way, with what it has recorded so far. */
interface Progress {
  readonly cohort: Cohort<OwnedLane>;
  readonly records: ReadonlyMap<OwnedLane, LaneRecord[]>;
  readonly divergedAt: Map<OwnedLane, number>;
  milliseconds: number;
}

const variantOf = (lane: OwnedLane): number => (lane.variant as VariantInfo).variant;

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
      const known = run.cache?.lane(run.scenario, spec, owner.seed);
      if (known) {
        yield* replay(run, owner, variant.variant, known);
        continue;
      }
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
      const cohort = cohortOf(group, run);
      const records = new Map(group.map((lane) => [lane, []]));
      const progress: Progress = { cohort, records, divergedAt: new Map(), milliseconds: 0 };
      under.push(progress);
      yield* prepare(run, progress);
      yield* record(run, progress);
    }
    let active = under.filter(({ cohort }) => !cohort.isDone);
    while (active.length > 0) {
      const next = active.reduce((a, b) => (b.cohort.step < a.cohort.step ? b : a));
      try {
        yield* advance(run, next);
      } catch (thrown) {
        yield* fail(next.cohort.lanes.map(variantOf), thrown);
        active = active.filter((one) => one !== next);
      }
      active = active.filter(({ cohort }) => !cohort.isDone);
    }
  } finally {
    for (const { cohort } of under) cohort.dispose();
  }
}

/** What a method does before the request arrives. */
function* prepare(run: Run, { cohort, divergedAt }: Progress): Events {
  while (cohort.isPreparing) {
    for (const lane of cohort.advance()) {
      divergedAt.set(lane, 0);
      yield { type: 'diverged', variant: variantOf(lane), seed: lane.seed, step: 0 };
    }
    yield progressOf(run, cohort, 'unlearning');
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
      yield { type: 'diverged', variant: variantOf(lane), seed: lane.seed, step: cohort.step };
    }
    yield progressOf(run, cohort, 'unlearning');
  } while (!cohort.isDone && cohort.step % every !== 0);
  yield* record(run, progress);
}

/** Metrics, weights and pictures of every lane of a cohort at its current step. A lane that has diverged is not looked at again. */
function* record(run: Run, progress: Progress): Events {
  const { cohort, records, divergedAt } = progress;
  const { step } = cohort;
  for (const lane of cohort.lanes) {
    const history = records.get(lane) as LaneRecord[];
    const last = history.at(-1);
    const isFrozen = last !== undefined && (divergedAt.get(lane) ?? step) < step;
    const current = isFrozen ? { ...last, step } : recordOf(run, lane, step, cohort.params(lane));
    history.push(current);
    yield* show(run, lane.owner, variantOf(lane), current);
    run.work.done += evaluationRows(lane.owner);
    if (cohort.isDone) yield* finish(run, lane, progress);
  }
}

function* finish(run: Run, lane: OwnedLane, { cohort, records, divergedAt, milliseconds }: Progress): Events {
  const stopped = divergedAt.get(lane);
  const history: LaneHistory = {
    records: records.get(lane) as LaneRecord[],
    divergedAt: stopped,
    sampleVisits: cohort.visits(lane),
    milliseconds: milliseconds / cohort.lanes.length,
  };
  run.cache?.keepLane(run.scenario, lane.run, lane.seed, history);
  yield laneEvent(variantOf(lane), lane.seed, history);
}

const laneEvent = (variant: number, seed: number, { sampleVisits, milliseconds }: LaneHistory): RunEventBody => ({
  type: 'lane',
  variant,
  seed,
  sampleVisits,
  milliseconds,
});

/** Tells a recorded step. */
function* show(run: Run, owner: Seed, variant: number, { step, params, values, frame }: LaneRecord): Events {
  run.archive.put(variant, owner.seed, step, params);
  if (isShown(run, owner)) {
    yield frame
      ? { type: 'frame', phase: 'unlearning', model: variant, seed: owner.seed, step, frame }
      : pictureOf(run, 'unlearning', variant, owner, step, params);
  }
  yield { type: 'metrics', model: variant, seed: owner.seed, step, values };
}

/** Tells all of a lane that is known already. */
function* replay(run: Run, owner: Seed, variant: number, history: LaneHistory): Events {
  const { records, divergedAt } = history;
  for (const known of records) {
    if (divergedAt !== undefined && known === records.find(({ step }) => step >= divergedAt)) {
      yield { type: 'diverged', variant, seed: owner.seed, step: divergedAt };
    }
    yield* show(run, owner, variant, known);
  }
  yield laneEvent(variant, owner.seed, history);
}

const recordOf = (run: Run, { owner, variant }: OwnedLane, step: number, params: Float32Array): LaneRecord => {
  const model = (variant as VariantInfo).variant;
  const values = metricValues(run, owner, owner.draw.evaluator.outputs(params, run.served(model, owner.draw)));
  const frame = isShown(run, owner) ? pictureOf(run, 'unlearning', model, owner, step, params).frame : undefined;
  return { step, params, values, frame };
};
