import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../../src/engine/base/tf.ts';
import { keepHighest } from '../../../src/engine/contracts/method.ts';
import { projected } from '../../../src/wrappers/pcgrad.ts';
import { useEngine } from '../../support/engine.ts';
import { agrees, fromLogProbs } from '../agreement.ts';
import { flat, generative, lossEntry, tolerance } from './fixtures.ts';

const { diffusion } = generative;

/** Σ (a - b)² of each row. */
const squares = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number[] =>
  a.map((row, i) => row.reduce((sum, value, j) => sum + (value - (b[i]?.[j] as number)) ** 2, 0));

describe('rules that know nothing of the network agree with the reference numbers', () => {
  beforeAll(() => useEngine('kernels'));

  it('npo_eps: value and weight of each row, with minus the squared error in place of log p', () => {
    const { beta, value, weights } = lossEntry('diffusion', 'npo_eps');
    const { eps_theta_forget, eps_ref_forget } = diffusion.forward;
    const minus = (rows: readonly number[]) => rows.map((square) => -square);
    const [own, original] = [
      minus(squares(eps_theta_forget, diffusion.forget.eps)),
      minus(squares(eps_ref_forget, diffusion.forget.eps)),
    ];
    const found = fromLogProbs('npo', { beta }, own, original);
    agrees(found.weights, weights, tolerance, 'weights W');
    agrees([found.value], [value], tolerance, 'value');
  });

  it('PCGrad: what is left of the forget gradient', () => {
    const forget = flat(lossEntry('diffusion', 'eps_mse_forget')['grad']).map((g) => -g);
    const retain = flat(lossEntry('diffusion', 'eps_mse_retain')['grad']);
    const { dot, projected: expected } = diffusion.pcgrad;
    agrees([forget.reduce((sum, g, i) => sum + g * (retain[i] as number), 0)], [dot], tolerance, 'inner product');
    const found = tf.tidy(() => {
      const [f, r] = [tf.tensor2d(forget, [1, forget.length]), tf.tensor2d(retain, [1, retain.length])];
      return projected(f, r).dataSync();
    });
    agrees(found, expected, tolerance, 'projected gradient');
  });

  it('SalUn: exactly the weights that are kept', () => {
    const { keep, kept, indices } = diffusion.salun_mask;
    const saliency = flat(lossEntry('diffusion', 'eps_mse_forget')['grad']).map(Math.abs);
    const mask = keepHighest(saliency, keep);
    expect([...mask.keys()].filter((i) => mask[i] === 1)).toEqual([...indices]);
    expect(mask.reduce((sum, one) => sum + one, 0)).toBe(kept);
  });
});
