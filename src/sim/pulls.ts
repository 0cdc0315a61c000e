import { SimError } from '../engine/base/errors.ts';
import type { AnyMethod } from '../engine/contracts/method.ts';
import type { AnyTerm, LaneTerm, Split } from '../engine/contracts/rows.ts';

import type { LaneRows, Seed } from '../families/family.ts';
import type { RunSpec, Scenario } from '../scenario/format/scenario.ts';
import { settingsAt, stepsOf, type VariantInfo } from '../scenario/format/variants.ts';
import type { Archive } from './archive.ts';
import type { Catalogue } from './catalogue.ts';
import { laneValues } from './cohort.ts';
import type { NoPulls, PullsQuery, QueryResult } from './events.ts';
import { methodView, seedAt, unlearningRows } from './lanes.ts';
import { hidesPulls } from './wrappers.ts';

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
  catalogue: Catalogue,
  step: number,
): readonly LaneTerm[] | NoPulls => {
  if (method.serve) return 'served';
  if (!method.terms) return 'no-terms';
  if (!method.followsTerms) return 'own-steps';
  const values = laneValues(method, run);
  const settings = [method.settingsAt?.(values, step, stepsOf(run, method)) ?? values];
  const own = (method.terms as readonly AnyTerm[]).map((term) => ({ term, settings }));
  const kept = catalogue.retainTerms.get(run.retain.kind);
  const all: readonly LaneTerm[] = kept
    ? [...own, { term: kept.term, settings: [{}], scale: [run.retain.weight] }]
    : own;
  const terms = all.filter(({ term }) => term.on === on);
  if (terms.length === 0) return 'none-on-split';
  return on === 'forget' && hidesPulls(run, catalogue) ? 'wrapped' : terms;
};

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
    return seedAt(owner, request, owner.draw.outputs(weights));
  };

  return ({ model, seed, step, on }: PullsQuery): Extract<QueryResult, { kind: 'pulls' }> => {
    const variant = variants[model];
    if (!variant) throw new SimError('worker/unknown-query', `There is no variant ${model}.`);
    const { owner, ...at } = archive.weights(model, seed, step);
    const run = settingsAt(scenario.runs[variant.run] as RunSpec, variant.swept);
    const method = catalogue.methods.get(run.method) as AnyMethod;
    const steps = stepsOf(run, method);
    const request = Math.min(requests - 1, Math.max(0, Math.ceil(at.step / steps) - 1));
    const terms = termsOf(run, method, on, catalogue, at.step - request * steps);
    if (typeof terms === 'string') return { kind: 'pulls', step: at.step, pulls: terms };

    const key = `${model}/${seed}/${request}/${on}`;
    let rows = known.get(key);
    if (!rows) {
      const then = seedFor(owner, variant, request, steps);
      rows = unlearningRows(then, run, catalogue, methodView(then))[on];
      known.set(key, rows);
    }
    const { pulls } = owner.draw;
    if (!pulls) return { kind: 'pulls', step: at.step, pulls: 'no-terms' };
    // Labels that are drawn anew change with each pass; a whole split is one.
    const [own, N] = [at.step - request * steps, rows.indices.length];
    const isFull = run.batchSize === 'full' || run.batchSize >= N;
    const pass = isFull ? own : Math.floor((own * (run.batchSize as number)) / N);
    return { kind: 'pulls', step: at.step, pulls: pulls(rows, at.weights, terms, on, pass) };
  };
};
