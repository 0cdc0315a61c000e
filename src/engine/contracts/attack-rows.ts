import { exp, log } from '../base/math.ts';
import { foldIn, type Key, sample } from '../base/random.ts';
import { logSoftmax } from '../network/predict.ts';
import { logitsAt } from '../network/serve.ts';
import type { PointSet } from './dataset.ts';
import { argmax, meanOver } from './metric.ts';
import type { Network } from './network.ts';

/** Some points of a set, in the order of their indices. */
export const pickPoints = ({ x, y }: PointSet, indices: Int32Array, inputs: number): PointSet => {
  const picked = new Float32Array(indices.length * inputs);
  indices.forEach((i, row) => {
    picked.set(x.subarray(i * inputs, (i + 1) * inputs), row * inputs);
  });
  return { x: picked, y: indices.map((i) => y[i] as number) };
};

/** Share of points whose most probable class is their label; NaN for no points. */
export const accuracyOn = (model: Network, weights: Float32Array, { x, y }: PointSet): number => {
  if (y.length === 0) return Number.NaN;
  const logits = logitsAt(model, weights, x);
  return meanOver(y.length, (row) => (argmax(logits, row * model.classes, model.classes) === y[row] ? 1 : 0));
};

/** -log p of each point's label, in nats. */
export const lossesOn = (model: Network, weights: Float32Array, { x, y }: PointSet): number[] => {
  if (y.length === 0) return [];
  const logProbs = logSoftmax(logitsAt(model, weights, x), model.classes);
  return Array.from(y, (label, row) => -(logProbs[row * model.classes + label] as number));
};

/** φ = log(p / (1 - p)) from a loss -log p, kept within ±30: what single precision still tells apart. */
export const logitOfLoss = (loss: number): number => {
  const p = exp(-loss);
  return Math.min(30, Math.max(-30, -loss - log(Math.max(1e-14, 1 - p))));
};

/** Some of a list of indices, drawn without replacement, ascending; all of them if there are no more. */
export const drawFrom = (indices: Int32Array, count: number, key: Key, purpose: string): Int32Array => {
  const chosen = sample(foldIn(key, purpose), indices.length, Math.min(count, indices.length));
  return chosen.map((i) => indices[i] as number);
};
