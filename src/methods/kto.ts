// L = -(2/β) E_forget[log σ(z0 - β r)], r = log(p_y / p̂_y): the label is undesirable, measured against a point z0 that no
// gradient flows through. Ethayarajh et al. 2024, eq. 8, forget examples only. Forms of z0:
//   "KL of the forget set"  z0 = β E_forget[KL(p ‖ p̂)]                licong-lin/negative-preference-optimization, synthetic
//   "uninformed answer"     z0 = E_forget[r_ỹ], without β              the same repository, TOFU/dataloader.py
//   "sigmoid"               the same z0, L = -(2/β) E[σ(z0 - β r)]     the paper's own value function, as in that file
//   "scaled and clamped"    z0 = max(0, β E_forget[r_ỹ])               with the β and the clamp at 0 that the paper's z0 has
// Without them z0 falls with the model when the answers have many words, and then every weight is 2: gradient ascent.

import { sigmoid } from '../engine/base/math.ts';
import type { Citation } from '../engine/base/schema.ts';
import * as tf from '../engine/base/tf.ts';
import type { LaneOutputs, Rows } from '../engine/contracts/rows.ts';
import { rowMethod } from '../engine/method-kinds.ts';
import { constant } from '../engine/objective/divergences.ts';

import { examplesIn, sumsOverExamples } from '../engine/objective/outputs.ts';
import { meanOverExamples } from '../engine/objective/rows.ts';
import { answersOf, answersOfWords, answersSpec } from './shared/uninformed-answers.ts';

const citation: Citation = {
  authors: 'Ethayarajh, Xu, Muennighoff, Jurafsky, Kiela',
  title: 'KTO: Model Alignment as Prospect Theoretic Optimization',
  year: 2024,
  url: 'https://arxiv.org/abs/2402.01306',
  where: 'eq. 8',
};

const FORMS = ['KL of the forget set', 'uninformed answer', 'sigmoid', 'scaled and clamped'] as const;
type Form = (typeof FORMS)[number];

/** E[KL(p ‖ p̂)] over the examples of a batch, the sum over its rows each. */
const meanDivergence = (outputs: LaneOutputs): number => {
  const { rows, classes, logProbs, probs, reference } = outputs;
  let sum = 0;
  for (let i = 0; i < rows * classes; i++) {
    sum += (probs[i] as number) * ((logProbs[i] as number) - (reference[i] as number));
  }
  return sum / examplesIn(outputs);
};

/** The sum of log(p_k / p̂_k) over rows with some labels k. */
const sumOfRatios = ({ rows, classes, logProbs, reference }: LaneOutputs, labels: Int32Array): number => {
  let sum = 0;
  for (let b = 0; b < rows; b++) {
    const at = b * classes + (labels[b] as number);
    sum += (logProbs[at] as number) - (reference[at] as number);
  }
  return sum;
};

/** E[r_ỹ] over the examples of a batch. */
const meanOfAnswers = (outputs: LaneOutputs): number => {
  const { others } = outputs;
  const sum = others ? sumOfRatios(others, others.labels) : sumOfRatios(outputs, outputs.alternatives);
  return sum / examplesIn(outputs);
};

/** r of each row's example. */
const ratiosOf = (outputs: LaneOutputs): Float64Array => {
  const { rows, classes, logProbs, reference, labels } = outputs;
  const own = Float64Array.from({ length: rows }, (_, b) => {
    const at = b * classes + (labels[b] as number);
    return (logProbs[at] as number) - (reference[at] as number);
  });
  return sumsOverExamples(outputs, own);
};

const pointOf = (outputs: LaneOutputs, beta: number, form: Form): number => {
  if (form === 'KL of the forget set') return beta * meanDivergence(outputs);
  const answers = meanOfAnswers(outputs);
  return form === 'scaled and clamped' ? Math.max(0, beta * answers) : answers;
};

