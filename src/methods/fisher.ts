// θ <- θ_o + noise that is larger where a weight matters less to the retain set. Golatkar et al., CVPR 2020, eq. 8:
// variance α / F_retain, F with labels drawn from the model. OPTML-Group/Unlearn-Saliency, Classification/unlearn/fisher.py
// has two forms. "simple": standard deviation min(√(α / F), 0.001), F of the true labels. "Golatkar": variance
// α min(1 / (F + 1e-8), 1000), 100 in the output layer, the mean over the inputs of a unit for kernels, ten times as much
// in the output layer and for biases.

import { normal } from '../engine/base/random.ts';
import type { LaneView } from '../engine/contracts/lane-view.ts';
import type { LayoutPart } from '../engine/contracts/network.ts';
import { editMethod } from '../engine/method-kinds.ts';

import { fisherSlopes, slopesFor } from '../engine/objective/slopes.ts';

/** The diagonal of the Fisher information on the retain set, labels drawn from the model, [P]. */
export const trueDiagonal = (lane: LaneView): Float32Array => {
  const { size, classes } = lane.model;
  const sum = new Float32Array(size);
  for (const slopes of fisherSlopes(lane.logits('retain'), classes)) {
    lane.meanSquares('retain', slopes).forEach((square, i) => {
      sum[i] = (sum[i] as number) + square;
    });
  }
  return sum;
};

/** Golatkar's variances, [P]. */
export const variances = (lane: LaneView, alpha: number): Float32Array => {
  const diagonal = trueDiagonal(lane);
  const { layout, size } = lane.model;
  const out = new Float32Array(size);
  layout.forEach(({ shape, offset, size: length }: LayoutPart, i) => {
    const isOutput = i >= layout.length - 2;
    const most = isOutput ? 100 : 1000;
    const raw = Float32Array.from(diagonal.subarray(offset, offset + length), (f) => Math.min(1 / (f + 1e-8), most));
    const [fanIn, fanOut] = shape.length === 2 ? (shape as [number, number]) : [1, length];
    const factor = alpha * (isOutput || shape.length === 1 ? 10 : 1);
    for (let o = 0; o < fanOut; o++) {
      let mean = 0;
      for (let row = 0; row < fanIn; row++) mean += (raw[row * fanOut + o] as number) / fanIn;
      for (let row = 0; row < fanIn; row++) out[offset + row * fanOut + o] = factor * mean;
    }
  });
  return out;
};

export default editMethod({
  id: 'fisher',
  title: 'Fisher forgetting',
  short: 'Fisher',
  summary: 'Adds noise to every weight, the more the less it matters to the retain set.',
  formula: 'θ = θ_o + ε, ε ~ N(0, α / F_retain)',
  page: {
    idea: 'If a weight hardly matters to what is kept, it may as well be random, and with it goes what it knew of the rest. The Fisher information says how much it matters.',
    tex: String.raw`\theta=\theta_o+\varepsilon,\qquad \varepsilon_i\sim\mathcal N\Big(0,\ \frac{\alpha}{F_{r,i}}\Big)`,
    lookFor: 'Retain and forget accuracy fall together as α grows; each seed draws its own noise, so look at the band.',
    failsWhen:
      'The diagonal ignores that weights act together. In a small network there is hardly an α that destroys the one and spares the other.',
  },
  citation: {
    authors: 'Golatkar, Achille, Soatto',
    title: 'Eternal Sunshine of the Spotless Net: Selective Forgetting in Deep Networks',
    year: 2020,
    url: 'https://arxiv.org/abs/1911.04933',
    where: 'eq. 8',
  },
  needs: ['retain', 'original'],
  params: {
    alpha: {
      kind: 'number',
      label: 'Scale of the noise',
      symbol: 'α',
      help: 'Variance of the noise times the Fisher information.',
      default: 1e-6,
      min: 1e-9,
      max: 1,
      scale: 'log',
    },
    form: {
      kind: 'choice',
      label: 'Form',
      help: '"Golatkar": as published, with its caps. "simple": the other form in the code of SalUn, never more than 0.001 per weight.',
      default: 'Golatkar',
      options: ['Golatkar', 'simple'],
    },
  },
  recipes: [],
  edit: (lane, { alpha, form }) => {
    const deviation =
      form === 'Golatkar'
        ? variances(lane, alpha).map(Math.sqrt)
        : lane
            .meanSquares('retain', slopesFor(lane.logits('retain'), lane.rows('retain').y, lane.model.classes))
            .map((f) => Math.min(Math.sqrt(alpha / f), 0.001));
    return lane.original().map((weight, i) => weight + (deviation[i] as number) * normal(lane.key, i));
  },
});
