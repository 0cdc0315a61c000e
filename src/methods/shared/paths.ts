import { foldIn, integer, type Key } from '../../engine/base/random.ts';
import * as tf from '../../engine/base/tf.ts';
import type { MethodContext, MethodState } from '../../engine/contracts/method.ts';
import type { Batch } from '../../engine/contracts/rows.ts';
import { DIMENSIONS } from '../../engine/diffusion/process.ts';
import { codesOf, drawNoise, sample } from '../../engine/diffusion/sampler.ts';
import { noisedOf } from '../../engine/diffusion/told.ts';

/**
 * Points on the way of samples: what a model that draws sees while it draws under the erased condition. A bank of them is part
 * of a method's state, and drawn anew every few steps from the weights as they then are.
 */

/** Sampling paths of all lanes from their weights, [K, T, B, 2]: one for each row of the batch, under its condition. */
const drawPaths = (
  ctx: Pick<MethodContext, 'model' | 'keys' | 'step'>,
  weights: tf.Tensor,
  batch: Batch,
): tf.Tensor => {
  const { process, conditions } = noisedOf(batch);
  const { size: B } = batch;
  const { model, keys, step } = ctx;
  const P = model.size;
  const theta = tf.valuesOf(weights) as Float32Array;
  const per = B * DIMENSIONS;
  const out = new Float32Array(keys.length * process.steps * per);
  keys.forEach((key, k) => {
    const codes = codesOf(process, conditions.subarray(k * B, (k + 1) * B));
    const noise = drawNoise(foldIn(key, 'paths', step), B, process.steps);
    sample(model, process, theta.slice(k * P, (k + 1) * P), codes, noise, undefined, (x, time) =>
      out.set(x, (k * process.steps + time) * per),
    );
  });
  return tf.tensorOf(out, [keys.length, process.steps, B, DIMENSIONS]);
};

/** The bank for a step: the state's, or a fresh one where it is time. */
export const pathsFor = (
  ctx: Pick<MethodContext, 'model' | 'keys' | 'step'>,
  state: MethodState,
  batch: Batch,
  refresh: number,
): tf.Tensor => (ctx.step % refresh === 0 || !state['paths'] ? drawPaths(ctx, state.weights, batch) : state['paths']);

/** Points of one time for each lane, drawn by its key: points [K * B * 2], times [K * B]. */
export const pointsAt = (
  paths: tf.Tensor,
  keys: readonly Key[],
  name: string,
  step: number,
): { readonly points: Float32Array; readonly times: Int32Array } => {
  const [K, T, B] = paths.shape as [number, number, number];
  const all = tf.valuesOf(paths) as Float32Array;
  const points = new Float32Array(K * B * DIMENSIONS);
  const times = new Int32Array(K * B);
  const per = B * DIMENSIONS;
  keys.forEach((key, k) => {
    const time = integer(foldIn(key, name), step, T);
    points.set(all.subarray((k * T + time) * per, (k * T + time + 1) * per), k * per);
    times.fill(time, k * B, (k + 1) * B);
  });
  return { points, times };
};
