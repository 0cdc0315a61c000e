import { SimError } from '../base/errors.ts';
import * as tf from '../base/tf.ts';
import type { Split } from '../contracts/method.ts';

/**
 * The vocabulary of row objectives. For a softmax classifier almost every unlearning loss is, example by
 * example, a pull: towards which distribution t over the classes, and with what signed weight w. The
 * gradient of such a loss with respect to the logits is w (p - t), so a method is told by
 * its pulls, and the page can draw them.
 */

/** One mini-batch of a split, for K lanes. */
export interface Batch {
  /** [K, B, D] */
  readonly x: tf.Tensor;
  /** The labels: [K, B] int32. */
  readonly y: tf.Tensor;
  /** Other labels (random, "I don't know"): [K, B] int32. */
  readonly alternatives?: tf.Tensor;
  /** Log-probabilities under the original model θ_o: [K, B, C]. */
  readonly reference?: tf.Tensor;
  /** Log-probabilities under the method's teacher: [K, B, C]. */
  readonly teacher?: tf.Tensor;
  /** B */
  readonly size: number;
}

/** What a weight may know of its row: plain numbers. */
export interface Row {
  /** log p of the row's label. */
  readonly logP: number;
  /** log p of the row's alternative label. */
  readonly logPAlternative: number;
  /** log p̂ of the row's label under the original model. */
  readonly logPReference: number;
  /** log p̂ of the row's alternative label under the original model. */
  readonly logPReferenceAlternative: number;
}

/** Towards which distribution a pull goes: the label, the alternative label, the original model's output, or 1/C for all. */
export type Towards = 'label' | 'alternative' | 'reference' | 'uniform';

/** `N`: the hyperparameters of one lane as plain values. */
export interface Pull<N> {
  readonly towards: Towards;
  /** Positive pulls towards, negative pushes away. Made of + - * / and engine/base/math.ts, so that it is the same everywhere. */
  readonly weight: (row: Row, settings: N) => number;
}

/** The rows of all lanes as tensors, for a loss that is to be differentiated. Computed once, on first use. */
export interface Rows {
  /** z, [K, B, C]. */
  readonly logits: tf.Tensor;
  /** Probabilities p, [K, B, C]. */
  readonly probs: tf.Tensor;
  /** log p, [K, B, C]. */
  readonly logProbs: tf.Tensor;
  /** log p of the row's label, [K, B]. */
  readonly logP: tf.Tensor;
  /** log p of the row's alternative label, [K, B]. */
  readonly logPAlternative: tf.Tensor;
  /** log p̂ under the original model, [K, B, C]. */
  readonly referenceLogProbs: tf.Tensor;
  /** log p̂ of the row's label, [K, B]. */
  readonly logPReference: tf.Tensor;
  /** log p̂ of the row's alternative label, [K, B]. */
  readonly logPReferenceAlternative: tf.Tensor;
  /** Log-probabilities under the method's teacher, [K, B, C]. */
  readonly teacherLogProbs: tf.Tensor;
  /** The labels as one-hot rows, [K, B, C]. */
  readonly oneHot: tf.Tensor;
}

/** One term of an objective: a mean over the rows of a split. `T`: hyperparameters as tensors, [K, 1]. */
export interface RowTerm<N, T> {
  readonly on: Split;
  readonly pulls: readonly Pull<N>[];
  /** The same term as a loss per row [K, B], in nats: what the pulls must be the gradient of; the tests hold them to it. */
  readonly loss: (rows: Rows, settings: T) => tf.Tensor;
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
}

/**
 * One term of an objective that says dLoss/dLogits of a whole batch: for targets that are computed, for losses of
 * logits, for batch means inside a nonlinearity. Its rows are pulls too: each goes along minus its gradient.
 */
export interface OutputTerm<N, T> {
  readonly on: Split;
  /** Writes dLoss/dLogits into out, [B * C], the 1/B of a mean included. Made of + - * /, Math.sqrt and engine/base/math.ts. */
  readonly gradient: (outputs: LaneOutputs, settings: N, out: Float32Array) => void;
  /** The same term as a loss per lane, [K], in nats: what `gradient` must be the gradient of. */
  readonly loss: (rows: Rows, settings: T) => tf.Tensor;
}

export type Term<N, T> = RowTerm<N, T> | OutputTerm<N, T>;

// biome-ignore lint/suspicious/noExplicitAny: inside a method file the types of its hyperparameters stay exact.
export type AnyRowTerm = RowTerm<any, any>;
// biome-ignore lint/suspicious/noExplicitAny: the same.
export type AnyOutputTerm = OutputTerm<any, any>;
export type AnyTerm = AnyRowTerm | AnyOutputTerm;

export const isRowTerm = (term: AnyTerm): term is AnyRowTerm => 'pulls' in term;

/** The loss of a term per lane, [K]: the mean over its rows. */
export const termLoss = (term: AnyTerm, rows: Rows, settings: unknown): tf.Tensor =>
  isRowTerm(term) ? tf.mean(term.loss(rows, settings), 1) : term.loss(rows, settings);

