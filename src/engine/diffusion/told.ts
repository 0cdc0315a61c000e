import * as tf from '../base/tf.ts';
import type { Network } from '../contracts/network.ts';
import type { Batch, Noised } from '../contracts/rows.ts';
import { CODE_AT, DIMENSIONS, FEATURES, inputsOf, type Process } from './process.ts';

/** How a batch's rows came about. @throws {Error} if they are no noised points, which `conditions` of a method rules out */
export const noisedOf = ({ noised }: Batch): Noised => {
  if (!noised) throw new Error('these rows are no noised points under conditions');
  return noised;
};

/** Rows of inputs [K, B, D] from points [K * B * 2] at times [K * B], told by codes [K * B * codeWidth]. */
export const rowsAt = (
  process: Process,
  points: Float32Array,
  times: Int32Array,
  codes: Float32Array,
  K: number,
): tf.Tensor => {
  const { features, codeWidth } = process;
  const width = inputsOf(process);
  const n = times.length;
  const x = new Float32Array(n * width);
  for (let row = 0, at = 0; row < n; row++, at += width) {
    const told = (times[row] as number) * FEATURES;
    for (let d = 0; d < DIMENSIONS; d++) x[at + d] = points[row * DIMENSIONS + d] as number;
    for (let f = 0; f < FEATURES; f++) x[at + DIMENSIONS + f] = features[told + f] as number;
    for (let i = 0; i < codeWidth; i++) x[at + CODE_AT + i] = codes[row * codeWidth + i] as number;
  }
  return tf.tensorOf(x, [K, n / K, width]);
};

/** A batch's rows [K, B, D] told by other codes [K * B * codeWidth]: the same points, the same times. */
export const told = (batch: Batch, codes: Float32Array): tf.Tensor => {
  const { process } = noisedOf(batch);
  const { codeWidth } = process;
  const width = inputsOf(process);
  const x = Float32Array.from(tf.valuesOf(batch.x));
  for (let row = 0; row < codes.length / codeWidth; row++) {
    for (let i = 0; i < codeWidth; i++) x[row * width + CODE_AT + i] = codes[row * codeWidth + i] as number;
  }
  return tf.tensorOf(x, batch.x.shape);
};

/** One code for all rows of each lane: codes [K * codeWidth] -> [K * B * codeWidth]. */
export const spread = (codes: Float32Array, K: number, B: number): Float32Array => {
  const width = codes.length / K;
  const out = new Float32Array(K * B * width);
  for (let k = 0; k < K; k++) {
    for (let b = 0; b < B; b++) out.set(codes.subarray(k * width, (k + 1) * width), (k * B + b) * width);
  }
  return out;
};

/**
 * The gradient of a lane's mean squared error, over rows and coordinates, with respect to the code that all its rows are told:
 * [K * codeWidth].
 *
 * @param x rows [K, B, D] that are told that code
 * @param target what the network should say of them, [K, B, 2]
 */
export const codeGradient = (model: Network, weights: tf.Tensor, x: tf.Tensor, target: tf.Tensor): Float32Array => {
  const [K, B, D] = x.shape as [number, number, number];
  const pass = model.forward(weights, x);
  const slope = tf.mul(2 / (B * DIMENSIONS), tf.sub(pass.logits, target));
  const entered = tf.valuesOf(model.backwardToInputs(pass, slope).inputs);
  const width = D - CODE_AT;
  const out = new Float32Array(K * width);
  for (let row = 0; row < K * B; row++) {
    const k = Math.floor(row / B);
    for (let i = 0; i < width; i++) {
      out[k * width + i] = (out[k * width + i] as number) + (entered[row * D + CODE_AT + i] as number);
    }
  }
  return out;
};
