import { SimError } from '../engine/base/errors.ts';
import * as tf from '../engine/base/tf.ts';
import type { AnyMethod, Split } from '../engine/contracts/method.ts';
import { pullSizes, rowGradient } from '../engine/objective/row-gradient.ts';
import { type AnyTerm, isRowTerm, type LaneTerm } from '../engine/objective/rows.ts';
import type { RunSpec, Scenario } from '../scenario/format/scenario.ts';
import { settingsAt, stepsOf, type VariantInfo } from '../scenario/format/variants.ts';
import type { Archive } from './archive.ts';
import { createBatches, type LaneRows } from './batches.ts';
import type { Catalogue } from './catalogue.ts';
import { laneValues } from './cohort.ts';
import type { NoPulls, Pulls, PullsQuery, QueryResult } from './events.ts';
import { methodView, type Seed, seedAt, unlearningRows } from './lanes.ts';

interface Options {
  readonly scenario: Scenario;
  readonly catalogue: Catalogue;
  readonly archive: Pick<Archive, 'weights'>;
  readonly variants: readonly VariantInfo[];
}

/** The terms of a run on a split as its steps apply them, or why there is no saying. */
const termsOf = (
  run: RunSpec,
  method: AnyMethod,
  on: Split,
  { retainTerms }: Catalogue,
): readonly LaneTerm[] | NoPulls => {
  if (method.serve) return 'served';
  if (!method.terms) return 'no-terms';
  if (!method.followsTerms) return 'own-steps';
  const own = (method.terms as readonly AnyTerm[]).map((term) => ({ term, settings: [laneValues(method, run)] }));
  const kept = retainTerms.get(run.retain.kind);
  const all: readonly LaneTerm[] = kept
    ? [...own, { term: kept.term, settings: [{}], scale: [run.retain.weight] }]
    : own;
  const terms = all.filter(({ term }) => term.on === on);
  if (terms.length === 0) return 'none-on-split';
  return on === 'forget' && run.adversary && run.adversary.epsilon > 0 ? 'adversary' : terms;
};

/** The position of the class with the largest push. */
const highest = (push: Float32Array): number =>
  push.reduce((best, value, c) => (value > (push[best] as number) ? c : best), 0);

/**
 * Answers how a run's examples are pulled at a recorded step: by the method's own terms, through the gradient that its
 * steps are made with. The example's alternative label is the one that the next step would show it.
 */
export const createPulls = ({ scenario, catalogue, archive, variants }: Options) => {
  /** The rows of a run do not change from step to step. */
  const known = new Map<string, LaneRows>();
  const requests = scenario.requests?.length ?? 1;

  /** The seed as it stood when the request of a step arrived; a step that ends a request belongs to it. */
  const seedFor = (owner: Seed, variant: VariantInfo, request: number, steps: number): Seed => {
    if (request === 0) return seedAt(owner, 0);
    const { weights } = archive.weights(variant.variant, owner.seed, request * steps);
    return seedAt(owner, request, owner.draw.evaluator.outputs(weights));
  };

  return ({ model, seed, step, on }: PullsQuery): Extract<QueryResult, { kind: 'pulls' }> => {
    const variant = variants[model];
    if (!variant) throw new SimError('worker/unknown-query', `There is no variant ${model}.`);
    const { owner, ...at } = archive.weights(model, seed, step);
    const run = settingsAt(scenario.runs[variant.run] as RunSpec, variant.swept);
    const method = catalogue.methods.get(run.method) as AnyMethod;
    const terms = termsOf(run, method, on, catalogue);
    if (typeof terms === 'string') return { kind: 'pulls', step: at.step, pulls: terms };

    const steps = stepsOf(run, method);
    const request = Math.min(requests - 1, Math.max(0, Math.ceil(at.step / steps) - 1));
    const key = `${model}/${seed}/${request}/${on}`;
    let rows = known.get(key);
    if (!rows) {
      const then = seedFor(owner, variant, request, steps);
      rows = unlearningRows(then, run, catalogue, methodView(then))[on];
      known.set(key, rows);
    }
    return {
      kind: 'pulls',
      step: at.step,
      pulls: pullsOn(owner, at.weights, rows, terms, run, at.step - request * steps, on),
    };
  };
};

const pullsOn = (
  { draw }: Seed,
  weights: Float32Array,
  rows: LaneRows,
  terms: readonly LaneTerm[],
  { batchSize }: RunSpec,
  step: number,
  on: Split,
): Pulls => {
  const C = draw.model.classes;
  const N = rows.indices.length;
  const { logits: all } = draw.evaluator.outputs(weights);
  const logits = Float32Array.from(
    { length: N * C },
    (_, i) => all[(rows.indices[Math.floor(i / C)] as number) * C + (i % C)] as number,
  );
  // Labels that are drawn anew change with each pass; a whole split is one.
  const pass = batchSize === 'full' || batchSize >= N ? step : Math.floor((step * batchSize) / N);
  const whole = createBatches([rows], on, 'full', draw.model.inputs, C);
  try {
    let [size, push] = [new Float32Array(), new Float32Array()];
    tf.tidy(() => {
      const batch = whole.at(pass);
      const at = tf.tensorOf(logits, [1, N, C]);
      size = Float32Array.from(pullSizes(terms, at, batch));
      push = Float32Array.from(tf.valuesOf(rowGradient(terms, at, batch)), (slope) => -N * slope);
    });
    return {
      indices: rows.indices.slice(),
      size,
      lift: Float32Array.from(rows.indices, (index, i) => push[i * C + (rows.y[index] as number)] as number),
      target: Uint8Array.from(rows.indices, (_, i) => highest(push.subarray(i * C, (i + 1) * C))),
      isOfGradients: terms.some(({ term }) => !isRowTerm(term)),
    };
  } finally {
    whole.dispose();
  }
};
