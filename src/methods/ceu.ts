// L = E_forget[CE(q, p)], q: the model's own softmax with the label's logit at -∞, no gradient through q. Per row it is
// gradient ascent with weight p_y / (1 - p_y): 99 at p_y = 0.99. Yang 2025, section 3; locuslab/open-unlearning,
// src/trainer/unlearn/ceu.py, which leaves the first word of an answer out (ignore_first_n_answer_tokens = 1).

import * as tf from '../engine/base/tf.ts';
import type { LaneOutputs, Rows } from '../engine/contracts/rows.ts';
import { rowMethod } from '../engine/method-kinds.ts';
import { constant, softmaxAt } from '../engine/objective/divergences.ts';

type First = 'left out' | 'counted';

/** Whether each row counts: the first of several of an example may be left out. */
const countedIn = ({ rows, exampleOf: of }: LaneOutputs, first: First): readonly boolean[] =>
  Array.from({ length: rows }, (_, b) => {
    const isFirst = !of || of[b] !== of[b - 1];
    const isOnly = isFirst && (!of || of[b] !== of[b + 1]);
    return first === 'counted' || !isFirst || isOnly;
  });

/** The same as a mask, 1 where a row counts, [K, B]. */
const counted = (rows: Rows, first: First): tf.Tensor => {
  if (first === 'counted') return rows.isRow;
  const { place, length } = rows.within;
  return tf.mul(tf.maximum(tf.step(place), tf.step(tf.sub(1.5, length))), rows.isRow);
};

export default rowMethod({
  id: 'ceu',
  title: 'Cross-entropy unlearning (CE-U)',
  short: 'CE-U',
  summary: 'Trains the forget set towards what the model would say if the true class did not exist.',
  formula: 'L = E_forget[−Σ_k q_k log p_k], q = softmax(z with z_y = −∞), fixed',
  page: {
    idea: 'Ask the model what it would answer if the true class were ruled out, and teach it that answer. For a certain example this is a far stronger push than gradient ascent.',
    tex: String.raw`\mathcal L=\mathbb{E}_{f}\big[\mathrm{CE}(q,\,p)\big],\quad q=\mathrm{softmax}(z\,|\,z_y=-\infty),\qquad W=\frac{p_y}{1-p_y}`,
    lookFor:
      'It starts at once where gradient ascent and NPO wait, since the weight is largest for the most certain examples.',
    failsWhen:
      'In random forgetting it overshoots: single points are pushed far below what a retrained model thinks of them.',
  },
  citation: {
    authors: 'Yang',
    title: 'CE-U: Cross Entropy Unlearning',
    year: 2025,
    url: 'https://arxiv.org/abs/2503.01224',
    where: 'definition of CE-U',
  },
  needs: ['forget'],
  sequences: true,
  start: 'original',
  schedule: 'iterative',
  params: {},
  sequenceParams: {
    first: {
      kind: 'choice',
      label: 'First word',
      help: 'Of an answer. The authors leave it out: it says the least of what is known.',
      paperName: 'ignore_first_n_answer_tokens',
      default: 'left out',
      options: ['left out', 'counted'],
    },
  },
  recipes: [],
  terms: [
    {
      on: 'forget',
      gradient: (outputs, { first }, out) => {
        const { rows, classes, logits, probs, labels } = outputs;
        const isCounted = countedIn(outputs, first);
        const count = isCounted.filter(Boolean).length;
        const others = logits.slice();
        for (let b = 0; b < rows; b++) {
          if (!isCounted[b]) continue;
          others[b * classes + (labels[b] as number)] = Number.NEGATIVE_INFINITY;
          const target = softmaxAt(others, b * classes, classes);
          for (let c = 0; c < classes; c++) {
            out[b * classes + c] = ((probs[b * classes + c] as number) - (target[c] as number)) / count;
          }
        }
      },
      loss: (rows, { first }) => {
        const others = tf.logSoftmax(tf.sub(rows.logits, tf.mul(rows.oneHot, 1e9)));
        const entropy = tf.neg(tf.sum(tf.mul(constant(tf.exp(others)), rows.logProbs), -1));
        const isCounted = tf.cast(counted(rows, first), 'bool');
        const own = tf.where(isCounted, entropy, tf.zerosLike(entropy));
        return tf.div(tf.sum(own, 1), tf.sum(tf.cast(isCounted, 'float32'), 1));
      },
    },
  ],
});
