import { SimError } from '../engine/base/errors.ts';
import { foldIn, keyOf } from '../engine/base/random.ts';
import { defaultsOf } from '../engine/base/schema.ts';
import type { AnyGenerator, Dataset } from '../engine/contracts/dataset.ts';
import type { LaneView } from '../engine/contracts/lane-view.ts';
import { type AnyMethod, keepHighest, type Mask } from '../engine/contracts/method.ts';
import type { Model } from '../engine/network/model.ts';
import { slopesFor } from '../engine/objective/slopes.ts';
import { isSelected, requestsOf } from '../scenario/format/requests.ts';
import type { RunSpec, Scenario } from '../scenario/format/scenario.ts';
import { refusedBy } from '../scenario/format/settings.ts';
import type { LaneRows } from './batches.ts';
import type { Catalogue } from './catalogue.ts';
import type { Lane } from './cohort.ts';
import { createEvaluator, type Evaluator, type Outputs } from './evaluate.ts';
import { guarded, laneViewOf } from './lane-view.ts';
import { hasOwnFeatures, networkOf } from './network.ts';
import { extentOf, project2d } from './projection.ts';
import { type Choose, type Request, resolveRequests, type Split as SplitIndices, undivided } from './split.ts';
import { checkWrappers } from './wrappers.ts';

/** One draw of the data, with what depends on it alone. Several seeds may share it. */
export interface Draw {
  readonly dataset: Dataset;
  readonly extent: readonly [number, number, number, number];
  readonly projection: { readonly train: Float32Array; readonly test: Float32Array; readonly projected: boolean };
  /** The trained part of the network. */
  readonly model: Model;
  /** What it gets, row by row: the points themselves, or their random features; [n * model.inputs] each. */
  readonly rows: { readonly train: Float32Array; readonly test: Float32Array };
  readonly evaluator: Evaluator;
  /** W [features * inputs], where the network has random features. */
  readonly features?: Float32Array | Float64Array;
}

/** A run seed with its data, its split, and in time its original and retrained model. */
export interface Seed {
  readonly seed: number;
  readonly draw: Draw;
  /** After the last request. Where a selector chooses: everything is kept until it has chosen. */
  split: SplitIndices;
  /** One, or several in a row. Where a selector chooses: none until it has chosen. */
  requests: readonly Request[];
  original?: Outputs;
  /** After the last request. */
  retrained?: Outputs;
  /** After each request. */
  readonly retrainedAfter: Outputs[];
}

const indexRange = (n: number): Int32Array => Int32Array.from({ length: n }, (_, i) => i);

/** Gives a seed its forget sets. @throws {SimError} forget/invalid */
export const divide = (seed: Seed, scenario: Scenario, choose?: Choose): void => {
  seed.requests = resolveRequests(seed.draw.dataset, requestsOf(scenario), seed.seed, choose);
  seed.split = (seed.requests.at(-1) as Request).after;
};

/** Draws the data of every seed, or of some, and resolves their forget sets, unless a selector is to choose them. */
export const prepareSeeds = (
  scenario: Scenario,
  { generators }: Catalogue,
  seeds: readonly number[] = scenario.seeds,
): Seed[] => {
  const { data, model } = scenario;
  const source = generators.get(data.generator) as AnyGenerator;
  const draws = new Map<string, Draw>();
  const drawOf = (laneSeed: number): Draw => {
    const seed = data.seed === 'lane' ? laneSeed : data.seed;
    const given = 'bySeed' in data ? data.bySeed?.[laneSeed] : undefined;
    const isOwn = given !== undefined || hasOwnFeatures(model);
    const name = isOwn ? `lane ${laneSeed}` : `${seed}`;
    let draw = draws.get(name);
    if (!draw) {
      const dataset = source.generate((given ?? data.params) as never, foldIn(keyOf(seed), 'data'));
      const projection = project2d(dataset);
      const extent = extentOf(projection.train, projection.test);
      const network = networkOf(model, dataset, laneSeed);
      const rows = { train: network.encode(dataset.train.x), test: network.encode(dataset.test.x) };
      const evaluator = createEvaluator(network, dataset, rows, extent);
      const { model: trained, features } = network;
      draw = { dataset, extent, projection, model: trained, rows, evaluator, ...(features && { features }) };
      draws.set(name, draw);
    }
    return draw;
  };
  return seeds.map((seed) => {
    const draw = drawOf(seed);
    const own: Seed = { seed, draw, split: undivided(draw.dataset), requests: [], retrainedAfter: [] };
    if (!isSelected(scenario)) divide(own, scenario);
    return own;
  });
};

