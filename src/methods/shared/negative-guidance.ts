import * as tf from '../../engine/base/tf.ts';
import type { MethodContext } from '../../engine/contracts/method.ts';
import type { Batch } from '../../engine/contracts/rows.ts';
import { codesOf } from '../../engine/diffusion/sampler.ts';
import { noisedOf, rowsAt } from '../../engine/diffusion/told.ts';

/** The hyperparameters of ESD, and of what goes on from it. */
export const esdParams = {
  eta: {
    kind: 'number',
    label: 'Negative guidance',
    symbol: 'η',
    help: 'How far beyond "no condition" the target lies, away from the class. 0: what the original says without a condition.',
    default: 1,
    min: 0,
    max: 10,
    scale: 'linear',
  },
  refresh: {
    kind: 'int',
    label: 'Steps between fresh paths',
    help: 'After so many steps the paths on which the loss is taken are drawn anew by the model as it stands.',
    default: 20,
    min: 1,
    max: 200,
  },
} as const;

/** ε̂(∅) - η (ε̂(c_f) - ε̂(∅)), [K, B, 2]. η is a number per lane, [K, 1]. */
const awayFrom = (without: tf.Tensor, under: tf.Tensor, eta: tf.Tensor): tf.Tensor =>
  tf.sub(without, tf.mul(tf.expandDims(eta, 2), tf.sub(under, without)));

/** Rows at points of one time, told by some codes, with negative guidance of the original as their other target. */
export const guidedAway = (
  ctx: Pick<MethodContext, 'model' | 'original'>,
  batch: Batch,
  { points, times }: { readonly points: Float32Array; readonly times: Int32Array },
  eta: tf.Tensor,
  codes?: Float32Array,
): Batch => {
  const { process, conditions, nulls } = noisedOf(batch);
  const K = batch.x.shape[0] as number;
  const rows = (of: Float32Array) => rowsAt(process, points, times, of, K);
  const own = rows(codesOf(process, conditions));
  const said = (x: tf.Tensor) => ctx.model.forward(ctx.original(), x).logits;
  return {
    ...batch,
    x: codes ? rows(codes) : own,
    alternatives: awayFrom(said(rows(codesOf(process, nulls))), said(own), eta),
  };
};