/** The point of comparison, [K, 1]. */
const point = (rows: Rows, beta: tf.Tensor, form: Form): tf.Tensor => {
  const column = (mean: tf.Tensor) => constant(tf.reshape(mean, [-1, 1]));
  if (form === 'KL of the forget set') {
    const each = tf.sum(tf.mul(rows.probs, tf.sub(rows.logProbs, rows.referenceLogProbs)), -1);
    const examples = tf.sum(rows.isExample, 1, true);
    const perExample = tf.div(tf.sum(tf.mul(each, rows.isRow), 1, true), examples);
    return tf.mul(beta, constant(perExample));
  }
  const answers = column(meanOverExamples(rows, tf.sub(rows.logPAlternative, rows.logPReferenceAlternative)));
  return form === 'scaled and clamped' ? constant(tf.maximum(0, tf.mul(beta, answers))) : answers;
};

export default rowMethod({
  id: 'kto',
  title: 'Kahneman-Tversky optimization (KTO)',
  short: 'KTO',
  summary: 'Like NPO, but each example is compared with a moving point: how far the model has moved on average.',
  formula: 'L = −(2/β) E_forget[log σ(z₀ − β log(p_y / p̂_y))]',
  page: {
    idea: 'People judge gains and losses against a point of reference. KTO pushes the label down as long as it has not fallen well below what the model as a whole has moved.',
    tex: String.raw`\mathcal L=-\frac2\beta\,\mathbb{E}_{f}\Big[\log\sigma\big(z_0-\beta\log\tfrac{p_y}{\hat p_y}\big)\Big],\qquad z_0=\beta\,\mathbb{E}_{f}\big[\mathrm{KL}(p\,\|\,\hat p)\big]\ \text{(no gradient)}`,
    lookFor:
      'The weight is below that of NPO once the model has moved, so it forgets more gently. Compare both at the same β.',
    failsWhen:
      'As z₀ grows with the distance from the original, the pull may die before the examples are forgotten. The three forms in use behave differently: say which one you show.',
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
      help: 'How soon an example is let go, measured against the point of reference.',
      default: 0.5,
      min: 0.01,
      max: 10,
      scale: 'log',
    },
    form: {
      kind: 'choice',
      label: 'Point of reference',
      help: '"KL of the forget set" as in the synthetic study of NPO. "uninformed answer" and "sigmoid" as in its code for TOFU, where z₀ carries no β. "scaled and clamped": the same with β, and never below 0.',
      default: 'KL of the forget set',
      options: FORMS,
    },
    labels: answersSpec('all'),
  },
  sequenceParams: {
    form: {
      kind: 'choice',
      label: 'Point of reference',
      help: '"scaled and clamped": β times how much likelier refusals have become on average, and never below 0. "uninformed answer" and "sigmoid" as in the code for TOFU, without β and without a clamp: there z₀ falls with the model, and KTO collapses as gradient ascent does.',
      default: 'scaled and clamped',
      options: FORMS,
    },
    labels: answersOfWords,
  },
  recipes: [
    {
      id: 'kto-rt',
      title: 'KTO with retain term (KTO+RT)',
      short: 'KTO+RT',
      summary: 'KTO plus ordinary training on the retain set.',
      citation,
      retain: { kind: 'ce' },
    },
  ],
  terms: [
    {
      on: 'forget',
      gradient: (outputs, { beta, form }, out) => {
        const { rows, classes, probs, labels } = outputs;
        const z0 = pointOf(outputs, beta, form);
        const ratios = ratiosOf(outputs);
        const examples = examplesIn(outputs);
        for (let b = 0; b < rows; b++) {
          const at = b * classes + (labels[b] as number);
          const u = z0 - beta * (ratios[b] as number);
          const weight = (2 * sigmoid(-u) * (form === 'sigmoid' ? sigmoid(u) : 1)) / examples;
          for (let i = b * classes; i < (b + 1) * classes; i++) {
            out[i] = weight * ((i === at ? 1 : 0) - (probs[i] as number));
          }
        }
      },
      loss: (rows, { beta, form }) => {
        const u = tf.sub(point(rows, beta, form), tf.mul(beta, tf.sub(rows.logP, rows.logPReference)));
        const value = form === 'sigmoid' ? tf.neg(tf.sigmoid(u)) : tf.softplus(tf.neg(u));
        const mean = meanOverExamples(rows, tf.mul(tf.div(2, beta), value));
        return form === 'KL of the forget set' ? mean : tf.add(mean, 1);
      },
    },
  ],
  alternatives: ({ labels }) => answersOf(labels),
});
