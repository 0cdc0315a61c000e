// L = -(2/β) E_forget[log σ(-β r)] = (2/β) E_forget[log(1 + (p_y / p̂_y)^β)], with r = log(p_y / p̂_y) and
// p̂ the original model: eq. 3 of the paper. Its gradient is E_forget[W ∇log p_y] with the adaptive weight
// W = 2σ(β r) = 2 p_y^β / (p_y^β + p̂_y^β), which fades as an example is forgotten; β -> 0 is gradient ascent.
// Loss as in licong-lin/negative-preference-optimization, synthetic/mymodel.py, non_paired_dpo. An example of several rows,
// an answer of several words, has one r, the sum over its rows, and so one weight (TOFU/dataloader.py, get_batch_loss).

import { sigmoid } from '../engine/base/math.ts';
import type { Citation } from '../engine/base/schema.ts';
import * as tf from '../engine/base/tf.ts';
import { rowMethod } from '../engine/method-kinds.ts';

const citation: Citation = {
  authors: 'Zhang, Lin, Bai, Mei',
  title: 'Negative Preference Optimization: From Catastrophic Collapse to Effective Unlearning',
  year: 2024,
  url: 'https://arxiv.org/abs/2404.05868',
  where: 'eq. 3',
};

export default rowMethod({
  id: 'npo',
  title: 'Negative preference optimization (NPO)',
  short: 'NPO',
  summary: 'Gradient ascent that lets go of each example as it is forgotten.',
  formula: 'L = (2/β) E_forget[log(1 + (p_y / p̂_y)^β)]',
  page: {
    idea: 'Gradient ascent goes on pushing what is long forgotten. NPO weighs each example by how far it has already fallen below the original model, so that the force fades by itself.',
    tex: String.raw`\mathcal L=\frac2\beta\,\mathbb{E}_{f}\Big[\log\Big(1+\Big(\frac{p_y}{\hat p_y}\Big)^{\beta}\Big)\Big],\qquad W=\frac{2\,p_y^{\beta}}{p_y^{\beta}+\hat p_y^{\beta}}`,
    lookFor:
      'The forget accuracy falls and then levels off while the rest stays. At the first step it is gradient ascent for every β; drag β towards 0 and it collapses as gradient ascent does.',
    failsWhen:
      'Without a retain term the rest still wears away slowly. A perfectly fitted set starts slowly, as with gradient ascent.',
  },
  citation,
  needs: ['forget', 'original'],
  heads: ['categorical', 'real'],
  sequences: true,
  start: 'original',
  schedule: 'iterative',
  params: {
    beta: {
      kind: 'number',
      label: 'How early it lets go',
      symbol: 'β',
      help: 'How soon an example is let go. Near 0 it never is: NPO becomes gradient ascent. Large values stop early.',
      default: 1,
      min: 0.001,
      max: 10,
      scale: 'log',
    },
  },
  sequenceParams: {
    weights: {
      kind: 'choice',
      label: 'Weights',
      help: '"per answer" is NPO: all words of an answer have one weight, which fades once its value has gone. "per word" weighs each word by itself and is there to show why not: each is pushed until it is gone itself, the words of the form too.',
      default: 'per answer',
      options: ['per answer', 'per word'],
    },
  },
  recipes: [
    {
      id: 'npo-rt',
      title: 'NPO with retain term (NPO+RT)',
      short: 'NPO+RT',
      summary: 'NPO plus ordinary training on the retain set: the default good method.',
      citation: { ...citation, where: 'section 3, NPO+RT' },
      retain: { kind: 'ce' },
    },
    {
      id: 'npo-kl',
      title: 'NPO with KL term (NPO+KL)',
      short: 'NPO+KL',
      summary: 'NPO, held to the original model’s outputs on the retain set.',
      citation: { ...citation, where: 'section 3, NPO+KL' },
      retain: { kind: 'kl' },
    },
    {
      id: 'wagle',
      title: 'Weight attribution over NPO+RT (WAGLE)',
      short: 'WAGLE',
      summary:
        'NPO with retain term, moving only the weights that matter to the forget set more than to the retain set.',
      citation: {
        authors: 'Jia, Liu, Zhang, Ram, Baracaldo, Liu',
        title: 'WAGLE: Strategic Weight Attribution for Effective and Modular Unlearning in Large Language Models',
        year: 2024,
        url: 'https://arxiv.org/abs/2410.17509',
        where: 'WAGLE over NPO',
      },
      retain: { kind: 'ce' },
      mask: { kind: 'wagle', keep: 0.8, mu: 0.05 },
    },
  ],
  rule: [
    { on: 'forget', mean: 'examples', pulls: [{ towards: 'label', weight: '-2*sigmoid(beta*(logP - logPRef))' }] },
  ],
  terms: [
    {
      on: 'forget',
      mean: ({ weights }) => (weights === 'per word' ? 'rows' : 'examples'),
      pulls: [
        {
          towards: 'label',
          weight: (row, { beta, weights }) =>
            weights === 'per word'
              ? -2 * sigmoid(beta * (row.rowLogP - row.rowLogPReference))
              : -2 * sigmoid(beta * (row.logP - row.logPReference)),
        },
      ],
      loss: (rows, { beta, weights }) => {
        const ratio =
          weights === 'per word' ? tf.sub(rows.rowLogP, rows.rowLogPReference) : tf.sub(rows.logP, rows.logPReference);
        return tf.mul(tf.div(2, beta), tf.softplus(tf.mul(beta, ratio)));
      },
    },
  ],
});
