// λ E_retain[KL(p ‖ p̂)], the current output p first: as the NPO paper prints it, whereas all code computes the other order
// (`kl`). Per row dLoss/dz = p ⊙ (log(p / p̂) - KL(p ‖ p̂)): no pull towards one distribution.

import * as tf from '../engine/base/tf.ts';
import type { RetainTerm } from '../engine/contracts/method.ts';
import { meanOverRows } from '../engine/objective/rows.ts';

const term: RetainTerm = {
  id: 'kl-reverse',
  title: 'KL to the original model, reversed',
  short: 'KL reversed',
  summary:
    'The same divergence in the other order, as the NPO paper prints it: it minds little which classes lose probability, and much which ones gain some that the original ruled out.',
  formula: '+ λ E_retain[KL(p ‖ p̂)]',
  citation: {
    authors: 'Zhang, Lin, Bai, Mei',
    title: 'Negative Preference Optimization: From Catastrophic Collapse to Effective Unlearning',
    year: 2024,
    url: 'https://arxiv.org/abs/2404.05868',
    where: 'section 3, the KL term as printed',
  },
  needs: ['retain', 'original'],
  sequences: true,
  term: {
    on: 'retain',
    gradient: ({ rows, classes, probs, logProbs, reference }, _settings, out) => {
      for (let at = 0; at < rows * classes; at += classes) {
        let divergence = 0;
        for (let i = at; i < at + classes; i++) {
          out[i] = (logProbs[i] as number) - (reference[i] as number);
          divergence += (probs[i] as number) * (out[i] as number);
        }
        for (let i = at; i < at + classes; i++) {
          out[i] = ((probs[i] as number) * ((out[i] as number) - divergence)) / rows;
        }
      }
    },
    loss: (rows) => meanOverRows(rows, tf.sum(tf.mul(rows.probs, tf.sub(rows.logProbs, rows.referenceLogProbs)), -1)),
  },
};
export default term;
