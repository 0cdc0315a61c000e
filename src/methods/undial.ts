// L = E_forget[CE(softmax(ẑ - β e_y), p)]: self-distillation towards the original model's own output with the logit of the
// label lowered by β. The target is fixed, so it converges. Dong et al. 2024, eq. 3; locuslab/open-unlearning,
// src/trainer/utils.py, compute_undial_loss.

import type { Citation } from '../engine/base/schema.ts';
import * as tf from '../engine/base/tf.ts';
import { rowMethod } from '../engine/method-kinds.ts';
import { softmaxAt } from '../engine/objective/divergences.ts';
import { meanOverRows } from '../engine/objective/rows.ts';

const citation: Citation = {
  authors: 'Dong, Lin, Belkin, Huerta, Vulić',
  title: 'UNDIAL: Self-Distillation with Adjusted Logits for Robust Unlearning in Large Language Models',
  year: 2024,
  url: 'https://arxiv.org/abs/2402.10052',
  where: 'UNDIAL objective',
};

export default rowMethod({
  id: 'undial',
  title: 'Self-distillation with adjusted logits (UNDIAL)',
  short: 'UNDIAL',
  summary: 'Teaches the forget set what the original model would say with the true class lowered by a fixed amount.',
  formula: 'L = E_forget[CE(softmax(ẑ − β e_y), p)]',
  page: {
    idea: 'Take the original model’s own answer, lower the true class by β, and learn that. There is a goal to arrive at, so nothing collapses.',
    tex: String.raw`\mathcal L=\mathbb{E}_{f}\Big[\mathrm{CE}\big(\mathrm{softmax}(\hat z-\beta e_y),\,p\big)\Big]`,
    lookFor:
      'It settles: at the end the log-odds of the label against every other class have fallen by exactly β. Often nearest to the retrained model on random forget sets.',
    failsWhen: 'A class that was learned with a margin above β stays the top answer: raise β to forget a whole class.',
  },
  citation,
  needs: ['forget', 'original'],
  sequences: true,
  start: 'original',
  schedule: 'iterative',
  params: {
    beta: {
      kind: 'number',
      label: 'Strength',
      symbol: 'β',
      help: 'By how much the logit of the true class is lowered in the target.',
      paperName: 'γ; beta in the code',
      default: 5,
      min: 0,
      max: 30,
      scale: 'linear',
    },
  },
  recipes: [
    {
      id: 'undial-rt',
      title: 'UNDIAL with retain term (UNDIAL+RT)',
      short: 'UNDIAL+RT',
      summary: 'UNDIAL plus ordinary training on the retain set.',
      citation,
      retain: { kind: 'ce' },
    },
  ],
  terms: [
    {
      on: 'forget',
      gradient: ({ rows, classes, probs, reference, labels }, { beta }, out) => {
        const lowered = reference.slice();
        for (let b = 0; b < rows; b++) {
          const at = b * classes + (labels[b] as number);
          lowered[at] = (lowered[at] as number) - beta;
          const target = softmaxAt(lowered, b * classes, classes);
          for (let c = 0; c < classes; c++) {
            out[b * classes + c] = ((probs[b * classes + c] as number) - (target[c] as number)) / rows;
          }
        }
      },
      loss: (rows, { beta }) => {
        const lowered = tf.mul(rows.oneHot, tf.reshape(beta, [-1, 1, 1]));
        const target = tf.exp(tf.logSoftmax(tf.sub(rows.referenceLogProbs, lowered)));
        return tf.neg(meanOverRows(rows, tf.sum(tf.mul(target, rows.logProbs), -1)));
      },
    },
  ],
});
