import type { Citation, ParamSchema, Params, ValuesOf } from '../base/schema.ts';
import type { OptimizerName } from '../objective/optim.ts';
import type { PointSet } from './dataset.ts';
import type { Network } from './network.ts';

/** What a selector of forget sets sees of a seed: the original model, trained on everything. */
export interface SelectorView {
  readonly model: Network;
  /** Points as the network gets them, x: [N * model.inputs]. */
  readonly train: PointSet;
  readonly test: PointSet;
  /** The original model's weights θ_o, [P]. */
  readonly original: Float32Array;
  /** Weights [P] after the updates that the selector asks for, of a training as the original's. */
  readonly checkpoints: readonly Float32Array[];
  /** How the original was trained. */
  readonly training: { readonly optimizer: OptimizerName; readonly learningRate: number };
}

/** How far a selector is, in units of its own. */
export interface SelectorProgress {
  readonly done: number;
  readonly total: number;
}

/** What the page and the parser know of a selector. Plain JSON. */
export interface SelectorInfo<S extends ParamSchema = ParamSchema> {
  /** Kebab-case, the file's name: it stands in links for ever. */
  readonly id: string;
  readonly title: string;
  /** One sentence: which points it asks to forget. */
  readonly summary: string;
  readonly citation: Citation;
  readonly params: S;
}

/** Chooses which points are to be forgotten, once the original model is there. */
export interface Selector<S extends ParamSchema = ParamSchema> extends SelectorInfo<S> {
  /** Updates of the original's training, of `steps`, after which it wants to see the weights; ascending. None if absent. */
  readonly checkpoints?: (params: ValuesOf<S>, steps: number) => readonly number[];
  /** Rows that it visits forwards, about: for progress and estimates. */
  readonly work?: (params: ValuesOf<S>, rows: number) => number;
  /**
   * A score for each training point, [N]: the `count` highest are to be forgotten. What takes long is a generator: not
   * pulling is a pause.
   */
  readonly score: (
    view: SelectorView,
    params: ValuesOf<S>,
    count: number,
  ) => Float64Array | Generator<SelectorProgress, Float64Array, void>;
}

// biome-ignore lint/suspicious/noExplicitAny: the registry erases the schema type.
export type AnySelector = Selector<any>;

/** Declares a selector; only there to infer the schema's exact type. */
export const selector = <const S extends ParamSchema>(spec: Selector<S>): Selector<S> => spec;

/** The end of the scale that is to be forgotten: a parameter that selectors by a score share. */
export const endOfScale = <const D extends 'highest' | 'lowest'>(byDefault: D, help: string) =>
  ({
    kind: 'choice',
    label: 'Which end',
    help,
    default: byDefault,
    options: ['highest', 'lowest'],
  }) as const;

/** Scores whose highest are those asked for. */
export const fromEnd = (scores: Float64Array, { end }: Params): Float64Array =>
  end === 'highest' ? scores : scores.map((score) => -score);

/**
 * The `count` candidates with the highest scores, ascending; of equal ones the first. NaN is below everything.
 */
export const highest = (scores: Float64Array, candidates: Int32Array, count: number): Int32Array => {
  const rank = (i: number) => {
    const score = scores[i] as number;
    return Number.isNaN(score) ? Number.NEGATIVE_INFINITY : score;
  };
  const order = Array.from(candidates).sort((a, b) => {
    const [left, right] = [rank(a), rank(b)];
    return left === right ? a - b : right > left ? 1 : -1;
  });
  return Int32Array.from(order.slice(0, count)).sort();
};
