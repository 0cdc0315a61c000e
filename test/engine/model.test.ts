import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { foldIn, keyOf, normal } from '../../src/engine/base/random.ts';
import * as tf from '../../src/engine/base/tf.ts';
import type { Activation, Initializer } from '../../src/engine/contracts/network.ts';
import { mlp } from '../../src/engine/network/model.ts';
import { engineForTests } from '../support/engine.ts';

beforeAll(engineForTests);

const noise = (seed: number, size: number): Float32Array =>
  Float32Array.from({ length: size }, (_, i) => normal(keyOf(seed), i));

describe('a multilayer perceptron', () => {
  it('lays out its parameters as kernels [in, out] and biases, layer by layer', () => {
    const { layout, size } = mlp({ inputs: 2, hidden: [4], classes: 3, activation: 'tanh', init: 'auto' });
    expect(layout.map(({ name, shape, offset }) => [name, ...shape, offset])).toEqual([
      ['W1', 2, 4, 0],
      ['b1', 4, 8],
      ['W2', 4, 3, 12],
      ['b2', 3, 24],
    ]);
    expect(size).toBe(27);
  });

  it('computes y = act(x W1 + b1) W2 + b2, by hand', () => {
    const model = mlp({ inputs: 1, hidden: [1], classes: 2, activation: 'relu', init: 'auto' });
    const weights = tf.tensor2d([[2, 1, 3, -1, 0.5, 0]]); // W1 = 2, b1 = 1, W2 = [3, -1], b2 = [0.5, 0]
    const { logits } = model.forward(weights, tf.tensor3d([[[1], [-1]]]));
    expect([...logits.dataSync()]).toEqual([9.5, -3, 0.5, 0]);
  });

  it('its backward pass is the gradient that tfjs finds, for any shape, activation and number of lanes', () => {
    fc.assert(
      fc.property(
        fc.record({
          lanes: fc.integer({ min: 1, max: 3 }),
          rows: fc.integer({ min: 1, max: 7 }),
          inputs: fc.integer({ min: 1, max: 5 }),
          hidden: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }),
          classes: fc.integer({ min: 2, max: 5 }),
          activation: fc.constantFrom<Activation>('relu', 'tanh', 'sigmoid'),
          seed: fc.nat(1e6),
        }),
        ({ lanes, rows, inputs, hidden, classes, activation, seed }) => {
          const model = mlp({ inputs, hidden, classes, activation, init: 'auto' });
          const { own, theirs } = tf.tidy(() => {
            const weights = tf.tensor2d(noise(seed, lanes * model.size), [lanes, model.size]);
            const x = tf.tensor3d(noise(seed + 1, lanes * rows * inputs), [lanes, rows, inputs]);
            const dLogits = tf.tensor3d(noise(seed + 2, lanes * rows * classes), [lanes, rows, classes]);
            const weighted = (p: tf.Tensor) => tf.sum(tf.mul(model.forward(p, x).logits, dLogits));
            return {
              own: model.backward(model.forward(weights, x), dLogits).dataSync(),
              theirs: tf.grad(weighted)(weights).dataSync(),
            };
          });
          const largest = Math.max(1, ...[...theirs].map(Math.abs));
          own.forEach((value, i) => {
            expect(Math.abs(value - (theirs[i] as number))).toBeLessThan(2e-5 * largest);
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each<[Initializer, Activation, number]>([
    ['glorot', 'relu', 2 / (40 + 60)],
    ['he', 'tanh', 2 / 40],
    ['auto', 'relu', 2 / 40],
    ['auto', 'sigmoid', 2 / (40 + 60)],
  ])('starts with the variance of %s (%s): biases zero', (init, activation, variance) => {
    const model = mlp({ inputs: 40, hidden: [60], classes: 2, activation, init });
    const weights = model.init(keyOf(5));
    const kernel = weights.subarray(0, 40 * 60);
    const mean = kernel.reduce((sum, w) => sum + w, 0) / kernel.length;
    const found = kernel.reduce((sum, w) => sum + (w - mean) ** 2, 0) / kernel.length;
    expect(found / variance).toBeGreaterThan(0.9);
    expect(found / variance).toBeLessThan(1.1);
    expect(weights.subarray(2400, 2460).every((bias) => bias === 0)).toBe(true);
  });

  it('starts the same from the same key and differently from another', () => {
    const model = mlp({ inputs: 2, hidden: [3], classes: 2, activation: 'tanh', init: 'auto' });
    expect(model.init(keyOf(1))).toEqual(model.init(keyOf(1)));
    expect(model.init(keyOf(1))).not.toEqual(model.init(foldIn(keyOf(1), 'other')));
  });
});
