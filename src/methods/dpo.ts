// L = -(2/β) E_forget[log σ(β (r_ỹ - r_y))], r_k = log(p_k / p̂_k): the alternative answer ỹ is preferred to the label y.
// Per row a pull of weight W = 2σ(-β (r_ỹ - r_y)) towards ỹ and the same away from y; no other logit moves.
// Rafailov et al. 2023, eq. 7, with the factor 2/β of licong-lin/negative-preference-optimization, synthetic/mymodel.py
// (the paper prints 1/β), and the uninformed answer of Maini et al. 2024 (TOFU) as the preferred one.

import { sigmoid } from '../engine/base/math.ts';
import type { Citation } from '../engine/base/schema.ts';
import * as tf from '../engine/base/tf.ts';
import type { Row } from '../engine/contracts/rows.ts';
import { rowMethod } from '../engine/method-kinds.ts';

import { answersOf, answersOfWords, answersSpec } from './shared/uninformed-answers.ts';

const citation: Citation = {
  authors: 'Rafailov, Sharma, Mitchell, Ermon, Manning, Finn',
  title: 'Direct Preference Optimization: Your Language Model is Secretly a Reward Model',
  year: 2023,
  url: 'https://arxiv.org/abs/2305.18290',
  where: 'eq. 7',
};
const asUnlearning: Citation = {
  authors: 'Zhang, Lin, Bai, Mei',
  title: 'Negative Preference Optimization: From Catastrophic Collapse to Effective Unlearning',
  year: 2024,
  url: 'https://arxiv.org/abs/2404.05868',
  where: 'section 2, preference optimization baselines',
};

interface Settings {
  readonly beta: number;
  readonly factor: '2/β' | '1/β';
}

/** W, of the margin r_ỹ - r_y. */
const weight = (row: Row, { beta, factor }: Settings): number => {
  const margin = row.logPAlternative - row.logPReferenceAlternative - (row.logP - row.logPReference);
  return (factor === '2/β' ? 2 : 1) * sigmoid(-beta * margin);
};

export default rowMethod({
  id: 'dpo',
  title: 'Direct preference optimization (DPO)',
  short: 'DPO',
  summary: 'Prefers an uninformed answer to the true label, each measured against the original model.',
  formula: 'L = −(2/β) E_forget[log σ(β (r_ỹ − r_y))], r = log(p/p̂)',
  page: {
    idea: 'Treat forgetting as a preference: another answer should win over the true one. The pull fades once it does, by a margin that β sets, and only the two classes concerned are touched.',
    tex: String.raw`\mathcal L=-\frac2\beta\,\mathbb{E}_{f}\Big[\log\sigma\big(\beta\,(r_{\tilde y}-r_y)\big)\Big],\qquad r_k=\log\frac{p_k}{\hat p_k}`,
    lookFor:
      'The logits of all other classes stay where they are. The probability of the preferred answer may fall too (likelihood displacement), as long as that of the label falls more.',
    failsWhen:
      'It needs answers to prefer; examples whose drawn answer is the label have no gradient at all. Single points are over-forgotten, confidently.',
  },
  citation,
  needs: ['forget', 'original', 'alternativeLabels'],
  sequences: true,
  start: 'original',
  schedule: 'iterative',
  params: {
    beta: {
      kind: 'number',
      label: 'How early it lets go',
      symbol: 'β',
      help: 'How soon the preference is satisfied. Small values keep pulling for longer.',
      default: 0.5,
      min: 0.01,
      max: 10,
      scale: 'log',
    },
    labels: {
      ...answersSpec('all'),
      help: 'Drawn once: from "all" classes, the true one included as in the code of NPO, or from the "other" ones. "own guess": one of the others as the original model would draw it. "spare class": always the class that no point has; the data must have one.',
      options: ['all', 'other', 'own guess', 'spare class'],
    },
    factor: {
      kind: 'choice',
      label: 'Factor',
      help: '"2/β" as in all unlearning code. "1/β" as the NPO paper prints it: half as strong.',
      default: '2/β',
      options: ['2/β', '1/β'],
    },
  },
  sequenceParams: { labels: answersOfWords },
  recipes: [
    {
      id: 'dpo-rt',
      title: 'DPO with retain term (DPO+RT)',
      short: 'DPO+RT',
      summary: 'DPO plus ordinary training on the retain set.',
      citation: asUnlearning,
      retain: { kind: 'ce' },
    },
    {
      id: 'dpo-kl',
      title: 'DPO with KL term (DPO+KL)',
      short: 'DPO+KL',
      summary: 'DPO, held to the original model’s outputs on the retain set.',
      citation: asUnlearning,
      retain: { kind: 'kl' },
    },
    {
      id: 'altpo',
      title: 'Alternate preference optimization (AltPO)',
      short: 'AltPO',
      summary: 'DPO towards other answers that the model itself would give, plus ordinary training on the retain set.',
      citation: {
        authors: 'Mekala, Dorna, Dubey, Lalwani, Koleczek, Rungta, Hasan, Lobo',
        title: 'Alternate Preference Optimization for Unlearning Factual Knowledge in Large Language Models',
        year: 2025,
        url: 'https://arxiv.org/abs/2409.13474',
        where: 'section 3, AltPO',
      },
      retain: { kind: 'ce' },
      params: { labels: 'own guess' },
    },
  ],
  terms: [
    {
      on: 'forget',
      mean: 'examples',
      pulls: [
        { towards: 'alternative', weight: (row, settings) => weight(row, settings) },
        { towards: 'label', weight: (row, settings) => -weight(row, settings) },
      ],
      loss: (rows, { beta, factor }) => {
        const preferred = tf.sub(rows.logPAlternative, rows.logPReferenceAlternative);
        const delta = tf.sub(preferred, tf.sub(rows.logP, rows.logPReference));
        return tf.mul(tf.div(factor === '2/β' ? 2 : 1, beta), tf.softplus(tf.neg(tf.mul(beta, delta))));
      },
    },
  ],
  alternatives: ({ labels }) => answersOf(labels),
});
