import * as tf from '../../engine/base/tf.ts';
import type { Network } from '../../engine/contracts/network.ts';
import type { LaneTerm, Split } from '../../engine/contracts/rows.ts';

import { pullSizes, rowGradient } from '../../engine/objective/row-gradient.ts';
import { isRowTerm } from '../../engine/objective/rows.ts';
import type { Pulls } from '../family.ts';
import { createBatches, type PointRows } from './batches.ts';

/** The position of the class with the largest push. */
const highest = (push: Float32Array): number =>
  push.reduce((best, value, c) => (value > (push[best] as number) ? c : best), 0);

/** How hard terms pull the points of a split, given the logits of all training points, and where to. */
export const pullsOn = (
  model: Network,
  all: Float32Array,
  rows: PointRows,
  terms: readonly LaneTerm[],
  on: Split,
  pass: number,
): Pulls => {
  const C = model.classes;
  const N = rows.indices.length;
  const logits = Float32Array.from(
    { length: N * C },
    (_, i) => all[(rows.indices[Math.floor(i / C)] as number) * C + (i % C)] as number,
  );
  const whole = createBatches([rows], on, 'full', model.inputs, C);
  try {
    let [size, push] = [new Float32Array(), new Float32Array()];
    tf.tidy(() => {
      const batch = whole.at(pass);
      const at = tf.tensorOf(logits, [1, N, C]);
      size = Float32Array.from(pullSizes(terms, at, batch));
      push = Float32Array.from(tf.valuesOf(rowGradient(terms, at, batch)), (slope) => -N * slope);
    });
    return {
      indices: rows.indices.slice(),
      size,
      lift: Float32Array.from(rows.indices, (index, i) => push[i * C + (rows.y[index] as number)] as number),
      target: Uint8Array.from(rows.indices, (_, i) => highest(push.subarray(i * C, (i + 1) * C))),
      isOfGradients: terms.some(({ term }) => !isRowTerm(term)),
    };
  } finally {
    whole.dispose();
  }
};
