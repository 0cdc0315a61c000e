// L = E_forget[-log p_ỹ] with random labels ỹ; usually with the retain term `ce`.
// Golatkar et al., CVPR 2020, and Amnesiac unlearning (Graves et al. 2021) draw ỹ ≠ y. The code of SalUn draws over all
// classes, the true one included (Classification/unlearn/RL.py), so that forgetting tops out near 1 - 1/C.

import { integer } from '../engine/base/random.ts';
import * as tf from '../engine/base/tf.ts';
import { rowMethod } from '../engine/method-kinds.ts';

export default rowMethod({
  id: 'rl',
  title: 'Random label (RL)',
  short: 'RL',
  summary: 'Trains the forget set towards random labels: bounded, but it leaves visible confusion behind.',
  formula: 'L = E_forget[−log p_ỹ], ỹ random',
  page: {
    idea: 'Give the forget set random labels and train on them. The loss is bounded, so nothing collapses, but the model learns confusion instead of ignorance.',
    tex: String.raw`\mathcal L=\mathbb{E}_{f}[-\log p_{\tilde y}],\qquad \tilde y\ \text{random}`,
    lookFor:
      'The forget accuracy falls quickly. Membership attacks fall far below one half: single points are over-forgotten. Under a SalUn mask fewer weights are disturbed.',
    failsWhen:
      'A retrained model generalizes and is right on many of the points; random labels make it wrong on all of them, visibly. The knowledge often survives in the features.',
  },
  citation: {
    authors: 'Golatkar, Achille, Soatto',
    title: 'Eternal Sunshine of the Spotless Net: Selective Forgetting in Deep Networks',
    year: 2020,
    url: 'https://arxiv.org/abs/1911.04933',
    where: 'random labels baseline',
  },
  needs: ['forget', 'alternativeLabels'],
  start: 'original',
  schedule: 'iterative',
  params: {
    labels: {
      kind: 'choice',
      label: 'Random labels',
      help: '"other" never draws the true class. "all" may, as in the code of SalUn: then one example in C is taught its own label.',
      default: 'other',
      options: ['other', 'all'],
    },
    redraw: {
      kind: 'choice',
      label: 'Draw labels',
      help: 'Anew in every pass over the forget set, as in the code of SalUn, or once before the start.',
      default: 'every pass',
      options: ['every pass', 'once'],
    },
  },
  recipes: [
    {
      id: 'rl-rt',
      title: 'Random label with retain term (RL+RT)',
      short: 'RL+RT',
      summary: 'Random labels on the forget set, true labels on the retain set.',
      citation: {
        authors: 'Graves, Nagisetty, Ganesh',
        title: 'Amnesiac Machine Learning',
        year: 2021,
        url: 'https://arxiv.org/abs/2010.10981',
        where: 'section 4.1, unlearning',
      },
      retain: { kind: 'ce' },
    },
    {
      id: 'amnesiac',
      title: 'Amnesiac unlearning',
      short: 'Amnesiac',
      summary: 'Random wrong labels, drawn once, on the forget set; true labels on the retain set.',
      citation: {
        authors: 'Graves, Nagisetty, Ganesh',
        title: 'Amnesiac Machine Learning',
        year: 2021,
        url: 'https://arxiv.org/abs/2010.10981',
        where: 'section 4.1, unlearning',
      },
      retain: { kind: 'ce' },
      params: { labels: 'other', redraw: 'once' },
    },
    {
      id: 'salun',
      title: 'Saliency unlearning (SalUn)',
      short: 'SalUn',
      summary: 'Random labels with retain term, moving only the weights that matter most to the forget set.',
      citation: {
        authors: 'Fan, Liu, Zhang, Wong, Wei, Liu',
        title: 'SalUn: Empowering Machine Unlearning via Gradient-Based Weight Saliency',
        year: 2024,
        url: 'https://arxiv.org/abs/2310.12508',
        where: 'eq. 5',
      },
      retain: { kind: 'ce' },
      mask: { kind: 'salun', keep: 0.5 },
    },
    {
      id: 'salun-soft',
      title: 'Soft saliency unlearning (proximal SalUn)',
      short: 'Soft SalUn',
      summary:
        'Random labels with retain term; after every step the weights that moved least go back, ever fewer of them.',
      citation: {
        authors: 'Fan, Liu, Zhang, Wong, Wei, Liu',
        title: 'SalUn: Empowering Machine Unlearning via Gradient-Based Weight Saliency',
        year: 2024,
        url: 'https://arxiv.org/abs/2310.12508',
        where: 'appendix, soft thresholding',
      },
      retain: { kind: 'ce' },
      mask: { kind: 'salun-soft', keep: 0.5 },
    },
  ],
  terms: [
    {
      on: 'forget',
      pulls: [{ towards: 'alternative', weight: () => 1 }],
      loss: (rows) => tf.neg(rows.logPAlternative),
    },
  ],
  alternatives: (settings) => ({
    redraw: settings.redraw === 'every pass',
    draw: ({ labels, classes, key }) =>
      labels.map((label, i) =>
        settings.labels === 'all' ? integer(key, i, classes) : (label + 1 + integer(key, i, classes - 1)) % classes,
      ),
  }),
});
