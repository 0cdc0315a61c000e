import * as tf from '../../engine/base/tf.ts';
import type { Network } from '../../engine/contracts/network.ts';
import { DIMENSIONS, inputsOf, type Process } from '../../engine/diffusion/process.ts';
import { rowsAt } from '../../engine/diffusion/told.ts';

/** A batch of a generator that draws in one step, as tensors [K, B, ...]. */
export interface OneStep {
  /** Where the generator begins: √(1-ᾱ) z. */
  readonly start: tf.Tensor;
  /** What it is told there. */
  readonly begin: tf.Tensor;
  /** ᾱ at the generator's time. */
  readonly left: number;
  /** ᾱ at the time of each row's comparison, [K, B, 1]. */
  readonly kept: tf.Tensor;
  /** ε of the comparison. */
  readonly noise: tf.Tensor;
  /** What the score of the generator's samples is told at that time, and what the original score is. */
  readonly own: tf.Tensor;
  readonly asked: tf.Tensor;
}

interface Drawn {
  readonly K: number;
  /** [K * B * 2] */
  readonly z: Float32Array;
  readonly noise: Float32Array;
  /** Of the comparison, [K * B]. */
  readonly times: Int32Array;
  /** Of the generator. */
  readonly begin: number;
  /** Codes [K * B * codeWidth] of the condition, and of the one that the original is asked about. */
  readonly codes: Float32Array;
  readonly asked: Float32Array;
}

/** A batch from what was drawn for it. */
export const oneStep = (process: Process, { K, z, noise, times, begin, codes, asked }: Drawn): OneStep => {
  const n = times.length;
  const B = n / K;
  const left = process.kept[begin] as number;
  const told = (at: Int32Array, of: Float32Array) =>
    tf.slice(
      rowsAt(process, new Float32Array(n * DIMENSIONS), at, of, K),
      [0, 0, DIMENSIONS],
      [K, B, inputsOf(process) - DIMENSIONS],
    );
  return {
    start: tf.tensorOf(
      z.map((value) => Math.sqrt(1 - left) * value),
      [K, B, DIMENSIONS],
    ),
    begin: told(new Int32Array(n).fill(begin), codes),
    left,
    kept: tf.tensorOf(
      Float32Array.from(times, (time) => process.kept[time] as number),
      [K, B, 1],
    ),
    noise: tf.tensorOf(noise.slice(), [K, B, DIMENSIONS]),
    own: told(times, codes),
    asked: told(times, asked),
  };
};

const said = (model: Network, weights: tf.Tensor, x: tf.Tensor, told: tf.Tensor): tf.Tensor =>
  model.forward(weights, tf.concat([x, told], 2)).logits;

/** What the generator draws, [K, B, 2]. */
export const generated = (model: Network, weights: tf.Tensor, { start, begin, left }: OneStep): tf.Tensor =>
  tf.sub(tf.div(start, Math.sqrt(left)), tf.mul(Math.sqrt(1 / left - 1), said(model, weights, start, begin)));

const noisedAt = (points: tf.Tensor, { kept, noise }: OneStep): tf.Tensor =>
  tf.add(tf.mul(tf.sqrt(kept), points), tf.mul(tf.sqrt(tf.sub(1, kept)), noise));

/** The loss of training on the generator's own samples [K, B, 2], [K]: what the fake score learns from. */
export const fakeLoss = (model: Network, weights: tf.Tensor, drawn: OneStep, points: tf.Tensor): tf.Tensor => {
  const away = tf.sub(said(model, weights, noisedAt(points, drawn), drawn.own), drawn.noise);
  return tf.mean(tf.sum(tf.square(away), 2), 1);
};

/** What a score takes x_t for. */
const origin = (x: tf.Tensor, epsilon: tf.Tensor, kept: tf.Tensor): tf.Tensor =>
  tf.div(tf.sub(x, tf.mul(tf.sqrt(tf.sub(1, kept)), epsilon)), tf.sqrt(kept));

interface Scores {
  readonly fake: tf.Tensor;
  readonly original: tf.Tensor;
  /** [K, 1, 1] */
  readonly alpha: tf.Tensor;
}

/** The generator's loss at its weights, [K]. */
export const generatorLoss = (
  model: Network,
  weights: tf.Tensor,
  drawn: OneStep,
  { fake, original, alpha }: Scores,
): tf.Tensor => {
  const points = generated(model, weights, drawn);
  const x = noisedAt(points, drawn);
  const real = origin(x, said(model, original, x, drawn.asked), drawn.kept);
  const own = origin(x, said(model, fake, x, drawn.own), drawn.kept);
  const gap = tf.sub(real, own);
  const product = tf.mul(gap, tf.sub(tf.sub(real, points), tf.mul(alpha, gap)));
  // A number and no function of the weights: its values go through a tensor of its own.
  const away = tf.sub(real, points);
  const size = tf.maximum(1e-5, tf.mean(tf.maximum(away, tf.neg(away)), 2, true));
  const weight = tf.tensorOf(Float32Array.from(tf.valuesOf(size)), size.shape);
  return tf.mean(tf.sum(tf.div(product, weight), 2), 1);
};
