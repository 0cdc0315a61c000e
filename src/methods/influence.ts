// θ <- θ_o + α (C + λ I)⁻¹ v,  v = (n_f / n) (ḡ_forget - ḡ_retain): one Newton step towards the optimum without the forget
// set. C is the generalized Gauss-Newton matrix (the true Hessian is indefinite at θ_o) or the empirical Fisher information
// on the retain set. Koh & Liang 2017, eq. 1; Izzo et al. 2021. "as in the authors' code": the recursion of
// OPTML-Group/Unlearn-Saliency, Classification/unlearn/Wfisher.py, which never refreshes its second vector, so that it
// returns v less a multiple of the first retain gradient.

import { solveByProducts } from '../engine/base/linear.ts';
import { editMethod } from '../engine/method-kinds.ts';
import {
  dampedBy,
  empiricalFisherTimes,
  gaussNewtonTimes,
  type RowsAt,
  rowSums,
  rowsAt,
} from '../engine/objective/gauss-newton.ts';

/** Weight of the start in the recursion, and the most rows that it reads: `woodfisher_N` in that code. */
export const RECURSION = 1000;

/**
 * The recursion as it stands in that code, over single retain rows in their order: k and o begin as v and the first row's
 * gradient g_1, and o only ever shrinks. So o = h g_1 and k = v - c g_1, and what each row's gradient g says of v and g_1 is
 * all that is needed.
 */
const recursion = ({ push, pull, slopes, classes }: RowsAt, v: Float64Array): Float64Array => {
  const first = pull(slopes.map((s, i) => (i < classes ? s : 0)));
  const alongFirst = rowSums(classes, slopes, push(first));
  const alongV = rowSums(classes, slopes, push(v));
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
    const { x, y } = lane.rows('retain');
    const retain = rowsAt(lane.model, lane.original(), x, y);
    const times = curvature === 'empirical Fisher' ? empiricalFisherTimes(retain) : gaussNewtonTimes(retain);
    const direction =
      curvature === 'as in the authors’ code'
        ? recursion(retain, v)
        : solveByProducts(dampedBy(damping, times), v, { what: 'the curvature', field: 'damping' });
    return lane.original().map((weight, i) => weight + alpha * (direction[i] as number));
  },
});
