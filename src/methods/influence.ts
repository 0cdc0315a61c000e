// θ <- θ_o + α (C + λ I)⁻¹ v,  v = (n_f / n) (ḡ_forget - ḡ_retain): one Newton step towards the optimum without the forget
// set. C is the generalized Gauss-Newton matrix (the true Hessian is indefinite at θ_o) or the empirical Fisher information
// on the retain set. Koh & Liang 2017, eq. 1; Izzo et al. 2021. "as in the authors' code": the recursion of
// OPTML-Group/Unlearn-Saliency, Classification/unlearn/Wfisher.py, which never refreshes its second vector, so that it
// returns v less a multiple of the first retain gradient.
import { editMethod } from '../engine/doors.ts';
import type { LaneView } from '../engine/lane-view.ts';
import { dot, solveByProducts } from '../engine/linear.ts';
import { fisherSlopes, slopesFor } from '../engine/slopes.ts';

/** Rows [M * P] whose outer products add up to the curvature, after division by N. */
const factorsOf = (lane: LaneView, curvature: string): readonly Float32Array[] => {
  const { classes } = lane.model;
  const logits = lane.logits('retain');
  return curvature === 'Gauss-Newton'
    ? fisherSlopes(logits, classes).map((slopes) => lane.rowGradients('retain', slopes))
    : [lane.rowGradients('retain', slopesFor(logits, lane.rows('retain').y, classes))];
};

/** x -> C x + λ x. */
const curvatureProduct = (factors: readonly Float32Array[], count: number, damping: number) => (x: Float64Array) => {
  const out = x.map((value) => damping * value);
  for (const rows of factors) {
    for (let at = 0; at < rows.length; at += x.length) {
      const g = rows.subarray(at, at + x.length);
      const along = dot(g, x) / count;
      if (along !== 0) for (let i = 0; i < x.length; i++) out[i] = (out[i] as number) + along * (g[i] as number);
    }
  }
  return out;
};

const RECURSION = 1000;

/** The recursion as it stands in that code, over the retain rows in their order. */
const recursion = (lane: LaneView, v: Float32Array): Float64Array => {
  const { classes, size } = lane.model;
  const rows = lane.rowGradients('retain', slopesFor(lane.logits('retain'), lane.rows('retain').y, classes));
  const result = Float64Array.from(v);
  const held = Float64Array.from(rows.subarray(0, size));
  for (let at = size; at < rows.length; at += size) {
    const g = rows.subarray(at, at + size);
    const overlap = dot(held, g);
    const share = dot(result, g) / (RECURSION + overlap);
    for (let i = 0; i < size; i++) {
      result[i] = (result[i] as number) - share * (held[i] as number);
      held[i] = (held[i] as number) * (1 - overlap / (RECURSION + overlap));
    }
  }
  return result;
};

export default editMethod({
  id: 'influence',
  title: 'Influence unlearning (IU)',
  short: 'IU',
  summary: 'One step to where training without the forget set would have ended, if the loss were quadratic.',
  formula: 'θ = θ_o + α (C + λ I)⁻¹ v, v = (n_f/n)(ḡ_f − ḡ_r)',
  page: {
    idea: 'Ask by how much each weight would change if the forget set had counted a little less, and make that change in full. The curvature of the loss says how far to go in each direction.',
    tex: String.raw`\theta=\theta_o+\alpha\,(C+\lambda I)^{-1}v,\qquad v=\frac{n_f}{n}\big(\bar g_f-\bar g_r\big)`,
    lookFor:
      'A single step, no training. With little damping it goes far along flat directions; compare the two curvatures, and the published code, which amounts to one step of gradient ascent.',
    failsWhen:
      'A network is not quadratic: for a whole class the step leaves the region where the curvature means anything. A fitted forget set has no gradient left, so nothing happens.',
  },
  citation: {
    authors: 'Koh, Liang',
    title: 'Understanding Black-box Predictions via Influence Functions',
    year: 2017,
    url: 'https://arxiv.org/abs/1703.04730',
    where: 'eq. 1',
  },
  needs: ['forget', 'retain', 'original'],
  params: {
    alpha: {
      kind: 'number',
      label: 'Length of the step',
      symbol: 'α',
      help: 'Factor of the whole step; 1 is exact for a quadratic loss.',
      default: 1,
      min: 0,
      max: 100,
      scale: 'linear',
    },
    damping: {
      kind: 'number',
      label: 'Damping',
      symbol: 'λ',
      help: 'Added to the curvature in every direction. Small values go far where the loss is flat.',
      default: 0.05,
      min: 0.0001,
      max: 100,
      scale: 'log',
    },
    curvature: {
      kind: 'choice',
      label: 'Curvature',
      help: '"Gauss-Newton" and "empirical Fisher" are solved for. "as in the authors’ code" is the recursion of WoodFisher, which changes almost nothing about v.',
      default: 'Gauss-Newton',
      options: ['Gauss-Newton', 'empirical Fisher', 'as in the authors’ code'],
    },
  },
  recipes: [],
  edit: (lane, { alpha, damping, curvature }) => {
    const [n, m] = [lane.rows('forget').count, lane.rows('retain').count];
    const kept = lane.gradient('retain');
    const v = lane.gradient('forget').map((g, i) => (n / (n + m)) * (g - (kept[i] as number)));
    const direction =
      curvature === 'as in the authors’ code'
        ? recursion(lane, v)
        : solveByProducts(curvatureProduct(factorsOf(lane, curvature), m, damping), v, 'the curvature');
    return lane.original().map((weight, i) => weight + alpha * (direction[i] as number));
  },
});
