// L = (2/β) E_forget[log(1 + (p_y e^δ)^β)]: NPO with the constant e^(-δ) in place of the original model's p̂_y, so that no
// reference is needed and nothing is remembered of how well an example was fitted. log p is the mean over the example's rows:
// a class is a single one. Weight per row W = 2 p_y^β / (p_y^β + e^(-βδ)), over their number. Fan et al. 2024;
// OPTML-Group/Unlearn-Simple, synthetic/unlearn_utils.py, where the margin is called gamma.

import { sigmoid } from '../engine/base/math.ts';
import type { Citation } from '../engine/base/schema.ts';
import * as tf from '../engine/base/tf.ts';
import { rowMethod } from '../engine/method-kinds.ts';

const citation: Citation = {
  authors: 'Fan, Liu, Lin, Jia, Zhang, Mei, Liu',
  title: 'Simplicity Prevails: Rethinking Negative Preference Optimization for LLM Unlearning',
  year: 2024,
  url: 'https://arxiv.org/abs/2410.07163',
  where: 'SimNPO objective',
};

export default rowMethod({
  id: 'simnpo',
  title: 'Simple NPO (SimNPO)',
  short: 'SimNPO',
  summary:
    'NPO without a reference model: each example is let go once the model no longer believes it, however well it was fitted.',
  formula: 'L = γ (2/β) E_forget[log(1 + (p_y e^δ)^β)]',
  page: {
    idea: 'NPO compares with the original model, which punishes examples that it had fitted badly. SimNPO drops the comparison and looks at the probability alone.',
    tex: String.raw`\mathcal L=\gamma\,\frac{2}{\beta}\,\mathbb{E}_{f}\Big[\log\big(1+(p_y\,e^{\delta})^{\beta}\big)\Big],\qquad W=\frac{2\,p_y^{\beta}}{p_y^{\beta}+e^{-\beta\delta}}`,
    lookFor:
      'Beside NPO at the same β, the weight W of an example depends on its probability only: hard examples are left alone sooner.',
    failsWhen:
      'With a small β it becomes gradient ascent. A large forget weight overshoots, because nothing ties it to what the original model knew.',
  },
  citation,
  needs: ['forget'],
  heads: ['categorical', 'real'],
  sequences: true,
  start: 'original',
  schedule: 'iterative',
  params: {
    beta: {
      kind: 'number',
      label: 'How early it lets go',
      symbol: 'β',
      help: 'How sharply an example is let go once its probability falls. Near 0 it never is.',
      default: 2.5,
      min: 0.01,
      max: 10,
      scale: 'log',
    },
    delta: {
      kind: 'number',
      label: 'Margin',
      symbol: 'δ',
      help: 'Log-odds that are added to every example: a larger margin keeps the pull on for longer.',
      paperName: 'γ',
      default: 0,
      min: -5,
      max: 5,
      scale: 'linear',
    },
    forgetWeight: {
      kind: 'number',
      label: 'Forget weight',
      symbol: 'γ',
      help: 'Factor of the whole term; the authors use 0.125 to 1 beside a retain term.',
      paperName: 'npo_coeff in the code',
      default: 1,
      min: 0.01,
      max: 10,
      scale: 'log',
    },
  },
  recipes: [
    {
      id: 'simnpo-rt',
      title: 'SimNPO with retain term (SimNPO+RT)',
      short: 'SimNPO+RT',
      summary: 'SimNPO plus ordinary training on the retain set.',
      citation,
      retain: { kind: 'ce' },
    },
    {
      id: 'simnpo-kl',
      title: 'SimNPO with KL term (SimNPO+KL)',
      short: 'SimNPO+KL',
      summary: 'SimNPO, held to the original model’s outputs on the retain set.',
      citation,
      retain: { kind: 'kl' },
    },
  ],
  rule: [
    {
      on: 'forget',
      mean: 'examples',
      pulls: [{ towards: 'label', weight: '-2*forgetWeight*sigmoid(beta*(logP/length + delta))/length' }],
    },
  ],
  terms: [
    {
      on: 'forget',
      mean: 'examples',
      pulls: [
        {
          towards: 'label',
          weight: ({ logP, exampleLength }, { beta, delta, forgetWeight }) =>
            (-2 * forgetWeight * sigmoid(beta * (logP / exampleLength + delta))) / exampleLength,
        },
      ],
      loss: (rows, { beta, delta, forgetWeight }) =>
        tf.mul(
          tf.mul(forgetWeight, tf.div(2, beta)),
          tf.softplus(tf.mul(beta, tf.add(tf.div(rows.logP, rows.exampleLength), delta))),
        ),
    },
  ],
});
