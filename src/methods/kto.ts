// L = -(2/β) E_forget[log σ(z0 - β r)], r = log(p_y / p̂_y): the label is undesirable, measured against a point z0 that no
// gradient flows through. Ethayarajh et al. 2024, eq. 8, forget examples only. Three forms of z0 are in use:
//   "KL of the forget set"  z0 = β E_forget[KL(p ‖ p̂)]                licong-lin/negative-preference-optimization, synthetic
//   "uninformed answer"     z0 = E_forget[r_ỹ], without β              the same repository, TOFU/dataloader.py
//   "sigmoid"               the same z0, L = -(2/β) E[σ(z0 - β r)]     the paper's own value function, as in that file

import { sigmoid } from '../engine/base/math.ts';
import type { Citation } from '../engine/base/schema.ts';
import * as tf from '../engine/base/tf.ts';
import type { LaneOutputs, Rows } from '../engine/contracts/rows.ts';
import { rowMethod } from '../engine/method-kinds.ts';
import { constant } from '../engine/objective/divergences.ts';

import { answersOf, answersSpec } from './shared/uninformed-answers.ts';

const citation: Citation = {
  authors: 'Ethayarajh, Xu, Muennighoff, Jurafsky, Kiela',
  title: 'KTO: Model Alignment as Prospect Theoretic Optimization',
  year: 2024,
  url: 'https://arxiv.org/abs/2402.01306',
  where: 'eq. 8',
};

/** E[KL(p ‖ p̂)] over a batch. */
const meanDivergence = ({ rows, classes, logProbs, probs, reference }: LaneOutputs): number => {
  let sum = 0;
  for (let i = 0; i < rows * classes; i++) {
    sum += (probs[i] as number) * ((logProbs[i] as number) - (reference[i] as number));
  }
  return sum / rows;
};

/** E[log(p_ỹ / p̂_ỹ)] over a batch. */
const meanOfAnswers = ({ rows, classes, logProbs, reference, alternatives }: LaneOutputs): number => {
  let sum = 0;
  for (let b = 0; b < rows; b++) {
    const at = b * classes + (alternatives[b] as number);
    sum += (logProbs[at] as number) - (reference[at] as number);
  }
  return sum / rows;
};

/** Both points of comparison, [K, 1] each. */
const pointsOf = (rows: Rows) => {
  const divergence = tf.sum(tf.mul(rows.probs, tf.sub(rows.logProbs, rows.referenceLogProbs)), -1);
  const answers = tf.sub(rows.logPAlternative, rows.logPReferenceAlternative);
  return { divergence: constant(tf.mean(divergence, 1, true)), answers: constant(tf.mean(answers, 1, true)) };
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
  start: 'original',
  schedule: 'iterative',
  params: {
    beta: {
      kind: 'number',
      label: 'Inverse temperature',
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
      help: '"KL of the forget set" as in the synthetic study of NPO. "uninformed answer" and "sigmoid" as in its code for TOFU, where z₀ carries no β.',
      default: 'KL of the forget set',
      options: ['KL of the forget set', 'uninformed answer', 'sigmoid'],
    },
    labels: answersSpec('all'),
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
        const { rows, classes, logProbs, probs, reference, labels } = outputs;
        const answers = meanOfAnswers(outputs);
        const z0 = form === 'KL of the forget set' ? beta * meanDivergence(outputs) : answers;
        for (let b = 0; b < rows; b++) {
          const at = b * classes + (labels[b] as number);
          const u = z0 - beta * ((logProbs[at] as number) - (reference[at] as number));
          const weight = (2 * sigmoid(-u) * (form === 'sigmoid' ? sigmoid(u) : 1)) / rows;
          for (let i = b * classes; i < (b + 1) * classes; i++) {
            out[i] = weight * ((i === at ? 1 : 0) - (probs[i] as number));
          }
        }
      },
      loss: (rows, { beta, form }) => {
        const { divergence, answers } = pointsOf(rows);
        const z0 = form === 'KL of the forget set' ? tf.mul(beta, divergence) : answers;
        const u = tf.sub(z0, tf.mul(beta, tf.sub(rows.logP, rows.logPReference)));
        const value = form === 'sigmoid' ? tf.neg(tf.sigmoid(u)) : tf.softplus(tf.neg(u));
        const mean = tf.mean(tf.mul(tf.div(2, beta), value), 1);
        return form === 'KL of the forget set' ? mean : tf.add(mean, 1);
      },
    },
  ],
  alternatives: ({ labels }) => answersOf(labels),
});
