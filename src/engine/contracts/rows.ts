import type * as tf from '../base/tf.ts';
import type { Process } from '../diffusion/process.ts';
import type { Head } from './head.ts';

/**
 * The vocabulary of row objectives. Almost every unlearning loss is, row by row, a pull: towards which target, and with what
 * signed weight w. Under a categorical head its gradient with respect to the logits is w (p - t) for a distribution t over the
 * classes, under a real one 2 w (f - t); so a method is told by its pulls, and the page can draw them.
 */

/** The two halves of the training set: D_f, to be forgotten, and D_r, to be kept. */
export type Split = 'forget' | 'retain';

/** Which rows belong together, and which are there to fill up. */
export interface Examples {
  /** The example of each row in its lane's batch, [K * B], ascending; -1 for rows of padding, which come last. */
  readonly of: Int32Array;
  /** Rows that are no padding, [K]. */
  readonly rows: readonly number[];
  /** Examples, [K]. */
  readonly count: readonly number[];
}

/** One mini-batch of a split, for K lanes. */
export interface Batch {
  /** How outputs and targets are read. Absent: softmax over classes. */
  readonly head?: Head;
  /** What goes into the network: numbers [K, B, D], or token ids [K, B, slots] as int32. */
  readonly x: tf.Tensor;
  /** The targets: labels [K, B] as int32, or numbers [K, B, O] under a real head. */
  readonly y: tf.Tensor;
  /** Other targets for the same rows (random labels, "I don't know"), in the shape of `y`. */
  readonly alternatives?: tf.Tensor;
  /** What the original model θ_o says: log-probabilities [K, B, C], or its outputs [K, B, O] under a real head. */
  readonly reference?: tf.Tensor;
  /** What the method's teacher says, likewise. */
  readonly teacher?: tf.Tensor;
  /** B: the rows of the longest lane. */
  readonly size: number;
  /** Absent: every row is an example of its own, and every lane has B of them. */
  readonly examples?: Examples;
  /** Other examples, with rows of their own: example s of a lane there takes the place of its example s here. */
  readonly alternativeExamples?: Batch;
  /** Where the rows are noised points under conditions: how they came about. */
  readonly noised?: Noised;
}

/** Rows of a diffusion model: points, each noised up to a time of its own and told under a condition. */
export interface Noised {
  readonly process: Process;
  /** [K * B] */
  readonly times: Int32Array;
  /** Places among the process's codes, [K * B]. */
  readonly conditions: Int32Array;
  /** The same with nothing in place of what is to be erased, [K * B]. */
  readonly nulls: Int32Array;
  /** The same with another value in its place, for a method that declares alternative labels, [K * B]. */
  readonly alternatives?: Int32Array;
}

/** What a weight may know of its row and of the example that the row belongs to: plain numbers. */
export interface Row {
  /** log p of the example's target: the sum over its rows. */
  readonly logP: number;
  /** log p of the example's alternative target, or of its alternative example. */
  readonly logPAlternative: number;
  /** log p̂ of the example's target under the original model. */
  readonly logPReference: number;
  /** log p̂ of the alternative under the original model. */
  readonly logPReferenceAlternative: number;
  /** log p of the row alone. */
  readonly rowLogP: number;
  /** log p̂ of the row alone under the original model. */
  readonly rowLogPReference: number;
  /** Rows of the example. */
  readonly exampleLength: number;
}

/** The columns that rows are read from, [rows] each. */
export interface Columns {
  readonly logP: Float32Array;
  readonly logPAlternative?: Float32Array | undefined;
  readonly logPReference?: Float32Array | undefined;
  /** There where both of the others are. */
  readonly logPReferenceAlternative?: Float32Array | undefined;
  /** Absent: the same as `logP`. */
  readonly rowLogP?: Float32Array | undefined;
  /** There where `rowLogP` and `logPReference` are. */
  readonly rowLogPReference?: Float32Array | undefined;
  /** Rows of each row's example. Absent: 1. */
  readonly exampleLength?: Float32Array | undefined;
}

/** Towards what a pull goes: the target, the alternative one, the original model's output, or 1/C for all classes. */
export type Towards = 'label' | 'alternative' | 'reference' | 'uniform';

/** `N`: the hyperparameters of one lane as plain values. */
export interface Pull<N> {
  readonly towards: Towards;
  /** Positive pulls towards, negative pushes away. Made of + - * / and engine/base/math.ts, so that it is the same everywhere. */
  readonly weight: (row: Row, settings: N) => number;
  /** The weights of the first `count` rows at once, where that is faster than one by one; the same to the bit. The list is valid until the next call. */
  readonly weights?: (columns: Columns, settings: N, count: number) => ArrayLike<number>;
}

