// The hidden units that are most active on the forget set compared with the retain set are turned down: their outgoing
// weights are multiplied by a factor, 0 to remove them. After Hong et al. 2024 (ConceptVectors), who find and damage the
// parameters that carry a concept; a design of this program's own for small networks.

import { uniform } from '../engine/base/random.ts';
import type { LaneView } from '../engine/contracts/lane-view.ts';
import type { Layer } from '../engine/contracts/network.ts';
import type { Split } from '../engine/contracts/rows.ts';

import { editMethod } from '../engine/method-kinds.ts';

/** Mean size of each unit's activation on a split, for one hidden layer. */
const meanActivity = (lane: LaneView, split: Split, layer: number, width: number): Float32Array => {
  const values = lane.hidden(split)[layer] as Float32Array;
  const rows = values.length / width;
  const mean = new Float32Array(width);
  values.forEach((a, i) => {
    mean[i % width] = (mean[i % width] as number) + Math.abs(a) / rows;
  });
  return mean;
};

export default editMethod({
  id: 'ablate-units',
  title: 'Unit ablation',
  short: 'Ablate',
  summary: 'Switches off the hidden units that are most active on the forget set compared with the rest.',
  formula: 'outgoing weights of the top units by E_f|a| − E_r|a| times a factor',
  page: {
    idea: 'If some units stand for what is to be forgotten, they are more active on it than on anything else. Find them and turn them off.',
    tex: String.raw`u^\star=\operatorname{top}_m\big(\mathbb{E}_f|a_u|-\mathbb{E}_r|a_u|\big),\qquad W_{u^\star,\cdot}\leftarrow\gamma\,W_{u^\star,\cdot}`,
    lookFor: 'Compare with as many random units switched off: how much better is the choice than chance?',
    failsWhen: 'Small networks spread everything over all units, so what is kept suffers as well.',
  },
  citation: {
    authors: 'Hong, Yu, Yang, Ravfogel, Geva',
    title: 'Intrinsic Evaluation of Unlearning Using Parametric Knowledge Traces',
    year: 2024,
    url: 'https://arxiv.org/abs/2406.11614',
    where: 'section 6, ablating concept vectors',
  },
  needs: ['forget', 'retain', 'original'],
  needsLayers: true,
  params: {
    share: {
      kind: 'number',
      label: 'Share of the units',
      help: 'How many units of the layer are turned down, as a fraction of 1.',
      default: 0.25,
      min: 0.01,
      max: 1,
      scale: 'linear',
    },
    factor: {
      kind: 'number',
      label: 'Factor',
      symbol: 'γ',
      help: 'What is left of their outgoing weights. 0 switches them off.',
      default: 0,
      min: 0,
      max: 1,
      scale: 'linear',
    },
    choice: {
      kind: 'choice',
      label: 'Units',
      help: '"most active": by activity on the forget set less that on the retain set. "random": as many, drawn by chance, the control that the choice has to beat.',
      default: 'most active',
      options: ['most active', 'random'],
    },
    layer: {
      kind: 'choice',
      label: 'Layer',
      help: 'The last hidden layer or the first.',
      default: 'last',
      options: ['last', 'first'],
    },
  },
  recipes: [],
  edit: (lane, { share, factor, choice, layer }) => {
    const { widths, layers } = lane.model;
    const index = layer === 'last' ? widths.length - 3 : 0;
    const width = widths[index + 1] as number;
    const kept = meanActivity(lane, 'retain', index, width);
    const surplus = meanActivity(lane, 'forget', index, width).map((a, u) => a - (kept[u] as number));
    const score = choice === 'random' ? surplus.map((_, u) => uniform(lane.key, u)) : surplus;
    const order = Array.from(score.keys()).sort((a, b) => (score[b] as number) - (score[a] as number) || a - b);
    const weights = lane.original().slice();
    const { kernel: next, outputs: fanOut } = layers[index + 1] as Layer;
    for (const unit of order.slice(0, Math.max(1, Math.round(share * width)))) {
      const at = next.offset + unit * fanOut;
      for (let i = at; i < at + fanOut; i++) weights[i] = factor * (weights[i] as number);
    }
    return weights;
  },
});
