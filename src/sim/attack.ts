import { SimError } from '../engine/base/errors.ts';
import { foldIn, keyOf } from '../engine/base/random.ts';
import type { Params } from '../engine/base/schema.ts';
import type {
  AnyAttack,
  AttackOutcome,
  AttackProgress,
  AttackSizes,
  AttackSubject,
  AttackView,
  ShadowPlan,
  TuneSettings,
  Tuning,
} from '../engine/contracts/attack.ts';
import type { Outputs, Seed } from '../families/family.ts';
import { labelsFor } from '../families/shared/labels.ts';
import type { RunSpec, Scenario } from '../scenario/format/scenario.ts';
import { settingsAt, stepsOf } from '../scenario/format/variants.ts';
import type { Archive } from './archive.ts';
import type { Catalogue } from './catalogue.ts';
import { createCohort, type Lane } from './cohort.ts';
import type { VariantInfo } from './events.ts';
import { seedAt, trainingLane, unlearningLane } from './lanes.ts';
import { cohortOf, expectedSizes, groupLanes, type OwnedLane } from './run.ts';

/** Who attacks what. */
export interface AttackTarget {
  readonly scenario: Scenario;
  readonly catalogue: Catalogue;
  readonly archive: Archive;
  readonly variant: VariantInfo;
  readonly seed: number;
  /** The nearest kept step at or before it is attacked. */
  readonly step: number;
}

export interface AttackRun {
  /** The step whose weights are attacked. */
  readonly step: number;
  /** Rows that the attack visits, about. */
  readonly work: number;
  readonly events: Generator<AttackProgress, AttackOutcome, void>;
}

const missing = (what: string): never => {
  throw new SimError('worker/unknown-query', `The ${what} model has not been trained yet.`);
};

/** A seed that no run has: its weights and batches are those of nothing else. */
const ownSeed = (seed: number, ...path: readonly (string | number)[]): number => {
  const [high, low] = foldIn(keyOf(seed), ...path);
  return (high & 0x1f_ffff) * 0x1_0000_0000 + low;
};

const tune = (
  { owner, catalogue }: { readonly owner: Seed; readonly catalogue: Catalogue },
  starts: readonly Float32Array[],
  indices: Int32Array,
  settings: TuneSettings,
): Tuning => {
  const { seed } = owner;
  const run: RunSpec = {
    ...settings,
    name: 'attack',
    method: catalogue.training.id,
    params: {},
    momentum: 0.9,
    weightDecay: 0,
    clipNorm: 0,
    batchSize: 'full',
    retain: { kind: 'none', weight: 1, batchSize: 'full' },
    mask: { kind: 'none', keep: 1 },
    wrappers: [],
    sweep: {},
  };
  const { family, training } = catalogue;
  const rowsOf = family.tuningRows ?? family.trainingRows;
  const rows = { forget: rowsOf(owner, new Int32Array()), retain: rowsOf(owner, indices) };
  const lanes = starts.map((start): Lane => ({ seed, run, start, rows }));
  const learner = { model: owner.draw.model, batches: family.batches };
  const cohort = createCohort(learner, training, undefined, lanes);
  return {
    advance: () => void cohort.advance(),
    weights: (k) => cohort.weights(lanes[k] as Lane),
    dispose: cohort.dispose,
  };
};

/** Labels that a run was given for a seed's forget set, for a part of that set. */
const partOfLabels = (run: RunSpec, owner: Seed, part: Int32Array): Partial<RunSpec> => {
  const given = labelsFor(run, owner.seed);
  if (!given) return {};
  const at = new Map(Array.from(owner.split.forget, (index, position) => [index, position]));
  return { alternativeLabels: Array.from(part, (index) => given[at.get(index) as number] as number) };
};

/** Trains the lanes of a stage to a step, stacked where they can be; the weights in their order. */
function* advanceAll(
  target: AttackTarget,
  lanes: readonly OwnedLane[],
  most: number,
  report: (lanes: number) => AttackProgress,
): Generator<AttackProgress, Float32Array[], void> {
  const found = new Map<OwnedLane, Float32Array>();
  for (const group of groupLanes(lanes, target.catalogue)) {
    const cohort = cohortOf(group, target);
    try {
      while (cohort.isPreparing) {
        cohort.advance();
        yield report(0);
      }
      while (!cohort.isDone && cohort.step < most) {
        cohort.advance();
        yield report(group.length);
      }
      for (const lane of group) found.set(lane, cohort.weights(lane));
    } finally {
      cohort.dispose();
    }
  }
  return lanes.map((lane) => found.get(lane) as Float32Array);
}

