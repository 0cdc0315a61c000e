import { SimError } from '../engine/base/errors.ts';
import { foldIn, keyOf } from '../engine/base/random.ts';
import { defaultsOf } from '../engine/base/schema.ts';
import type { LaneView } from '../engine/contracts/lane-view.ts';
import { type AnyMethod, keepHighest, type Mask } from '../engine/contracts/method.ts';
import type { Network } from '../engine/contracts/network.ts';

import { refusalOf } from '../engine/contracts/speaks.ts';
import type { Choose, Draw, Outputs, Request, Seed } from '../families/family.ts';
import { guarded } from '../families/shared/guarded.ts';
import { initialWeights } from '../families/shared/initial.ts';
import { spokenBy } from '../scenario/format/catalogue.ts';
import { isSelected, requestsOf } from '../scenario/format/requests.ts';
import type { RunSpec, Scenario } from '../scenario/format/scenario.ts';
import { refusedBy } from '../scenario/format/settings.ts';
import type { Catalogue } from './catalogue.ts';
import type { Lane } from './cohort.ts';
import { checkWrappers, wrappersFor } from './wrappers.ts';

/** Gives a seed its forget sets. @throws {SimError} forget/invalid */
export const divide = (seed: Seed, scenario: Scenario, choose?: Choose): void => {
  seed.requests = seed.draw.divide(requestsOf(scenario), seed.seed, choose);
  seed.split = (seed.requests.at(-1) as Request).after;
};

/** Draws the data of every seed, or of some, and resolves their forget sets, unless a selector is to choose them. */
export const prepareSeeds = (
  scenario: Scenario,
  { family, generators }: Catalogue,
  seeds: readonly number[] = scenario.seeds,
): Seed[] => {
  const draws = new Map<string, Draw>();
  const drawOf = (seed: number): Draw => {
    const name = family.drawName(scenario, seed);
    const draw = draws.get(name) ?? family.draw(scenario, seed, generators);
    draws.set(name, draw);
    return draw;
  };
  return seeds.map((seed) => {
    const draw = drawOf(seed);
    const own: Seed = { seed, draw, split: draw.undivided, requests: [], retrainedAfter: [] };
    if (!isSelected(scenario)) divide(own, scenario);
    return own;
  });
};

/** The lane that trains a model on some of the examples with the scenario's training settings. */
export const trainingLane = (
  scenario: Scenario,
  seed: Seed,
  { training: method, family }: Pick<Catalogue, 'training' | 'family'>,
  indices: Int32Array,
): Lane => ({
  seed: seed.seed,
  run: {
    ...scenario.training,
    name: method.id,
    method: method.id,
    params: {},
    retain: { kind: 'none', weight: 1, batchSize: 'full' },
    mask: { kind: 'none', keep: 1 },
    wrappers: [],
    sweep: {},
  },
  start: initialWeights(seed),
  rows: { forget: family.trainingRows(seed, new Int32Array()), retain: family.trainingRows(seed, indices) },
  view: seed.draw.view(seed, foldIn(keyOf(seed.seed), 'method')),
  ...(family.trainingRate && { rate: family.trainingRate }),
});

export const allIndices = ({ draw }: Seed): Int32Array => Int32Array.from({ length: draw.examples }, (_, i) => i);

/** The weights that a mask frees, [P]. */
const freedBy = (mask: Exclude<Mask, { settled: unknown }>, seed: Seed, run: RunSpec): Float32Array => {
  const view = seed.draw.view(seed, foldIn(keyOf(seed.seed), 'mask', mask.id));
  const own = guarded(view, new Set(mask.needs), `The mask ${mask.id}`);
  const params = { ...defaultsOf(mask.params ?? {}), ...run.mask };
  if ('choose' in mask) return mask.choose(own, params);
  const kept = keepHighest(mask.score(own, params), run.mask.keep);
  if (!kept.includes(1)) {
    throw new SimError('method/failed', `${run.name}: the mask keeps none of the ${kept.length} weights.`, [
      {
        path: '/mask/keep',
        expected: `a fraction of at least 1/${kept.length} of the weights`,
        found: String(run.mask.keep),
      },
    ]);
  }
  return kept;
};

