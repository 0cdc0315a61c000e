import type { Network } from '../contracts/network.ts';
import { linearized } from '../network/linearize.ts';

import { logitsAt } from '../network/serve.ts';
import { slopesFor } from './slopes.ts';

/** What a loss's curvature at some weights is made of: some rows, their network made linear, what each row pulls. */
export interface RowsAt {
  /** Rows, N. */
  readonly count: number;
  readonly classes: number;
  /** dCE/dLogits of every row, p - e_y, [N * C]. */
  readonly slopes: Float64Array;
  /** p, [N * C]. */
  readonly probs: Float64Array;
  /** J v, [N * C]. */
  readonly push: (v: Float64Array) => Float64Array;
  /** Jᵀ u, [P]. */
  readonly pull: (u: Float64Array) => Float64Array;
}

/** Rows x [N * D] with labels y [N] at weights [P]. */
export const rowsAt = (model: Network, weights: Float32Array, x: Float32Array, y: Int32Array): RowsAt => {
  const { classes } = model;
  const slopes = Float64Array.from(slopesFor(logitsAt(model, weights, x), y, classes));
  const probs = slopes.map((s, i) => s + (y[Math.floor(i / classes)] === i % classes ? 1 : 0));
  return { count: y.length, classes, slopes, probs, ...linearized(model, weights, x) };
};

/** For every row, the sum over its classes of weights times values, [N]. */
export const rowSums = (classes: number, weights: Float64Array, values: Float64Array): Float64Array => {
  const sums = new Float64Array(values.length / classes);
  values.forEach((value, i) => {
    const row = Math.floor(i / classes);
    sums[row] = (sums[row] as number) + (weights[i] as number) * value;
  });
  return sums;
};

/** x -> C x for the generalized Gauss-Newton matrix, the mean over the rows of Jᵀ (diag p - p pᵀ) J. */
export const gaussNewtonTimes =
  ({ push, pull, probs, count, classes }: RowsAt) =>
  (x: Float64Array): Float64Array => {
    const change = push(x);
    const mean = rowSums(classes, probs, change);
    return pull(change.map((z, i) => ((probs[i] as number) * (z - (mean[Math.floor(i / classes)] as number))) / count));
  };

/** x -> C x for the empirical Fisher information, the mean over the rows of Jᵀ (p - e_y)(p - e_y)ᵀ J. */
export const empiricalFisherTimes =
  ({ push, pull, slopes, count, classes }: RowsAt) =>
  (x: Float64Array): Float64Array => {
    const along = rowSums(classes, slopes, push(x));
    return pull(slopes.map((s, i) => (s * (along[Math.floor(i / classes)] as number)) / count));
  };

/** x -> C x + λ x */
export const dampedBy =
  (damping: number, times: (x: Float64Array) => Float64Array) =>
  (x: Float64Array): Float64Array =>
    times(x).map((value, i) => value + damping * (x[i] as number));
