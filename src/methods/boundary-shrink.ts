// L = E_forget[-log p_ỹ], ỹ = argmax f_θo(x + ε sign ∇_x CE(f_θo(x), y)): each forget example is given to the class across
// the nearest boundary, found once by one signed gradient step on the original model. Chen et al., CVPR 2023, eqs. 3, 4;
// OPTML-Group/Unlearn-Saliency, Classification/unlearn/boundary_sh.py (its clamping and rounding of pixels left out).

import * as tf from '../engine/base/tf.ts';
import type { LaneView } from '../engine/contracts/lane-view.ts';
import { argmax } from '../engine/contracts/metric.ts';
import { rowMethod } from '../engine/method-kinds.ts';
import { logitsAt } from '../engine/network/serve.ts';

/** The class that the original model sees after the step, for every forget example. */
const labelsAcross = (lane: LaneView, { bound }: { readonly bound: number }): Int32Array => {
  const { x, count } = lane.rows('forget');
  const gradient = lane.inputGradient('forget');
  const moved = x.map((value, i) => value + bound * Math.sign(gradient[i] as number));
  const logits = logitsAt(lane.model, lane.original(), moved);
  const { classes } = lane.model;
  return Int32Array.from({ length: count }, (_, row) => argmax(logits, row * classes, classes));
};

export default rowMethod({
  id: 'boundary-shrink',
  title: 'Boundary shrink',
  short: 'BS',
  summary: 'Gives each forget example to the class on the other side of its nearest decision boundary.',
  formula: 'L = E_forget[−log p_ỹ], ỹ = argmax f_o(x + ε sign ∇_x CE)',
  page: {
    idea: 'What would a model without the class say? Probably the neighboring class. Step across the nearest boundary, read the label there, and train on it.',
    tex: String.raw`\mathcal L=\mathbb{E}_{f}[-\log p_{\tilde y}],\qquad \tilde y=\arg\max f_{\theta_o}\big(x+\varepsilon\,\mathrm{sign}\,\nabla_x \mathrm{CE}(f_{\theta_o}(x),y)\big)`,
    lookFor:
      'The region of the forgotten class is shared out among its neighbors, as after retraining, while random labels leave noise.',
    failsWhen:
      'A step that does not cross the boundary gives back the true label, and that example is not forgotten: look at the flip rate in the results and raise ε.',
  },
  citation: {
    authors: 'Chen, Gao, Liu, Peng, Wang',
    title: 'Boundary Unlearning: Rapid Forgetting of Deep Networks via Shifting the Decision Boundary',
    year: 2023,
    url: 'https://arxiv.org/abs/2303.11570',
    where: 'eqs. 3 and 4',
  },
  needs: ['forget', 'original', 'alternativeLabels'],
  start: 'original',
  schedule: 'iterative',
  params: {
    bound: {
      kind: 'number',
      label: 'Length of the step',
      symbol: 'ε',
      help: 'How far each coordinate is moved to find the neighboring class, in units of the inputs.',
      paperName: 'bound; 0.1 for pixels in [0, 1]',
      default: 0.8,
      min: 0.01,
      max: 10,
      scale: 'log',
    },
  },
  recipes: [],
  terms: [
    {
      on: 'forget',
      pulls: [{ towards: 'alternative', weight: () => 1 }],
      loss: (rows) => tf.neg(rows.logPAlternative),
    },
  ],
  alternatives: (settings) => ({ redraw: false, draw: ({ lane }) => labelsAcross(lane, settings) }),
  /** Share of the forget examples whose label changed, a fraction of 1. */
  account: (lane, _model, settings) => {
    const { y, count } = lane.rows('forget');
    const across = labelsAcross(lane, settings);
    return { flipRate: y.reduce((sum, label, i) => sum + (label === across[i] ? 0 : 1), 0) / count };
  },
});
