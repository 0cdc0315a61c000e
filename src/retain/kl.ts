// λ E_retain[KL(p̂ ‖ p)], the original model's output p̂ first: the NPO paper prints the other order, all code computes
// this one. Its gradient with respect to the logits is p - p̂: a pull towards the reference.

import type { RetainTerm } from '../engine/contracts/method.ts';

const term: RetainTerm = {
  id: 'kl',
  title: 'KL to the original model on the retain set',
  short: 'KL',
  summary: 'Holds the outputs on what is to be kept close to those of the original model.',
  formula: '+ λ E_retain[KL(p̂ ‖ p)]',
  citation: {
    authors: 'Maini, Feng, Schwarzschild, Lipton, Kolter',
    title: 'TOFU: A Task of Fictitious Unlearning for LLMs',
    year: 2024,
    url: 'https://arxiv.org/abs/2401.06121',
    where: 'KL minimization',
  },
  needs: ['retain', 'original'],
  heads: ['categorical', 'real'],
  sequences: true,
  term: {
    on: 'retain',
    pulls: [{ towards: 'reference', weight: () => 1 }],
    loss: (rows) => rows.divergence,
  },
};
export default term;
