import * as tfjs from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../src/engine/base/tf.ts';
import {
  descend,
  type OptimizerName,
  type OptimizerSettings,
  optimizers,
  settle,
} from '../../src/engine/objective/optim.ts';
import { engineForTests } from '../support/engine.ts';

beforeAll(engineForTests);

const column = (...values: number[]): tf.Tensor => tf.tensor2d(values, [values.length, 1]);

/** Steps down f(w) = sum of w_i^2 * (i + 1) from ones; two lanes with settings of their own. */
const path = (name: OptimizerName, settings: OptimizerSettings, steps: number, mask?: tf.Tensor): number[] => {
  const scale = tf.tensor2d([
    [1, 2, 3],
    [1, 2, 3],
  ]);
  const start = tf.tensor2d([
    [1, 1, 1],
    [1, 1, 1],
  ]);
  const optimizer = optimizers[name];
  let weights: tf.Tensor = start;
  let state = optimizer.init(start);
  for (let step = 0; step < steps; step++) {
    const gradient = tf.mul(tf.mul(2, weights), scale);
    const descent = { optimizer, settings, start, ...(mask && { mask }) };
    ({ weights, state } = descend(descent, weights, gradient, state, step));
  }
  return [...weights.dataSync()];
};

describe('optimizers', () => {
  it('SGD: one step of size 0.1 on w^2 (i + 1), by hand, each lane at its own rate', () => {
    const found = path('sgd', { learningRate: column(0.1, 0.01) }, 1);
    for (const [i, value] of [0.8, 0.6, 0.4, 0.98, 0.96, 0.94].entries()) expect(found[i]).toBeCloseTo(value, 6);
  });

  it('momentum: two steps by hand, as PyTorch: v = mu v + g, w = w - lr v', () => {
    const found = path('momentum', { learningRate: column(0.1, 0.1), momentum: column(0.5, 0) }, 2);
    expect(found[0]).toBeCloseTo(0.8 - 0.1 * (0.5 * 2 + 1.6), 6);
    expect(found[3]).toBeCloseTo(0.8 - 0.1 * 1.6, 6);
  });

  it('Adam: the same path as tfjs’s own Adam with PyTorch’s epsilon', () => {
    const found = path('adam', { learningRate: column(0.05, 0.05) }, 20);
    const weights = tfjs.variable(tfjs.ones([3]));
    const adam = tfjs.train.adam(0.05, 0.9, 0.999, 1e-8);
    for (let step = 0; step < 20; step++) {
      adam.minimize(() => tfjs.sum(tfjs.mul(tfjs.square(weights), tfjs.tensor1d([1, 2, 3]))) as tfjs.Scalar);
    }
    for (const [i, value] of weights.dataSync().entries()) expect(found[i]).toBeCloseTo(value, 4);
  });

  it('weight decay goes into the gradient before momentum', () => {
    const found = path('sgd', { learningRate: column(0.1, 0.1), weightDecay: column(1, 0) }, 1);
    expect(found[0]).toBeCloseTo(1 - 0.1 * (2 + 1), 6);
    expect(found[3]).toBeCloseTo(0.8, 6);
  });

  it('clipping shortens a long gradient to the limit and leaves a short one alone, lane by lane', () => {
    const clipNorm = column(1, Number.POSITIVE_INFINITY);
    const found = path('sgd', { learningRate: column(1, 1), clipNorm }, 1);
    const moved = Math.hypot(...found.slice(0, 3).map((w) => w - 1));
    expect(moved).toBeCloseTo(1, 4);
    expect(found[3]).toBeCloseTo(-1, 6);
  });

  it.each<OptimizerName>(['sgd', 'momentum', 'adam'])('%s under a mask leaves frozen weights bit-equal', (name) => {
    const mask = tf.tensor2d([
      [1, 0, 1],
      [0, 1, 1],
    ]);
    const settings = { learningRate: column(0.1, 0.1), momentum: column(0.9, 0.9), weightDecay: column(0.1, 0.1) };
    const found = path(name, settings, 5, mask);
    expect(found[1]).toBe(1);
    expect(found[3]).toBe(1);
    expect(found[0]).not.toBe(1);
  });
});

describe('the proximal step', () => {
  const settled = (params: readonly number[][], counts: readonly number[]): number[][] => {
    const start = tf.tensor2d(params.map((row) => row.map(() => 1)));
    const descent = { optimizer: optimizers.sgd, settings: { learningRate: column(1) }, start };
    const after = settle({ ...descent, settled: counts }, tf.tensor2d(params.map((row) => [...row]))).dataSync();
    return params.map((row, k) => [...after.slice(k * row.length, (k + 1) * row.length)]);
  };

  it('puts back what has moved least and draws the rest closer, lane by lane', () => {
    expect(
      settled(
        [
          [1.5, 0, 1.25, 3],
          [1.5, 0, 1.25, 3],
        ],
        [2, 0],
      ),
    ).toEqual([
      [1, 0.5, 1, 2.5],
      [1.5, 0, 1.25, 3],
    ]);
  });

  it('puts back everything where all weights are asked for, and hides no weight that is not a number', () => {
    expect(settled([[5, -5, 2]], [9])).toEqual([[1, 1, 1]]);
    expect(settled([[Number.NaN, 1.5, 3]], [1])[0]?.[0]).toBeNaN();
  });
});