/** Trains a network for every plan, and unlearns what it asks for as the attacked run does. */
function* shadows(
  target: AttackTarget,
  owner: Seed,
  spec: RunSpec,
  steps: number,
  plans: readonly ShadowPlan[],
): Generator<AttackProgress, readonly Float32Array[], void> {
  const { scenario, catalogue } = target;
  const forgetting = plans.filter(({ forget }) => forget.length > 0).length;
  const total = plans.length * scenario.training.steps + forgetting * steps;
  let done = 0;
  const report = (lanes: number): AttackProgress => {
    done += lanes;
    return { done, total };
  };
  const owners = plans.map(({ name, train, forget }): Seed => {
    const gone = new Set(forget);
    const split = { ...owner.split, forget, retain: train.filter((i) => !gone.has(i)) };
    const seed = ownSeed(owner.seed, 'shadow', name);
    return { seed, draw: owner.draw, split, requests: [{ forget, after: split }], retrainedAfter: [] };
  });
  const training = owners.map(
    (own, k): OwnedLane => ({
      ...trainingLane(scenario, own, catalogue, (plans[k] as ShadowPlan).train),
      owner: own,
    }),
  );
  const trained = yield* advanceAll(target, training, scenario.training.steps, report);
  owners.forEach((own, k) => {
    own.original = own.draw.outputs(trained[k] as Float32Array);
  });
  const which = plans.flatMap(({ forget }, k) => (forget.length > 0 ? [k] : []));
  const lanes = which.map((k): OwnedLane => {
    const own = owners[k] as Seed;
    const run = { ...spec, ...partOfLabels(spec, owner, own.split.forget) };
    return { ...unlearningLane(seedAt(own, 0), run, catalogue), owner: own, variant: target.variant };
  });
  const unlearned = yield* advanceAll(target, lanes, steps, report);
  return trained.map((weights, k) => (which.includes(k) ? (unlearned[which.indexOf(k)] as Float32Array) : weights));
}

const sizesOf = ({ scenario }: Pick<AttackTarget, 'scenario'>, owner: Seed, steps: number): AttackSizes => ({
  ...expectedSizes(owner, scenario),
  training: scenario.training.steps,
  unlearning: steps,
});

/** An estimate of an attack's work in row visits, before its target exists. */
export const attackWork = (
  kind: string,
  params: Params,
  target: Pick<AttackTarget, 'scenario' | 'catalogue'>,
  owner: Seed,
  steps: number,
): number => target.catalogue.attacks.get(kind)?.work(params, sizesOf(target, owner, steps)) ?? 0;

/**
 * Makes an attack on a recorded step of a run ready. Pulling its events drives it; it shares nothing with the run but
 * the weights, and its randomness depends on the seed and the attack alone.
 *
 * @throws {SimError} attack/refused where it cannot be tried; worker/unknown-query where the weights are not there
 */
export const startAttack = (kind: string, params: Params, target: AttackTarget): AttackRun => {
  const { scenario, catalogue, archive, variant } = target;
  const attack = catalogue.attacks.get(kind) as AnyAttack | undefined;
  if (!attack) throw new SimError('attack/refused', `There is no attack ${kind}.`);
  const { owner, step, weights: unlearned } = archive.weights(variant.variant, target.seed, target.step);
  const { draw, split, original, retrained } = owner;
  if (!draw.attacked) throw new SimError('attack/refused', `Attack ${kind} is not one on models of this family.`);
  if (unlearned.length !== draw.model.size) {
    throw new SimError(
      'attack/refused',
      `${variant.label} answers with several networks or with changed ones: attacks are tried on a single network.`,
    );
  }
  const spec = settingsAt(scenario.runs[variant.run] as RunSpec, variant.swept);
  const most = stepsOf(spec, catalogue.methods.get(spec.method));
  const steps = Math.min(step, most);
  const ready = (model: Outputs | undefined, what: string) => model?.weights ?? missing(what);
  const weights: Record<AttackSubject, () => Float32Array> = {
    unlearned: () => unlearned,
    original: () => ready(original, 'original'),
    retrained: () => ready(retrained, 'retrained'),
    fresh: () => draw.model.init(foldIn(keyOf(owner.seed), 'attack', 'fresh')),
  };
  const view: AttackView<unknown> = {
    model: draw.model,
    ...draw.attacked(),
    split,
    key: foldIn(keyOf(owner.seed), 'attack', kind),
    weights: (subject) => weights[subject](),
    tune: (starts, indices, settings) => tune({ owner, catalogue }, starts, indices, settings),
    shadows: (plans) => shadows(target, owner, spec, steps, plans),
  };
  const refusal = attack.refuses?.(view);
  if (refusal) throw new SimError('attack/refused', refusal);
  return { step, work: attack.work(params, sizesOf(target, owner, steps)), events: attack.run(view, params) };
};