/** The rows of all lanes as tensors, for a loss that is to be differentiated. Computed once, on first use. */
export interface Rows {
  /** What the network says, [K, B, C]. */
  readonly logits: tf.Tensor;
  /** Probabilities p, [K, B, C]. */
  readonly probs: tf.Tensor;
  /** log p, [K, B, C]. */
  readonly logProbs: tf.Tensor;
  /** log p of each example's target, [K, S]: the sum over its rows. S is B where every row is an example. */
  readonly logP: tf.Tensor;
  /** log p of the alternative, [K, S]. */
  readonly logPAlternative: tf.Tensor;
  /** log p̂ under the original model, [K, B, C]. */
  readonly referenceLogProbs: tf.Tensor;
  /** log p̂ of each example's target, [K, S]. */
  readonly logPReference: tf.Tensor;
  /** log p̂ of the alternative, [K, S]. */
  readonly logPReferenceAlternative: tf.Tensor;
  /** log p of each row's target, [K, B]. */
  readonly rowLogP: tf.Tensor;
  /** log p̂ of each row's target, [K, B]. */
  readonly rowLogPReference: tf.Tensor;
  /** log p of each row's alternative target, [K, B], or of each row of the alternative examples. */
  readonly rowLogPAlternative: tf.Tensor;
  /** Rows of each example, [K, S]; 1 where there is none. */
  readonly exampleLength: tf.Tensor;
  /** Of each row its place in its example, from 0, and the rows of that example, [K, B] each. */
  readonly within: { readonly place: tf.Tensor; readonly length: tf.Tensor };
  /** KL(p̂ ‖ p) of each row, [K, B]. */
  readonly divergence: tf.Tensor;
  /** Log-probabilities under the method's teacher, [K, B, C]. */
  readonly teacherLogProbs: tf.Tensor;
  /** The labels as one-hot rows, [K, B, C]. */
  readonly oneHot: tf.Tensor;
  /** Those of the alternative examples, where the batch has some. */
  readonly others?: Rows;
  /** 1 for rows, 0 for padding, [K, B]. */
  readonly isRow: tf.Tensor;
  /** 1 for rows of the alternative examples, 0 for their padding. */
  readonly isAlternativeRow: tf.Tensor;
  /** 1 for examples, 0 where a lane has fewer than others, [K, S]. */
  readonly isExample: tf.Tensor;
}

/** What a term is a mean of. Where every row is an example the two are the same. */
export type MeanOver = 'examples' | 'rows';

/** One term of an objective: a mean over the rows or the examples of a split. `T`: hyperparameters as tensors, [K, 1]. */
export interface RowTerm<N, T> {
  readonly on: Split;
  /** Absent: rows. A function where a choice among the hyperparameters decides; it reads nothing else. */
  readonly mean?: MeanOver | ((settings: N | T) => MeanOver);
  /** Its rows are those of the alternative examples, where the batch has some. */
  readonly of?: 'alternatives';
  readonly pulls: readonly Pull<N>[];
  /**
   * The same term as a loss per row [K, B] or, with a mean over examples, per example [K, S], in nats: what the pulls must be
   * the gradient of; the tests hold them to it. Absent in a rule that is given by its pulls alone.
   */
  readonly loss?: (rows: Rows, settings: T) => tf.Tensor;
}

/** One lane's batch as plain numbers, for a term that single pulls are too narrow for. */
export interface LaneOutputs {
  /** B */
  readonly rows: number;
  /** C */
  readonly classes: number;
  /** z, [B * C] */
  readonly logits: Float32Array;
  /** log p, [B * C] */
  readonly logProbs: Float32Array;
  /** p, [B * C] */
  readonly probs: Float32Array;
  /** [B] */
  readonly labels: Int32Array;
  /** Other labels, [B]. */
  readonly alternatives: Int32Array;
  /** log p̂ under the original model, [B * C]. */
  readonly reference: Float32Array;
  /** Log-probabilities under the method's teacher, [B * C]. */
  readonly teacher: Float32Array;
  /** The example of each row, ascending from 0, [B]. Absent: every row is one of its own. */
  readonly exampleOf?: Int32Array;
  /** The rows of the alternative examples, where the batch has some: example s there takes the place of example s here. */
  readonly others?: LaneOutputs;
}

/**
 * One term of an objective that says dLoss/dLogits of a whole batch: for targets that are computed, for losses of
 * logits, for batch means inside a nonlinearity. Its rows are pulls too: each goes along minus its gradient.
 */
export interface OutputTerm<N, T> {
  readonly on: Split;
  /**
   * Writes dLoss/dLogits into out, [B * C], the 1/B of a mean included, and into `others` that of the rows of the alternative
   * examples, where there are some. Made of + - * /, Math.sqrt and engine/base/math.ts.
   */
  readonly gradient: (outputs: LaneOutputs, settings: N, out: Float32Array, others?: Float32Array) => void;
  /** The term as a loss per lane, [K], in nats: what `gradient` must be the gradient of. */
  readonly loss: (rows: Rows, settings: T) => tf.Tensor;
}

export type Term<N, T> = RowTerm<N, T> | OutputTerm<N, T>;

// biome-ignore lint/suspicious/noExplicitAny: inside a method file the types of its hyperparameters stay exact.
export type AnyRowTerm = RowTerm<any, any>;
// biome-ignore lint/suspicious/noExplicitAny: the same.
export type AnyOutputTerm = OutputTerm<any, any>;
export type AnyTerm = AnyRowTerm | AnyOutputTerm;

/** A term with its hyperparameters and its factor, lane by lane. */
export interface LaneTerm<T = AnyTerm> {
  readonly term: T;
  readonly settings: readonly unknown[];
  /** Absent: 1. */
  readonly scale?: readonly number[];
}