const maskOf = (seed: Seed, run: RunSpec, { masks }: Catalogue): Pick<Lane, 'mask' | 'settled'> => {
  const mask = masks.get(run.mask.kind);
  if (!mask) return {}; // 'none'
  if (!('settled' in mask)) return { mask: freedBy(mask, seed, run) };
  const P = seed.draw.model.size;
  return { settled: (step, steps) => Math.floor(mask.settled(run.mask.keep, step, steps) * P) };
};

const checkComposition = (run: RunSpec, catalogue: Catalogue, { activations }: Network): void => {
  const method = catalogue.methods.get(run.method) as AnyMethod;
  const retain = catalogue.retainTerms.get(run.retain.kind);
  const spoken = spokenBy(catalogue.families.get(catalogue.family.id)?.info);
  const refusal = refusalOf(method, spoken, '/method') ?? (retain && refusalOf(retain, spoken, '/retain/kind'));
  if (refusal) throw new SimError('method/failed', `${run.name} cannot run on these models.`, [refusal]);
  if (method.needsLayers && activations.length === 0) {
    throw new SimError('method/failed', `${run.name}: ${method.short} works on the hidden layers of a network.`, [
      {
        path: '/method',
        expected: 'a method that needs no hidden layers, or a model of kind "mlp"',
        found: run.method,
      },
    ]);
  }
  for (const field of refusedBy(method)) {
    const { kind } = run[field];
    if (kind === 'none') continue;
    throw new SimError('method/failed', `${run.name}: ${run.method} cannot be combined with ${field} "${kind}".`, [
      { path: `/${field}/kind`, expected: '"none" with this method', found: kind },
    ]);
  }
};

/**
 * What a run learns from under one seed. The original model must have been trained.
 *
 * @throws {SimError} method/failed if given labels do not fit
 */
export const unlearningRows = (seed: Seed, run: RunSpec, catalogue: Catalogue, view: LaneView): Lane['rows'] =>
  catalogue.family.rows(seed, run, {
    method: catalogue.methods.get(run.method) as AnyMethod,
    retain: catalogue.retainTerms.get(run.retain.kind),
    view,
  });

/** What a method's own code sees of a seed. */
export const methodView = (seed: Seed): LaneView => seed.draw.view(seed, foldIn(keyOf(seed.seed), 'method'));

/**
 * The lane of a run under one seed. The original model must have been trained.
 *
 * @throws {SimError} method/failed if a mask keeps nothing, given labels do not fit or the method stands alone
 */
export const unlearningLane = (seed: Seed, run: RunSpec, catalogue: Catalogue): Lane => {
  const method = catalogue.methods.get(run.method) as AnyMethod;
  checkComposition(run, catalogue, seed.draw.model);
  checkWrappers(run, method, seed.draw.model, catalogue);
  const view = methodView(seed);
  return {
    seed: seed.seed,
    run,
    start: method.start === 'initial' ? initialWeights(seed) : (seed.original as Outputs).weights,
    rows: unlearningRows(seed, run, catalogue, view),
    view,
    ...maskOf(seed, run, catalogue),
    wrappers: wrappersFor(run, catalogue, (id) => seed.draw.view(seed, foldIn(keyOf(seed.seed), 'wrapper', id))),
  };
};

/**
 * A seed as it stands when a request arrives: what is to be forgotten now, what stays, and the model that is to forget.
 *
 * @param current the run's own model by then; the original if absent
 */
export const seedAt = (seed: Seed, request: number, current?: Outputs): Seed => {
  const { forget, after } = seed.requests[request] as Request;
  return { ...seed, split: { ...after, forget }, ...(current && { original: current }) };
};