/** Fresh weights of a seed: the same for the original, the retrained model and every method that starts anew. */
export const initialWeights = ({ seed, draw }: Seed): Float32Array => draw.model.init(foldIn(keyOf(seed), 'weights'));

/** The lane that trains a model on some of the points with the scenario's training settings. */
export const trainingLane = (scenario: Scenario, seed: Seed, method: AnyMethod, indices: Int32Array): Lane => {
  const { rows: inputs, dataset } = seed.draw;
  const [x, y] = [inputs.train, dataset.train.y];
  const rows = (own: Int32Array): LaneRows => ({ seed: seed.seed, x, y, indices: own });
  return {
    seed: seed.seed,
    run: {
      ...scenario.training,
      name: method.id,
      method: method.id,
      params: {},
      retain: { kind: 'none', weight: 1, batchSize: 'full' },
      mask: { kind: 'none', keep: 1 },
      sweep: {},
    },
    start: initialWeights(seed),
    rows: { forget: rows(new Int32Array()), retain: rows(indices) },
    view: laneViewOf(seed, foldIn(keyOf(seed.seed), 'method')),
  };
};

export const allIndices = ({ draw }: Seed): Int32Array => indexRange(draw.dataset.train.y.length);

/** The weights that a mask frees, [P]. */
const freedBy = (mask: Exclude<Mask, { settled: unknown }>, seed: Seed, run: RunSpec): Float32Array => {
  const view = laneViewOf(seed, foldIn(keyOf(seed.seed), 'mask', mask.id));
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

/** The labels that a run gives for a seed; undefined if they are to be drawn. */
export const labelsFor = ({ alternativeLabels: given }: RunSpec, seed: number): readonly number[] | undefined =>
  given && 'bySeed' in given ? given.bySeed[seed] : given;

const alternativesOf = (seed: Seed, run: RunSpec, method: AnyMethod, lane: LaneView): LaneRows['alternatives'] => {
  if (!method.needs.includes('alternativeLabels')) return undefined;
  const { forget } = seed.split;
  const { classes, train } = seed.draw.dataset;
  const given = labelsFor(run, seed.seed);
  if (given) {
    const isFit = given.length === forget.length && given.every((label) => label < classes);
    if (!isFit) {
      throw new SimError('method/failed', `${run.name}: the alternative labels do not fit the forget set.`, [
        {
          path: '/alternativeLabels',
          expected: `${forget.length} classes below ${classes}, one per forget example`,
          found: `${given.length} labels, the largest ${given.reduce((a, b) => Math.max(a, b), 0)}`,
        },
      ]);
    }
    const labels = Int32Array.from(given);
    return { redraw: false, labels: () => labels };
  }
  if (!method.alternatives) {
    throw new SimError(
      'method/undeclared-need',
      `${method.id} needs alternative labels but does not say how to draw them.`,
    );
  }
  const rule = method.alternatives(run.params);
  const labels = forget.map((i) => train.y[i] as number);
  const counts = new Int32Array(classes);
  for (const label of train.y) counts[label] = (counts[label] as number) + 1;
  const own = guarded(lane, new Set(method.needs), method.id);
  const stream = foldIn(keyOf(seed.seed), 'alternative-labels');
  return {
    redraw: rule.redraw,
    labels: (epoch) => rule.draw({ labels, classes, counts, lane: own, key: foldIn(stream, epoch) }),
  };
};

/** Log-probabilities [N * C] of some training points among those of all points. */
const pickRows = ({ logProbs }: Outputs, C: number, indices: Int32Array): Float32Array => {
  return Float32Array.from({ length: indices.length * C }, (_, i) => {
    return logProbs[(indices[Math.floor(i / C)] as number) * C + (i % C)] as number;
  });
};

const checkComposition = (run: RunSpec, method: AnyMethod, { activations }: Model): void => {
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
    const kind = run[field]?.kind ?? 'none';
    if (kind === 'none') continue;
    throw new SimError('method/failed', `${run.name}: ${run.method} cannot be combined with ${field} "${kind}".`, [
      { path: `/${field}/kind`, expected: '"none" with this method', found: kind },
    ]);
  }
};

