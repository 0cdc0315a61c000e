import { SimError } from './errors.ts';
import type { Split } from './method.ts';
import * as tf from './tf.ts';

/**
 * The vocabulary of row objectives. For a softmax classifier almost every unlearning loss is, example by
 * example, a pull: towards which distribution t over the classes, and with what signed weight w. The
 * gradient of such a loss with respect to the logits is w (p - t) (methods.md A6), so a method is told by
 * its pulls, and the page can draw them.
 */

/** One mini-batch of a split, for K lanes. */
export interface Batch {
  /** [K, B, D] */
  readonly x: tf.Tensor;
  /** The labels, one-hot: [K, B, C]. */
  readonly labels: tf.Tensor;
  /** Other labels (random, "I don't know"), one-hot: [K, B, C]. */
  readonly alternatives?: tf.Tensor;
  /** Log-probabilities under the original model θ_o: [K, B, C]. */
  readonly reference?: tf.Tensor;
  /** B */
  readonly size: number;
}

/** What an objective may know of the rows of a batch. Computed once, on first use, inside one tidy scope. */
export interface Row {
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
}

/** Towards which distribution a pull goes: the label, the alternative label, or the original model's output. */
export type Towards = 'label' | 'alternative' | 'reference';

/** Per-row values [K, B], or one number for all rows. */
export type PerRow = tf.Tensor | number;

export interface Pull<H> {
  readonly towards: Towards;
  /** Positive pulls towards, negative pushes away. */
  readonly weight: (row: Row, hp: H) => PerRow;
}

/** One term of an objective: a mean over the rows of a split. */
export interface RowTerm<H> {
  readonly on: Split;
  readonly pulls: readonly Pull<H>[];
  /** The same term as a loss per row [K, B], in nats: what is plotted, and the oracle of the pulls in the tests. */
  readonly loss: (row: Row, hp: H) => tf.Tensor;
}

const missing = (what: string): never => {
  throw new SimError(
    'method/undeclared-need',
    `This objective reads ${what}, which its method does not declare in "needs".`,
  );
};

const once = (compute: () => tf.Tensor): (() => tf.Tensor) => {
  let value: tf.Tensor | undefined;
  return () => {
    value ??= compute();
    return value;
  };
};

/** Rows from logits [K, B, C]; log-probabilities by the max shift, never log of a softmax (methods.md A5). */
export const rowsOf = (logits: tf.Tensor, batch: Batch): Row => {
  const logProbs = once(() => {
    const shifted = tf.sub(logits, tf.max(logits, -1, true));
    return tf.sub(shifted, tf.log(tf.sum(tf.exp(shifted), -1, true)));
  });
  const probs = once(() => tf.exp(logProbs()));
  const alternatives = () => batch.alternatives ?? missing('alternative labels');
  const reference = () => batch.reference ?? missing('the original model');
  const pick = (from: () => tf.Tensor, oneHot: () => tf.Tensor) => once(() => tf.sum(tf.mul(from(), oneHot()), -1));
  const logP = pick(logProbs, () => batch.labels);
  const logPAlternative = pick(logProbs, alternatives);
  const logPReference = pick(reference, () => batch.labels);
  return {
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
  };
};

/** A term with its factor per lane, [K, 1]; absent means 1. */
export interface ScaledTerm<H> {
  readonly term: RowTerm<H>;
  readonly hp: H;
  readonly scale?: tf.Tensor;
}

export interface Objective {
  /** Mean loss per lane, [K]. */
  readonly loss: tf.Tensor;
  /** dLoss/dLogits, [K, B, C]. */
  readonly dLogits: tf.Tensor;
}

const distribution = (towards: Towards, batch: Batch, row: Row): tf.Tensor => {
  if (towards === 'label') return batch.labels;
  if (towards === 'alternative') return batch.alternatives ?? missing('alternative labels');
  return tf.exp(row.referenceLogProbs);
};

/** Value and gradient of a sum of terms over one batch. The function that a fused row kernel replaces. */
export const rowObjective = <H>(terms: readonly ScaledTerm<H>[], logits: tf.Tensor, batch: Batch): Objective => {
  const row = rowsOf(logits, batch);
  const losses: tf.Tensor[] = [];
  const gradients: tf.Tensor[] = [];
  for (const { term, hp, scale } of terms) {
    const mean = tf.mean(term.loss(row, hp), 1, true); // [K, 1]
    losses.push(scale ? tf.mul(mean, scale) : mean);
    for (const { towards, weight } of term.pulls) {
      const away = tf.sub(row.probs, distribution(towards, batch, row)); // p - t
      const w = weight(row, hp);
      const share = typeof w === 'number' ? tf.scalar(w / batch.size) : tf.div(w, batch.size);
      const scaled = scale ? tf.mul(share, scale) : share; // [K, B], [K, 1] or []
      gradients.push(tf.mul(away, scaled.rank === 2 ? tf.expandDims(scaled, 2) : scaled));
    }
  }
  return {
    loss: tf.reshape(tf.addN(losses), [-1]),
    dLogits: gradients.length === 1 ? (gradients[0] as tf.Tensor) : tf.addN(gradients),
  };
};

/** E[-log p_y]: cross-entropy on a split. */
export const crossEntropy = (on: Split): RowTerm<unknown> => ({
  on,
  pulls: [{ towards: 'label', weight: () => 1 }],
  loss: (row) => tf.neg(row.logP),
});
