import { exp, log } from '../base/math.ts';
import * as tf from '../base/tf.ts';
import type { LaneOutputs, Rows } from '../contracts/rows.ts';
import { meanOverRows } from './rows.ts';

/** Parts of output terms that several methods share: what they pull towards, and how hard. */

/** Writes `factor` times the gradient of the mean KL(1/C ‖ p) over the batch. */
export const uniformGradient = ({ rows, classes, probs }: LaneOutputs, factor: number, out: Float32Array): void => {
  for (let i = 0; i < rows * classes; i++) out[i] = (factor / rows) * ((probs[i] as number) - 1 / classes);
};

/** The mean KL(1/C ‖ p) per lane, [K]. */
export const uniformLoss = (rows: Rows): tf.Tensor =>
  tf.neg(tf.add(meanOverRows(rows, tf.mean(rows.logProbs, 2)), log(rows.logProbs.shape[2] as number)));

/** softmax(values / temperature) of C values from `at` on. */
export const softmaxAt = (values: Float32Array, at: number, classes: number, temperature = 1): Float32Array => {
  let largest = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < classes; c++) largest = Math.max(largest, values[at + c] as number);
  let sum = 0;
  const out = new Float32Array(classes);
  for (let c = 0; c < classes; c++) {
    const e = exp(((values[at + c] as number) - largest) / temperature);
    out[c] = e;
    sum += e;
  }
  for (let c = 0; c < classes; c++) out[c] = (out[c] as number) / sum;
  return out;
};

/**
 * Writes `factor` times the gradient of τ² E[KL(q_τ ‖ p_τ)], q given as log-probabilities [B * C]: τ (p_τ - q_τ) per row.
 */
export const distillGradient = (
  { rows, classes, logits }: LaneOutputs,
  target: Float32Array,
  temperature: number,
  factor: number,
  out: Float32Array,
): void => {
  for (let b = 0; b < rows; b++) {
    const p = softmaxAt(logits, b * classes, classes, temperature);
    const q = softmaxAt(target, b * classes, classes, temperature);
    for (let c = 0; c < classes; c++) {
      out[b * classes + c] = ((factor * temperature) / rows) * ((p[c] as number) - (q[c] as number));
    }
  }
};

/** τ² E[KL(q_τ ‖ p_τ)] per lane, [K]; τ a number or [K, 1]. */
export const distillLoss = ({ logits }: Rows, target: tf.Tensor, temperature: tf.Tensor | number): tf.Tensor => {
  const t = typeof temperature === 'number' ? temperature : tf.reshape(temperature, [-1, 1, 1]);
  const logP = tf.logSoftmax(tf.div(logits, t));
  const logQ = tf.logSoftmax(tf.div(target, t));
  const divergence = tf.mean(tf.sum(tf.mul(tf.exp(logQ), tf.sub(logQ, logP)), -1), 1);
  const square = typeof temperature === 'number' ? temperature * temperature : tf.square(tf.reshape(temperature, [-1]));
  return tf.mul(square, divergence);
};

/** The values of a tensor as a constant: no gradient flows through. */
export const constant = (tensor: tf.Tensor): tf.Tensor =>
  tf.tensorOf((tf.valuesOf(tensor) as Float32Array).slice(), tensor.shape);