/** The diagonal of the empirical Fisher information on the retain set at the original model, [P]. */
const importanceOf = (view: LaneView): Float32Array => {
  const { classes } = view.model;
  return view.meanSquares('retain', slopesFor(view.logits('retain'), view.rows('retain').y, classes));
};

/** What the method's teacher says of every point. */
const teacherOf = (seed: Seed, run: RunSpec, method: AnyMethod, view: LaneView): Outputs => {
  if (!method.teacher) {
    throw new SimError('method/undeclared-need', `${method.id} needs a teacher but does not say which.`);
  }
  const own = guarded(view, new Set(method.needs), method.id);
  return seed.draw.evaluator.outputs(method.teacher(own, run.params));
};

/**
 * The rows that a run learns from under one seed. The original model must have been trained.
 *
 * @throws {SimError} method/failed if given labels do not fit
 */
export const unlearningRows = (seed: Seed, run: RunSpec, catalogue: Catalogue, view: LaneView): Lane['rows'] => {
  const method = catalogue.methods.get(run.method) as AnyMethod;
  const retain = catalogue.retainTerms.get(run.retain.kind);
  const { rows: inputs, dataset } = seed.draw;
  const [x, y] = [inputs.train, dataset.train.y];
  const { forget, retain: kept } = seed.split;
  const usesReference = {
    forget: method.needs.includes('original'),
    retain: method.needs.includes('original') || (retain?.needs.includes('original') ?? false),
  };
  const alternatives = alternativesOf(seed, run, method, view);
  const teacher = method.needs.includes('teacher') ? teacherOf(seed, run, method, view) : undefined;
  const C = seed.draw.model.classes;
  const outputs = (indices: Int32Array, usesOriginal: boolean) => ({
    ...(usesOriginal && { reference: pickRows(seed.original as Outputs, C, indices) }),
    ...(teacher && { teacher: pickRows(teacher, C, indices) }),
  });
  const base = { seed: seed.seed, x, y };
  return {
    forget: {
      ...base,
      indices: forget,
      ...outputs(forget, usesReference.forget),
      ...(alternatives && { alternatives }),
    },
    retain: { ...base, indices: kept, ...outputs(kept, usesReference.retain) },
  };
};

/** What a method's own code sees of a seed. */
export const methodView = (seed: Seed): LaneView => laneViewOf(seed, foldIn(keyOf(seed.seed), 'method'));

/**
 * The lane of a run under one seed. The original model must have been trained.
 *
 * @throws {SimError} method/failed if a mask keeps nothing, given labels do not fit or the method stands alone
 */
export const unlearningLane = (seed: Seed, run: RunSpec, catalogue: Catalogue): Lane => {
  const method = catalogue.methods.get(run.method) as AnyMethod;
  checkComposition(run, method, seed.draw.model);
  checkWrappers(run, method, seed.draw.model.activations.length);
  const view = methodView(seed);
  return {
    seed: seed.seed,
    run,
    start: method.start === 'initial' ? initialWeights(seed) : (seed.original as Outputs).weights,
    rows: unlearningRows(seed, run, catalogue, view),
    view,
    ...maskOf(seed, run, catalogue),
    ...(run.anchor?.kind === 'ewc' && { importance: importanceOf(view) }),
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
