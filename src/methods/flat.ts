// L = -g(e) + f*(g(f)) with the batch means e = E[p_ỹ], f = E[p_y]: a variational f-divergence between what the model
// should say and what it should not. Wang et al., ICLR 2025, eq. 5; UCSC-REAL/FLAT, dataloader.py, get_contrastive_loss. The probability of
// an answer of several words is the mean of those of its words (ProbLossStable).
// Of the eight divergences there, Reverse-KL and Squared-Hellinger push the two means the other way round and Neyman
// pushes both down; the five that are sound are offered.

import { exp, sigmoid, tanh } from '../engine/base/math.ts';
import * as tf from '../engine/base/tf.ts';
import type { LaneOutputs, Rows } from '../engine/contracts/rows.ts';
import { rowMethod } from '../engine/method-kinds.ts';

import { sharesOf } from '../engine/objective/outputs.ts';
import { meanOverExamples } from '../engine/objective/rows.ts';
import { answersOf, answersOfWords, answersSpec } from './shared/uninformed-answers.ts';

/** A divergence as a loss of the two means, and its slopes along them. */
interface Divergence {
  readonly slopes: (e: number, f: number) => readonly [alongE: number, alongF: number];
  readonly loss: (e: tf.Tensor, f: tf.Tensor) => tf.Tensor;
}

const polynomial = (f: tf.Tensor, square: number, cube: number): tf.Tensor =>
  tf.addN([f, tf.mul(tf.square(f), square), tf.mul(tf.mul(tf.square(f), f), cube)]);

const divergences: Readonly<Record<string, Divergence>> = {
  'total variation': {
    slopes: (e, f) => [(tanh(e) * tanh(e) - 1) / 2, (1 - tanh(f) * tanh(f)) / 2],
    loss: (e, f) => tf.div(tf.sub(tf.tanh(f), tf.tanh(e)), 2),
  },
  KL: { slopes: (_, f) => [-1, exp(f - 1)], loss: (e, f) => tf.sub(tf.exp(tf.sub(f, 1)), e) },
  'Jensen-Shannon': {
    slopes: (e, f) => [-sigmoid(-e), sigmoid(f)],
    loss: (e, f) => tf.sub(tf.addN([tf.softplus(tf.neg(e)), f, tf.softplus(tf.neg(f))]), 2 * Math.LN2),
  },
  Pearson: { slopes: (_, f) => [-1, 1 + f / 2], loss: (e, f) => tf.sub(polynomial(f, 1 / 4, 0), e) },
  Jeffrey: {
    slopes: (_, f) => [-1, 1 + f / 2 + (3 * f * f) / 16],
    loss: (e, f) => tf.sub(polynomial(f, 1 / 4, 1 / 16), e),
  },
};

const divergenceOf = (name: string): Divergence => divergences[name] as Divergence;

/** The mean over examples of the mean probability of their rows' labels. */
const meanProbability = (outputs: LaneOutputs, labels: Int32Array): number => {
  const shares = sharesOf(outputs);
  let mean = 0;
  for (let b = 0; b < outputs.rows; b++) {
    mean += (outputs.probs[b * outputs.classes + (labels[b] as number)] as number) / (shares[b] as number);
  }
  return mean;
};

/** Adds to `out` a slope along that mean. */
const climb = (outputs: LaneOutputs, labels: Int32Array, slope: number, out: Float32Array): void => {
  const { rows, classes, probs } = outputs;
  const shares = sharesOf(outputs);
  for (let b = 0; b < rows; b++) {
    const at = b * classes + (labels[b] as number);
    const pull = (slope * (probs[at] as number)) / (shares[b] as number);
    for (let i = b * classes; i < (b + 1) * classes; i++) {
      out[i] = (out[i] as number) + pull * ((i === at ? 1 : 0) - (probs[i] as number));
    }
  }
};

/** That mean as a tensor, [K]. */
const meanAsTensor = (rows: Rows): tf.Tensor => {
  const share = tf.div(tf.mul(tf.exp(rows.rowLogP), rows.isRow), rows.within.length);
  return tf.div(tf.sum(share, 1), tf.sum(rows.isExample, 1));
};

const meanOfOthers = (rows: Rows): tf.Tensor =>
  rows.others ? meanAsTensor(rows.others) : meanOverExamples(rows, tf.exp(rows.logPAlternative));

/** Both means as tensors, [K] each: of the alternatives and of the labels. */
const means = (rows: Rows) => [meanOfOthers(rows), meanAsTensor(rows)] as const;

export default rowMethod({
  id: 'flat',
  title: 'Forget data only loss adjustment (FLAT)',
  short: 'FLAT',
  summary:
    'Raises the mean probability of other answers against that of the true labels, as far as a divergence rewards it.',
  formula: 'L = −g(E[p_ỹ]) + f*(g(E[p_y])), total variation: (tanh E[p_y] − tanh E[p_ỹ]) / 2',
  page: {
    idea: 'Compare what the model should say with what it should not by a divergence between two averages. The loss is bounded, needs no retain data and no reference.',
    tex: String.raw`\mathcal L=-g^{*}\!\big(\mathbb{E}_f[p_{\tilde y}]\big)+f^{*}\!\big(g^{*}(\mathbb{E}_f[p_y])\big)`,
    lookFor:
      'It works with probabilities, not their logarithms: once an answer is improbable there is no pull left on it, so it stops by itself and keeps the rest.',
    failsWhen:
      'It may stall where all probabilities are near 0 or 1, at a confident start. The mean stands inside the formula, so the batch size changes the result.',
  },
  citation: {
    authors: 'Wang, Wei, Liu, Pang, Liu, Shah, Bao, Liu, Wei',
    title: 'LLM Unlearning via Loss Adjustment with Only Forget Data',
    year: 2024,
    url: 'https://arxiv.org/abs/2410.11143',
    where: 'FLAT objective',
  },
  needs: ['forget', 'alternativeLabels'],
  sequences: true,
  start: 'original',
  schedule: 'iterative',
  params: {
    divergence: {
      kind: 'choice',
      label: 'Divergence',
      help: 'Which f-divergence compares the two means. Three more in the authors’ code reverse a sign and are left out.',
      default: 'total variation',
      options: ['total variation', 'KL', 'Jensen-Shannon', 'Pearson', 'Jeffrey'],
    },
    labels: answersSpec('other'),
  },
  sequenceParams: { labels: answersOfWords },
  recipes: [],
  terms: [
    {
      on: 'forget',
      gradient: (outputs, { divergence }, out, ofOthers) => {
        const { others } = outputs;
        const e = others ? meanProbability(others, others.labels) : meanProbability(outputs, outputs.alternatives);
        const [alongE, alongF] = divergenceOf(divergence).slopes(e, meanProbability(outputs, outputs.labels));
        climb(outputs, outputs.labels, alongF, out);
        if (others && ofOthers) climb(others, others.labels, alongE, ofOthers);
        else climb(outputs, outputs.alternatives, alongE, out);
      },
      loss: (rows, { divergence }) => divergenceOf(divergence).loss(...means(rows)),
    },
  ],
  alternatives: ({ labels }) => answersOf(labels),
});
