// L = α E_retain[-log p_y] - (1 - α) E_forget[-log p_y]: ascent and descent in one objective whose shares add up to 1.
// Kurmanji et al. 2023, section 4 (NegGrad+); meghdadk/SCRUB, thirdparty/repdistiller/helper/loops.py, train_negrad.

import * as tf from '../engine/base/tf.ts';
import { rowMethod } from '../engine/method-kinds.ts';

export default rowMethod({
  id: 'negrad-plus',
  title: 'NegGrad+',
  short: 'NegGrad+',
  summary: 'Gradient ascent and ordinary training in one objective, with shares that add up to one.',
  formula: 'L = α E_retain[−log p_y] − (1 − α) E_forget[−log p_y]',
  page: {
    idea: 'Descend on what is kept while climbing on what is to go. Because the shares add up to one, the ascent can be made as gentle as one likes.',
    tex: String.raw`\mathcal L=\alpha\,\mathbb{E}_{r}[-\log p_y]-(1-\alpha)\,\mathbb{E}_{f}[-\log p_y]`,
    lookFor: 'Move α: near 1 it is fine-tuning and forgets nothing; lower, it is GradDiff and in the end collapses.',
    failsWhen:
      'The ascent is still without bound. There is a narrow band of α between doing nothing and tearing down, and it depends on the number of steps.',
  },
  citation: {
    authors: 'Kurmanji, Triantafillou, Hayes, Triantafillou',
    title: 'Towards Unbounded Machine Unlearning',
    year: 2023,
    url: 'https://arxiv.org/abs/2302.09880',
    where: 'section 4, NegGrad+',
  },
  needs: ['forget', 'retain'],
  heads: ['categorical', 'real'],
  sequences: true,
  start: 'original',
  schedule: 'iterative',
  params: {
    alpha: {
      kind: 'number',
      label: 'Share of the retain set',
      symbol: 'α',
      help: 'The rest, 1 − α, goes to the ascent on the forget set.',
      default: 0.95,
      min: 0.5,
      max: 0.9999,
      scale: 'linear',
    },
  },
  recipes: [],
  terms: [
    {
      on: 'forget',
      pulls: [{ towards: 'label', weight: (_, { alpha }) => alpha - 1 }],
      loss: (rows, { alpha }) => tf.mul(tf.sub(1, alpha), rows.rowLogP),
    },
    {
      on: 'retain',
      pulls: [{ towards: 'label', weight: (_, { alpha }) => alpha }],
      loss: (rows, { alpha }) => tf.neg(tf.mul(alpha, rows.rowLogP)),
    },
  ],
});
