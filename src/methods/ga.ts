// L = E_forget[log p_y]: minimizing it climbs the cross-entropy of the forget set, without bound.
// Per row: push away from the label with weight 1, however well it is forgotten already.
// Loss as in licong-lin/negative-preference-optimization, synthetic/mymodel.py, grad_ascent.

import { rowMethod } from '../engine/method-kinds.ts';

export default rowMethod({
  id: 'ga',
  title: 'Gradient ascent (GA)',
  short: 'GA',
  summary: 'Climbs the loss on the forget set with constant force; sooner or later it tears down everything else.',
  formula: 'L = E_forget[log p_y]',
  page: {
    idea: 'Gradient ascent does the opposite of training: it climbs the loss on the forget set. Every example is pushed away from its label with the same force, however well it is forgotten already.',
    tex: String.raw`\mathcal L=\mathbb{E}_{f}\big[\log p_y\big]`,
    lookFor:
      'At first nothing, then a cliff: the retain accuracy falls with the forget accuracy. A perfectly fitted set hardly moves for a while, since the pull is proportional to 1 − p; that is not robustness.',
    failsWhen:
      'The loss has no lower bound, so it never stops. With a constant force the weights run away linearly in a linear model and far faster in a deep one.',
  },
  citation: {
    authors: 'Jang, Yoon, Yang, Cha, Lee, Logeswaran, Seo',
    title: 'Knowledge Unlearning for Mitigating Privacy Risks in Language Models',
    year: 2023,
    url: 'https://arxiv.org/abs/2210.01504',
    where: 'eq. 1',
  },
  needs: ['forget'],
  heads: ['categorical', 'real'],
  sequences: true,
  start: 'original',
  schedule: 'iterative',
  params: {},
  recipes: [
    {
      id: 'graddiff',
      title: 'Gradient difference (GradDiff)',
      short: 'GradDiff',
      summary: 'Gradient ascent on the forget set plus ordinary training on the retain set: delays the collapse.',
      citation: {
        authors: 'Liu, Liu, Stone',
        title: 'Continual Learning and Private Unlearning',
        year: 2022,
        url: 'https://arxiv.org/abs/2203.12817',
        where: 'gradient difference',
      },
      retain: { kind: 'ce' },
    },
    {
      id: 'ga-kl',
      title: 'Gradient ascent + KL (GA+KL)',
      short: 'GA+KL',
      summary: 'Gradient ascent, held to the original model’s outputs on the retain set.',
      citation: {
        authors: 'Maini, Feng, Schwarzschild, Lipton, Kolter',
        title: 'TOFU: A Task of Fictitious Unlearning for LLMs',
        year: 2024,
        url: 'https://arxiv.org/abs/2401.06121',
        where: 'KL minimization',
      },
      retain: { kind: 'kl' },
    },
  ],
  rule: [{ on: 'forget', mean: 'rows', pulls: [{ towards: 'label', weight: '-1' }] }],
  terms: [
    {
      on: 'forget',
      pulls: [{ towards: 'label', weight: () => -1 }],
      loss: (rows) => rows.rowLogP,
    },
  ],
});
