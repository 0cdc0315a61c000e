// L = E_forget[sg(p_y^β1 (1 - p_y)^β2) log p_y]: ascent that neither pushes what is forgotten (saturation, β1) nor what is
// still too certain (importance, β2). Yang et al. 2025, SatImp; locuslab/open-unlearning, src/trainer/utils.py,
// compute_satimp_loss (whose configuration file swaps the weights of the two sets; its class does not).

import { exp, power } from '../engine/base/math.ts';
import type { Citation } from '../engine/base/schema.ts';
import * as tf from '../engine/base/tf.ts';
import { rowMethod } from '../engine/method-kinds.ts';
import { constant } from '../engine/objective/divergences.ts';

const citation: Citation = {
  authors: 'Yang, Wang, Huang, Liu, Zhang, Han',
  title: 'Exploring Criteria of Loss Reweighting to Enhance LLM Unlearning',
  year: 2025,
  url: 'https://arxiv.org/abs/2505.11953',
  where: 'SatImp objective',
};

export default rowMethod({
  id: 'satimp',
  title: 'Saturation and importance (SatImp)',
  short: 'SatImp',
  summary: 'Weighted ascent that works most on examples of middling probability.',
  formula: 'L = E_forget[sg(p_y^β₁ (1 − p_y)^β₂) log p_y]',
  page: {
    idea: 'Two reasons to weigh an example: how much of it is left to forget, and how much it matters. The product of a power of p and of 1 − p is largest in between.',
    tex: String.raw`\mathcal L=\mathbb{E}_{f}\big[\mathrm{sg}\big(p_y^{\beta_1}(1-p_y)^{\beta_2}\big)\log p_y\big]`,
    lookFor:
      'The weight of a perfectly fitted example is near 0: the start is slow. Watch the examples near the boundary go first.',
    failsWhen:
      'On an overfitted network every p is near 1, so that nothing moves for a long time; do not take that for robustness.',
  },
  citation,
  needs: ['forget'],
  sequences: true,
  start: 'original',
  schedule: 'iterative',
  params: {
    saturation: {
      kind: 'number',
      label: 'Saturation',
      symbol: 'β₁',
      help: 'Power of p: how quickly what is forgotten is let go. The authors’ code has 5.',
      paperName: 'beta1',
      default: 1,
      min: 0,
      max: 10,
      scale: 'linear',
    },
    importance: {
      kind: 'number',
      label: 'Importance',
      symbol: 'β₂',
      help: 'Power of 1 − p: how much what is certain is spared. 0 leaves weighted ascent (WGA). The authors’ code has 1, at which a network this small and sure of itself hardly moves.',
      paperName: 'beta2',
      default: 0.5,
      min: 0,
      max: 10,
      scale: 'linear',
    },
  },
  recipes: [
    {
      id: 'satimp-rt',
      title: 'SatImp with retain term (SatImp+RT)',
      short: 'SatImp+RT',
      summary: 'SatImp plus ordinary training on the retain set.',
      citation,
      retain: { kind: 'ce' },
    },
  ],
  rule: [
    { on: 'forget', mean: 'rows', pulls: [{ towards: 'label', weight: '-rowP^saturation * (1 - rowP)^importance' }] },
  ],
  terms: [
    {
      on: 'forget',
      pulls: [
        {
          towards: 'label',
          weight: (row, { saturation, importance }) => {
            const p = exp(row.rowLogP);
            return -power(p, saturation) * power(1 - p, importance);
          },
        },
      ],
      loss: (rows, { saturation, importance }) => {
        const p = tf.exp(rows.rowLogP);
        return tf.mul(constant(tf.mul(tf.pow(p, saturation), tf.pow(tf.sub(1, p), importance))), rows.rowLogP);
      },
    },
  ],
});