/** A term with its hyperparameters and its factor, lane by lane. */
export interface LaneTerm<T = AnyTerm> {
  readonly term: T;
  readonly settings: readonly unknown[];
  /** Absent: 1. */
  readonly scale?: readonly number[];
}

export const missing = (what: string): never => {
  throw new SimError(
    'method/undeclared-need',
    `This objective reads ${what}, which its method does not declare in "needs".`,
  );
};

/** The columns that rows are read from; each begins with the first row that is asked for. */
export interface Columns {
  readonly logP: Float32Array;
  readonly logPAlternative?: Float32Array | undefined;
  readonly logPReference?: Float32Array | undefined;
  /** There where both of the others are. */
  readonly logPReferenceAlternative?: Float32Array | undefined;
}

/** A row whose fields throw when they are read, but for those that there are. */
const emptyRow = (hasAlternative: boolean, hasReference: boolean): { -readonly [F in keyof Row]: Row[F] } => {
  const row = { logP: 0.5, logPAlternative: 0.5, logPReference: 0.5, logPReferenceAlternative: 0.5 }; // fractions: the fields hold doubles
  const refuse = (field: keyof Row, what: string) => Object.defineProperty(row, field, { get: () => missing(what) });
  if (!hasAlternative) refuse('logPAlternative', 'alternative labels');
  if (!hasReference) refuse('logPReference', 'the original model');
  if (!hasReference || !hasAlternative) {
    refuse('logPReferenceAlternative', hasReference ? 'alternative labels' : 'the original model');
  }
  return row;
};

/** The row that is filled in and handed out again and again, for each choice of columns. */
const ROWS = [emptyRow(false, false), emptyRow(true, false), emptyRow(false, true), emptyRow(true, true)];

/** out[i] = factor * weight of row i, for the first `count` rows. */
export const weighRows = (
  { weight }: Pull<unknown>,
  settings: unknown,
  factor: number,
  columns: Columns,
  count: number,
  out: Float32Array,
): void => {
  const { logP, logPAlternative, logPReference, logPReferenceAlternative } = columns;
  const row = ROWS[(logPAlternative ? 1 : 0) + (logPReference ? 2 : 0)] as ReturnType<typeof emptyRow>;
  if (weight.length === 0) {
    out.fill(factor * weight(row, settings), 0, count); // it cannot depend on the row
    return;
  }
  for (let i = 0; i < count; i++) {
    row.logP = logP[i] as number;
    if (logPAlternative) row.logPAlternative = logPAlternative[i] as number;
    if (logPReference) row.logPReference = logPReference[i] as number;
    if (logPReferenceAlternative) row.logPReferenceAlternative = logPReferenceAlternative[i] as number;
    out[i] = factor * weight(row, settings);
  }
};

/** log softmax of logits [..., C] by the max shift: the logarithm of a softmax is -Infinity where that underflows. */
const logProbsOf = (logits: tf.Tensor): tf.Tensor => {
  const shifted = tf.sub(logits, tf.max(logits, -1, true));
  return tf.sub(shifted, tf.log(tf.sum(tf.exp(shifted), -1, true)));
};

const once = (compute: () => tf.Tensor): (() => tf.Tensor) => {
  let value: tf.Tensor | undefined;
  return () => {
    value ??= compute();
    return value;
  };
};

/** The rows of logits [K, B, C] as tensors. */
export const rowsOf = (logits: tf.Tensor, batch: Batch): Rows => {
  const C = logits.shape[2] as number;
  const logProbs = once(() => logProbsOf(logits));
  const probs = once(() => tf.exp(logProbs()));
  const alternatives = () => batch.alternatives ?? missing('alternative labels');
  const reference = () => batch.reference ?? missing('the original model');
  const oneHot = once(() => tf.cast(tf.oneHot(batch.y, C), 'float32'));
  const pick = (from: () => tf.Tensor, labels: () => tf.Tensor) =>
    once(() => tf.sum(tf.mul(from(), tf.cast(tf.oneHot(labels(), C), 'float32')), -1));
  const logP = pick(logProbs, () => batch.y);
  const logPAlternative = pick(logProbs, alternatives);
  const logPReference = pick(reference, () => batch.y);
  const logPReferenceAlternative = pick(reference, alternatives);
  return {
    logits,
    get oneHot() {
      return oneHot();
    },
    get teacherLogProbs() {
      return batch.teacher ?? missing('a teacher');
    },
    get probs() {
      return probs();
    },
    get logProbs() {
      return logProbs();
    },
    get logP() {
      return logP();
    },
    get logPAlternative() {
      return logPAlternative();
    },
    get referenceLogProbs() {
      return reference();
    },
    get logPReference() {
      return logPReference();
    },
    get logPReferenceAlternative() {
      return logPReferenceAlternative();
    },
  };
};

/** E[-log p_y]: cross-entropy on a split. */
export const crossEntropy = (on: Split): RowTerm<unknown, unknown> => ({
  on,
  pulls: [{ towards: 'label', weight: () => 1 }],
  loss: (rows) => tf.neg(rows.logP),
});
