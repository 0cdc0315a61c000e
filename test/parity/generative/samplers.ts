import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../../src/engine/base/tf.ts';
import { classCodes, processOf } from '../../../src/engine/diffusion/process.ts';
import { codesOf, sample, stepBack } from '../../../src/engine/diffusion/sampler.ts';
import { network } from '../../../src/engine/start.ts';
import { slicedWasserstein } from '../../../src/families/diffusion/view.ts';
import { useEngine } from '../../support/engine.ts';
import { agrees } from '../agreement.ts';
import { flatNumbers } from '../reference.ts';
import { flat, generative, tolerance } from './fixtures.ts';

const { diffusion } = generative;

const process = processOf(Float64Array.from(diffusion.abar), classCodes(diffusion.C), diffusion.C);
const model = () =>
  network({ inputs: 2 + 9 + diffusion.C, hidden: [8, 8], classes: 2, activation: ['tanh', 'relu'], init: 'auto' });
const weights = flat(diffusion.theta);
const points = (rows: unknown): Float32Array => Float32Array.from(flatNumbers(rows));

describe.each(['kernels', 'cpu'] as const)('samplers agree with the reference numbers, on %s', (engine) => {
  beforeAll(() => useEngine(engine));

  it('the times are told as in the reference', () => {
    agrees(process.features, flatNumbers(diffusion.time_features), tolerance, 'time features');
  });

  it.each([
    ['ddim_eta0_w0', 0],
    ['ddim_eta0_w2', 2],
  ] as const)('%s: samples without fresh noise, guided by %d', (name, guidance) => {
    const { x_T, c, x_0 } = diffusion[name];
    const found = sample(model(), process, weights, codesOf(process, c), { start: points(x_T) }, { guidance, eta: 0 });
    agrees(found, flatNumbers(x_0), tolerance, 'samples');
  });

  it('ancestral_step: one step back, with the prediction of the point kept within bounds', () => {
    const { t, x_t, c, noise, x_prev } = diffusion.ancestral_step;
    const x = points(x_t);
    const rows = c.flatMap((condition, i) => [
      ...(x_t[i] as readonly number[]),
      ...(diffusion.time_features[t] as readonly number[]),
      ...codesOf(process, [condition]),
    ]);
    const said = tf.tidy(
      () => model().predict(weights, tf.tensorOf(Float32Array.from(rows), [1, c.length, 2 + 9 + diffusion.C])).logits,
    );
    stepBack(process, t, { eta: 1, clamp: 4 }, x, said, points(noise));
    agrees(x, flatNumbers(x_prev), tolerance, 'points a step before');
  });

  it('sliced_w1: the distance of two clouds', () => {
    const { a, b, sliced_w1, directions } = diffusion.metrics;
    agrees([slicedWasserstein(points(a), points(b))], [sliced_w1], tolerance, 'sliced W1');
    expect(directions).toBe(16);
  });
});
