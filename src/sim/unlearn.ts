import { SimError, toWire } from '../engine/base/errors.ts';
import type { Outputs, Seed, SplitIndices } from '../families/family.ts';
import { initialWeights } from '../families/shared/initial.ts';
import type { RunSpec } from '../scenario/format/scenario.ts';
import { settingsAt } from '../scenario/format/variants.ts';
import type { LaneHistory, RecordedStep } from './cache.ts';
import type { Cohort } from './cohort.ts';
import type { RunEventBody, VariantInfo } from './events.ts';
import { seedAt, unlearningLane } from './lanes.ts';
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

/** The network of a seed with its first weights. */
const firsts = new WeakMap<Seed, Outputs>();
const untrainedOf = (seed: Seed): Outputs => {
  const known = firsts.get(seed) ?? seed.draw.outputs(initialWeights(seed));
  firsts.set(seed, known);
  return known;
};

/** Examples that a training from scratch sees. */
export const trainingVisits = ({ training: { steps, batchSize } }: Run['scenario'], rows: number): number =>
  steps * (batchSize === 'full' ? rows : Math.min(batchSize, rows));

/** All metrics of a model, in the order of run.metrics: as of the last request, if none is named. */
export const metricValues = (
  { metrics, scenario }: Run,
  seed: Seed,
  unlearned: Outputs,
  {
    request = seed.requests.length - 1,
    isLast = true,
    visits = Number.NaN,
    memory = new Map(),
  }: { request?: number; isLast?: boolean; visits?: number; memory?: Map<string, object> } = {},
): Float64Array => {
  const { original, retrainedAfter } = seed;
  const retrained = retrainedAfter[request];
  if (!original || !retrained) throw new Error('metrics compare with the original and the retrained model');
  const { after } = seed.requests[request] as { after: SplitIndices };
  const untrained = untrainedOf(seed);
  const retraining = trainingVisits(scenario, after.retain.length);
  const subjects = { unlearned, original, retrained, untrained };
  const view = seed.draw.evalView(after, subjects, { visits: { own: visits, retrained: retraining }, memory });
  return Float64Array.from(metrics, (metric) =>
    metric.when === 'last' && !isLast ? Number.NaN : metric.compute(view),
  );
};

/** One variant under one seed on its way through the requests, with what has been recorded. */
interface Track {
  readonly owner: Seed;
  readonly variant: VariantInfo;
  readonly spec: RunSpec;
  /** Every recorded step, or only the last one where all would be too much. */
  readonly records: RecordedStep[];
  readonly isKept: boolean;
  divergedAt: number | undefined;
  visits: number;
  milliseconds: number;
  /** What its metrics remember. */
  readonly memory: Map<string, object>;
}

/** A cohort under way. */
interface UnderWay {
  readonly cohort: Cohort<OwnedLane>;
  readonly tracks: ReadonlyMap<OwnedLane, Track>;
  readonly request: number;
}

/**
 * Whether every recorded step is held until its lane has ended, for the cache: not where all lanes together come to
 * more than twice what the cache holds, which would drop most of them again.
 */
const isWorthKeeping = ({ variants, cache }: Run, seeds: readonly Seed[]): boolean => {
  const recorded = variants.reduce((sum, variant) => sum + variant.recorded.length, 0);
  const bytes = seeds.length * recorded * (seeds[0]?.draw.model.size ?? 0) * 4;
  return cache !== undefined && bytes <= 2 * cache.laneBytes;
};

