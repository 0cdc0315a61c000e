import * as tf from '../base/tf.ts';
import type { Model, Served } from './model.ts';
import { decisions, logSoftmax } from './predict.ts';

/** What answers for a lane, from a function that gives logits [N * C] for points [N * D]. */
export const servedBy = (
  model: Pick<Model, 'classes'>,
  size: number,
  logitsOf: (params: Float32Array, points: Float32Array) => Float32Array,
): Served => {
  const at = (params: Float32Array, x: tf.Tensor) => logitsOf(params, tf.valuesOf(x) as Float32Array);
  return {
    size,
    predict: (params, x) => {
      const logits = at(params, x);
      return { logits, logProbs: logSoftmax(logits, model.classes) };
    },
    decide: (params, x) => decisions(at(params, x), model.classes),
  };
};

/** Logits [N * C] of one network [P] at points [N * D]. */
export const logitsAt = (model: Model, params: Float32Array, points: Float32Array): Float32Array =>
  tf.tidy(() => model.predict(params, tf.tensorOf(points, [1, points.length / model.inputs, model.inputs])).logits);

/** Activations of every hidden layer of one network [P] at points [N * D]: [N * width] each. */
export const hiddenAt = (model: Model, weights: Float32Array, points: Float32Array): Float32Array[] =>
  tf.tidy(() => {
    const x = tf.tensorOf(points, [1, points.length / model.inputs, model.inputs]);
    const { inputs } = model.forward(tf.tensorOf(weights, [1, model.size]), x);
    return inputs.slice(1).map((layer) => (tf.valuesOf(layer) as Float32Array).slice());
  });
