import * as tf from '../base/tf.ts';
import type { Network, Served } from '../contracts/network.ts';

import { decisions, logSoftmax } from './predict.ts';

/** Rows of numbers [N * D], or of token ids. */
type Points = Float32Array | Int32Array;

/** What answers for a lane, from a function that gives logits [N * C] for points [N * D]. */
export const servedBy = (
  model: Pick<Network, 'classes'>,
  size: number,
  logitsOf: (weights: Float32Array, points: Points) => Float32Array,
): Served => {
  const at = (weights: Float32Array, x: tf.Tensor) => logitsOf(weights, tf.valuesOf(x) as Points);
  return {
    size,
    predict: (weights, x) => {
      const logits = at(weights, x);
      return { logits, logProbs: logSoftmax(logits, model.classes) };
    },
    decide: (weights, x) => decisions(at(weights, x), model.classes),
  };
};

/** Logits [N * C] of one network [P] at points [N * D]. */
export const logitsAt = (model: Network, weights: Float32Array, points: Points): Float32Array =>
  tf.tidy(() => model.predict(weights, tf.tensorOf(points, [1, points.length / model.inputs, model.inputs])).logits);

/** Activations of every hidden layer of one network [P] at points [N * D]: [N * width] each. */
export const hiddenAt = (model: Network, weights: Float32Array, points: Points): Float32Array[] =>
  tf.tidy(() => {
    const x = tf.tensorOf(points, [1, points.length / model.inputs, model.inputs]);
    const { inputs } = model.forward(tf.tensorOf(weights, [1, model.size]), x);
    return inputs.slice(1).map((layer) => (tf.valuesOf(layer) as Float32Array).slice());
  });