/** Updates that were made for the requests before. */
const offsetOf = ({ cohort, request }: UnderWay): number => request * cohort.steps;
const trackOf = ({ tracks }: UnderWay, lane: OwnedLane): Track => tracks.get(lane) as Track;

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

  const fresh: Track[] = [];
  const isKept = isWorthKeeping(run, seeds);
  for (const variant of run.variants) {
    for (const owner of seeds) {
      if (failed.has(variant.variant) || !run.isChosen(variant.variant, owner.seed)) continue;
      const spec = settingsAt(run.scenario.runs[variant.run] as RunSpec, variant.swept);
      const known = run.cache?.lane(run.scenario, spec, owner.seed);
      if (known) yield* replay(run, owner, variant.variant, known);
      else
        fresh.push({
          owner,
          variant,
          spec,
          records: [],
          isKept,
          divergedAt: undefined,
          visits: 0,
          milliseconds: 0,
          memory: new Map(),
        });
    }
  }

  const under: UnderWay[] = [];
  /** Puts tracks on their way through a request; `before` has their state after the one before. */
  function* enter(tracks: readonly Track[], request: number, before?: UnderWay): Events {
    const lanes = new Map<OwnedLane, Track>();
    for (const track of tracks) {
      try {
        lanes.set(laneOf(run, track, request, before), track);
      } catch (thrown) {
        yield* fail([track.variant.variant], thrown);
      }
    }
    for (const group of groupLanes([...lanes.keys()], run.catalogue)) {
      try {
        const own = new Map(group.map((lane) => [lane, lanes.get(lane) as Track]));
        const progress: UnderWay = { cohort: cohortOf(group, run), tracks: own, request };
        under.push(progress);
        yield* prepare(run, progress);
        if (request === 0) yield* record(run, progress);
      } catch (thrown) {
        yield* fail(
          group.map((lane) => (lanes.get(lane) as Track).variant.variant),
          thrown,
        );
      }
    }
  }

  try {
    yield* enter(fresh, 0);
    const position = (progress: UnderWay) => offsetOf(progress) + progress.cohort.step;
    const isActive = (progress: UnderWay) =>
      !progress.cohort.isDone && [...progress.tracks.values()].some(({ variant }) => !failed.has(variant.variant));
    for (let active = under.filter(isActive); active.length > 0; active = under.filter(isActive)) {
      const next = active.reduce((a, b) => (position(b) < position(a) ? b : a));
      try {
        yield* advance(run, next);
      } catch (thrown) {
        yield* fail(
          [...next.tracks.values()].map(({ variant }) => variant.variant),
          thrown,
        );
        continue;
      }
      if (!next.cohort.isDone) continue;
      yield* leave(run, next);
      const going = [...next.tracks.values()].filter((track) => isOpen(run, next, track));
      if (going.length > 0) yield* enter(going, next.request + 1, next);
      under.splice(under.indexOf(next), 1);
      next.cohort.dispose();
    }
  } finally {
    for (const { cohort } of under) cohort.dispose();
  }
}

/** Whether a track has another request before it. */
const isOpen = ({ scenario }: Run, { request }: UnderWay, { divergedAt }: Track): boolean =>
  divergedAt === undefined && request + 1 < (scenario.requests?.length ?? 1);

/** The lane of a track for a request: from the run's own last state, which then is the model that is to forget. */
const laneOf = (run: Run, track: Track, request: number, before?: UnderWay): OwnedLane => {
  const { owner, variant, spec } = track;
  const lane = before && [...before.tracks].find(([, other]) => other === track)?.[0];
  const weights = lane && before?.cohort.weights(lane);
  const served = run.served(variant.variant, owner.draw);
  // Several networks that answer together have no weights that could stand for an original model: the true one stays.
  const current = weights && !served ? owner.draw.outputs(weights) : undefined;
  const held = lane && before?.cohort.held(lane);
  const own = unlearningLane(seedAt(owner, request, current), spec, run.catalogue);
  return { ...own, owner, variant, ...(held && { held }) };
};

/** What a method does before the first request arrives. */
function* prepare(run: Run, progress: UnderWay): Events {
  const { cohort } = progress;
  while (cohort.isPreparing) {
    yield* noteStopped(progress, cohort.advance());
    yield progressOf(run, cohort, 'unlearning');
  }
}

function* noteStopped(progress: UnderWay, stopped: readonly OwnedLane[]): Events {
  const step = offsetOf(progress) + progress.cohort.step;
  for (const lane of stopped) {
    const track = trackOf(progress, lane);
    track.divergedAt = step;
    yield { type: 'diverged', variant: track.variant.variant, seed: lane.seed, step };
  }
}

