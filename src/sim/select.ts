import { SimError } from '../engine/base/errors.ts';
import { type AnySelector, highest, type SelectorProgress, type SelectorView } from '../engine/contracts/selector.ts';
import type { Outputs, Seed } from '../families/family.ts';
import { isSelected, requestsOf } from '../scenario/format/requests.ts';
import type { Scenario, SelectorSpec } from '../scenario/format/scenario.ts';
import type { RunEventBody } from './events.ts';
import { allIndices, divide, trainingLane } from './lanes.ts';
import { cohortOf, groupLanes, type OwnedLane, type Run } from './run.ts';

type Events = Generator<RunEventBody, void, void>;
type Asked = Pick<Run, 'scenario' | 'catalogue' | 'cache'>;

/** The selectors that a scenario asks for, with their places among the requests. */
const asked = (scenario: Scenario): readonly { readonly spec: SelectorSpec; readonly request: number }[] =>
  requestsOf(scenario).flatMap((spec, request) => (spec.kind === 'selector' ? [{ spec, request }] : []));

const selectorOf = ({ id }: SelectorSpec, { selectors }: Run['catalogue']): AnySelector => {
  const found = selectors.get(id);
  if (found) return found;
  throw new SimError('forget/invalid', `There is no selector ${id}.`);
};

const checkpointSteps = ({ spec, own, scenario }: { spec: SelectorSpec; own: AnySelector; scenario: Scenario }) =>
  own.checkpoints?.(spec.params as never, scenario.training.steps) ?? [];

const isKnown = ({ scenario, cache }: Asked, { seed }: Seed): boolean =>
  asked(scenario).every(({ request }) => cache?.selection(scenario, seed, request));

/** An estimate of what the selectors visit, in forward passes of one row. */
export const selectionWork = (run: Asked, seeds: readonly Seed[]): number => {
  const { scenario, catalogue } = run;
  let total = 0;
  for (const seed of seeds) {
    if (isKnown(run, seed)) continue;
    const rows = seed.draw.examples;
    for (const { spec } of asked(scenario)) {
      const own = selectorOf(spec, catalogue);
      const trained = Math.max(0, ...checkpointSteps({ spec, own, scenario }));
      total += 3 * rows * trained + (own.work?.(spec.params as never, rows) ?? rows);
    }
  }
  return total;
};

/** Weights after some updates of the original's training, by seed: trained once more, all seeds together. */
function* checkpointsOf(
  run: Run,
  seeds: readonly Seed[],
  steps: readonly number[],
): Generator<number, ReadonlyMap<Seed, readonly Float32Array[]>, void> {
  const found = new Map<Seed, Float32Array[]>(seeds.map((seed) => [seed, []]));
  if (steps.length === 0) return found;
  const last = Math.max(...steps);
  const lanes = seeds.map((owner): OwnedLane => {
    const lane = trainingLane(run.scenario, owner, run.catalogue, allIndices(owner));
    return { ...lane, owner };
  });
  for (const group of groupLanes(lanes, run.catalogue)) {
    const cohort = cohortOf(group, run);
    try {
      for (;;) {
        for (const lane of group) {
          for (const step of steps) if (step === cohort.step) found.get(lane.owner)?.push(cohort.weights(lane));
        }
        if (cohort.step >= last) break;
        cohort.advance();
        yield 3 * cohort.rowsPerStep * group.length;
      }
    } finally {
      cohort.dispose();
    }
  }
  return found;
}

const viewOf = (
  { draw, original }: Seed,
  { training }: Scenario,
  checkpoints: readonly Float32Array[],
): SelectorView => {
  const { model, points } = draw;
  if (!points) throw new SimError('forget/invalid', 'Rules choose among labelled points only.');
  const { rows, dataset } = points;
  return {
    model,
    train: { x: rows.train, y: dataset.train.y },
    test: { x: rows.test, y: dataset.test.y },
    original: (original as Outputs).weights,
    checkpoints,
    training,
  };
};

/** Pulls a score that may take long; tells its progress as a share of its work. */
function* scored(score: ReturnType<AnySelector['score']>, work: number): Generator<number, Float64Array, void> {
  if (score instanceof Float64Array) {
    yield work;
    return score;
  }
  const events: Generator<SelectorProgress, Float64Array, void> = score;
  let told = 0;
  try {
    for (let next = events.next(); ; next = events.next()) {
      if (next.done) return next.value;
      const done = (work * next.value.done) / next.value.total;
      yield done - told;
      told = done;
    }
  } finally {
    events.return(new Float64Array());
  }
}

/** Lets the selectors choose for seeds whose original model has been trained, unless it is known what they choose. */
export function* select(run: Run, seeds: readonly Seed[]): Events {
  const { scenario, catalogue, cache } = run;
  if (!isSelected(scenario)) return;
  yield { type: 'phase', phase: 'selecting', seeds: seeds.map(({ seed }) => seed), steps: seeds.length };
  const progress = (visits: number): RunEventBody => {
    run.work.done += visits;
    const { done, total } = run.work;
    return { type: 'progress', phase: 'selecting', step: 0, done, total: Math.max(done, total) };
  };

  const scores = new Map<SelectorSpec, Map<Seed, Float64Array>>();
  const fresh = seeds.filter((seed) => !isKnown(run, seed));
  for (const { spec } of asked(scenario)) {
    const own = selectorOf(spec, catalogue);
    const bySeed = new Map<Seed, Float64Array>();
    scores.set(spec, bySeed);
    const training = checkpointsOf(run, fresh, checkpointSteps({ spec, own, scenario }));
    let checkpoints = training.next();
    try {
      for (; !checkpoints.done; checkpoints = training.next()) yield progress(checkpoints.value);
    } finally {
      training.return(new Map());
    }
    for (const seed of fresh) {
      const view = viewOf(seed, scenario, checkpoints.value.get(seed) ?? []);
      const rows = view.train.y.length;
      const count = Math.min(spec.count, rows - 1);
      const work = own.work?.(spec.params as never, rows) ?? rows;
      const scoring = scored(own.score(view, spec.params as never, count), work);
      let score = scoring.next();
      try {
        for (; !score.done; score = scoring.next()) yield progress(score.value);
      } finally {
        scoring.return(new Float64Array());
      }
      bySeed.set(seed, score.value);
    }
  }

  for (const seed of seeds) {
    divide(seed, scenario, (spec, left) => {
      const { request } = asked(scenario).find((one) => one.spec === spec) as { request: number };
      const known = cache?.selection(scenario, seed.seed, request);
      const chosen = known ?? highest(scores.get(spec)?.get(seed) as Float64Array, left, spec.count);
      if (!known) cache?.keepSelection(scenario, seed.seed, request, chosen);
      return chosen;
    });
  }
}
