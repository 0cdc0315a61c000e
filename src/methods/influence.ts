// θ <- θ_o + α (C + λ I)⁻¹ v,  v = (n_f / n) (ḡ_forget - ḡ_retain): one Newton step towards the optimum without the forget
// set. C is the generalized Gauss-Newton matrix (the true Hessian is indefinite at θ_o) or the empirical Fisher information
// on the retain set. Koh & Liang 2017, eq. 1; Izzo et al. 2021. "as in the authors' code": the recursion of
// OPTML-Group/Unlearn-Saliency, Classification/unlearn/Wfisher.py, which never refreshes its second vector, so that it
// returns v less a multiple of the first retain gradient.
import { editMethod } from '../engine/doors.ts';
import type { LaneView } from '../engine/lane-view.ts';
import { solveByProducts } from '../engine/linear.ts';
import { linearized } from '../engine/linearize.ts';
import { slopesFor } from '../engine/slopes.ts';

/** The retain set at θ_o: its network made linear, every row's dCE/dLogits p - e_y [N * C], and p. */
const retainAt = (lane: LaneView) => {
  const { model } = lane;
  const { x, y, count } = lane.rows('retain');
  const slopes = Float64Array.from(slopesFor(lane.logits('retain'), y, model.classes));
  const probs = slopes.map((s, i) => s + (y[Math.floor(i / model.classes)] === i % model.classes ? 1 : 0));
  return { at: linearized(model, lane.original(), x), slopes, probs, count, classes: model.classes };
};
type Retain = ReturnType<typeof retainAt>;

/** For every row, the sum over its classes of weights times values. */
const rowSums = (classes: number, weights: Float64Array, values: Float64Array): Float64Array => {
  const sums = new Float64Array(values.length / classes);
  values.forEach((value, i) => {
    const row = Math.floor(i / classes);
    sums[row] = (sums[row] as number) + (weights[i] as number) * value;
  });
  return sums;
};

/** x -> C x. With J the derivatives of the logits, C is the mean of Jᵀ (diag p - p pᵀ) J, or of Jᵀ (p - e_y)(p - e_y)ᵀ J. */
const curvatureTimes =
  ({ at, slopes, probs, count, classes }: Retain, curvature: string) =>
  (x: Float64Array) => {
    const change = at.push(x);
    if (curvature === 'empirical Fisher') {
      const along = rowSums(classes, slopes, change);
      return at.pull(slopes.map((s, i) => (s * (along[Math.floor(i / classes)] as number)) / count));
    }
    const mean = rowSums(classes, probs, change);
    return at.pull(
      change.map((z, i) => ((probs[i] as number) * (z - (mean[Math.floor(i / classes)] as number))) / count),
    );
  };

const RECURSION = 1000;

/**
 * The recursion as it stands in that code, over single retain rows in their order: k and o begin as v and the first row's
 * gradient g_1, and o only ever shrinks. So o = h g_1 and k = v - c g_1, and what each row's gradient g says of v and g_1 is
 * all that is needed.
 */
const recursion = ({ at, slopes, classes }: Retain, v: Float64Array): Float64Array => {
  const first = at.pull(slopes.map((s, i) => (i < classes ? s : 0)));
  const alongFirst = rowSums(classes, slopes, at.push(first));
  const alongV = rowSums(classes, slopes, at.push(v));
  let [h, c] = [1, 0];
  for (let row = 1; row < alongV.length && row <= RECURSION + 1; row++) {
    const overlap = h * (alongFirst[row] as number);
    const along = (alongV[row] as number) - c * (alongFirst[row] as number);
    c += (along / (RECURSION + overlap)) * h;
    h -= (overlap / (RECURSION + overlap)) * h;
  }
  return first.map((g, i) => (v[i] as number) - c * g);
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
      help: 'Added to the curvature in every direction. Small values go far where the loss is flat; large ones leave a fitted network where it is.',
      default: 0.001,
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
    const v = Float64Array.from(lane.gradient('forget'), (g, i) => (n / (n + m)) * (g - (kept[i] as number)));
    const retain = retainAt(lane);
    const times = curvatureTimes(retain, curvature);
    const damped = (x: Float64Array) => times(x).map((value, i) => value + damping * (x[i] as number));
    const direction =
      curvature === 'as in the authors’ code'
        ? recursion(retain, v)
        : solveByProducts(damped, v, { what: 'the curvature', field: 'damping' });
    return lane.original().map((weight, i) => weight + alpha * (direction[i] as number));
  },
});
