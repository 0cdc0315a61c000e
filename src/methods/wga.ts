// L = E_forget[sg(p_y^β) log p_y], sg: no gradient through the weight. Gradient ascent whose force on an example is its own
// probability to the power β: it stops by itself and needs no reference. Wang et al. 2025, WGA;
// locuslab/open-unlearning, src/trainer/utils.py, compute_wga_loss.

import { exp } from '../engine/base/math.ts';
import type { Citation } from '../engine/base/schema.ts';
import * as tf from '../engine/base/tf.ts';
import { rowMethod } from '../engine/method-kinds.ts';
import { constant } from '../engine/objective/divergences.ts';

const citation: Citation = {
  authors: 'Wang, Zhou, Zhou, Shin, Han, Weinberger',
  title: 'Rethinking LLM Unlearning Objectives: A Gradient Perspective and Go Beyond',
  year: 2025,
  url: 'https://arxiv.org/abs/2502.19301',
  where: 'weighted gradient ascent',
};

export default rowMethod({
  id: 'wga',
  title: 'Weighted gradient ascent (WGA)',
  short: 'WGA',
  summary: 'Gradient ascent in which an example counts as much as the model still believes it.',
  formula: 'L = E_forget[sg(p_y^β) log p_y]',
  page: {
    idea: 'Gradient ascent goes on pushing what is long forgotten. Multiply its force by the probability that is left, and each example is let go by itself.',
    tex: String.raw`\mathcal L=\mathbb{E}_{f}\big[\mathrm{sg}(p_y^{\beta})\,\log p_y\big],\qquad W=p_y^{\beta}`,
    lookFor:
      'At β = 0 it is gradient ascent and collapses; from about 1 on it levels off as NPO does, without a reference model.',
    failsWhen:
      'It does not know how well an example was fitted before: examples that generalize are pushed below what retraining would give.',
  },
  citation,
  needs: ['forget'],
  sequences: true,
  start: 'original',
  schedule: 'iterative',
  params: {
    beta: {
      kind: 'number',
      label: 'Power',
      symbol: 'β',
      help: 'How quickly the force falls with the probability. 0 is gradient ascent.',
      paperName: 'α; beta in the code',
      default: 1,
      min: 0,
      max: 10,
      scale: 'linear',
    },
  },
  recipes: [
    {
      id: 'wga-rt',
      title: 'WGA with retain term (WGA+RT)',
      short: 'WGA+RT',
      summary: 'Weighted ascent plus ordinary training on the retain set.',
      citation,
      retain: { kind: 'ce' },
    },
  ],
  rule: [{ on: 'forget', mean: 'rows', pulls: [{ towards: 'label', weight: '-exp(beta*rowLogP)' }] }],
  terms: [
    {
      on: 'forget',
      pulls: [{ towards: 'label', weight: (row, { beta }) => -exp(beta * row.rowLogP) }],
      loss: (rows, { beta }) => tf.mul(constant(tf.exp(tf.mul(beta, rows.rowLogP))), rows.rowLogP),
    },
  ],
});