/** Steps a cohort to its next recorded step and records it. */
function* advance(run: Run, progress: UnderWay): Events {
  const { cohort } = progress;
  const { every } = run.scenario.evaluate;
  do {
    const before = run.now();
    const stopped = cohort.advance();
    const share = (run.now() - before) / cohort.lanes.length;
    for (const track of progress.tracks.values()) track.milliseconds += share;
    yield* noteStopped(progress, stopped);
    yield progressOf(run, cohort, 'unlearning');
  } while (!cohort.isDone && cohort.step % every !== 0);
  yield* record(run, progress);
}

/** Metrics, weights and pictures of every lane of a cohort at its current step. A lane that has diverged is not looked at again. */
function* record(run: Run, progress: UnderWay): Events {
  const { cohort, request } = progress;
  const step = offsetOf(progress) + cohort.step;
  for (const lane of cohort.lanes) {
    const track = trackOf(progress, lane);
    const last = track.records.at(-1);
    const isFrozen = last !== undefined && (track.divergedAt ?? step) < step;
    const current = isFrozen
      ? { ...last, step }
      : recordOf(run, track, step, request, cohort.weights(lane), cohort.visits(lane));
    yield* take(run, track, current);
  }
}

function* take(run: Run, track: Track, current: RecordedStep): Events {
  if (!track.isKept) track.records.length = 0;
  track.records.push(current);
  yield* show(run, track.owner, track.variant.variant, current);
  run.work.done += evaluationRows(track.owner);
}

/** The end of a request; for lanes that have no other one, the end. */
function* leave(run: Run, progress: UnderWay): Events {
  for (const [lane, track] of progress.tracks) {
    track.visits += progress.cohort.visits(lane);
    if (isOpen(run, progress, track)) continue;
    const last = track.records.at(-1) as RecordedStep;
    for (const step of track.variant.recorded) if (step > last.step) yield* take(run, track, { ...last, step });
    const { records, divergedAt, visits, milliseconds, owner, spec } = track;
    const method = run.catalogue.methods.get(spec.method);
    const account =
      lane.view && method?.account?.(lane.view, owner.draw.model, spec.params, progress.cohort.held(lane));
    const history: LaneHistory = {
      records,
      divergedAt,
      sampleVisits: visits,
      milliseconds,
      ...(account && { account }),
    };
    if (track.isKept) run.cache?.keepLane(run.scenario, spec, lane.seed, history);
    yield laneEvent(track.variant.variant, lane.seed, history);
  }
}

const laneEvent = (variant: number, seed: number, history: LaneHistory): RunEventBody => ({
  type: 'lane',
  variant,
  seed,
  sampleVisits: history.sampleVisits,
  milliseconds: history.milliseconds,
  ...(history.account && { account: history.account }),
});

/** Tells a recorded step. */
function* show(run: Run, owner: Seed, variant: number, { step, weights, values, frame }: RecordedStep): Events {
  run.archive.put(variant, owner.seed, step, weights);
  if (isShown(run, owner)) {
    yield frame
      ? { type: 'frame', phase: 'unlearning', model: variant, seed: owner.seed, step, frame }
      : pictureOf(run, 'unlearning', variant, owner, step, weights);
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

const recordOf = (
  run: Run,
  { owner, variant: { variant, recorded }, visits, memory }: Track,
  step: number,
  request: number,
  weights: Float32Array,
  ownVisits: number,
): RecordedStep => {
  const outputs = owner.draw.outputs(weights, run.served(variant, owner.draw));
  const isLast = step === recorded.at(-1);
  const values = metricValues(run, owner, outputs, { request, isLast, visits: visits + ownVisits, memory });
  const frame = isShown(run, owner) ? pictureOf(run, 'unlearning', variant, owner, step, weights).frame : undefined;
  return { step, weights, values, frame };
};
