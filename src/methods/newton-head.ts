// Frozen features φ = [h, 1] of the original's last hidden layer, and a head W that minimizes
//   mean CE + λ/2 ‖W‖² + ⟨B, W⟩ / n,  B ~ N(0, σ²):  objective perturbation.
// Removal: W <- W + H_retain⁻¹ Δ, one Newton step on what is left. What remains of the removed examples is the gradient of
// the summed objective; if its norm is at most σ ε / √(2 ln(1.5 / δ)), the head is (ε, δ)-indistinguishable from one trained
// without them; otherwise the head is trained anew. Guo et al., ICML 2020, eq. 3, theorem 3. With the head "one against the
// rest" removals are one by one with the data-dependent bound of corollary 1, as in facebookresearch/certified-removal,
// test_removal.py. The certificate covers the head alone: the features have seen the forget set.
import { SimError } from '../engine/errors.ts';
import {
  type BinaryHead,
  newtonStep,
  removeRows,
  residualNorm,
  type SoftmaxHead,
  trainedBinary,
  trainedHead,
} from '../engine/head.ts';
import type { LaneView } from '../engine/lane-view.ts';
import { log } from '../engine/math.ts';
import type { LaneValues, Method } from '../engine/method.ts';
import type { LayoutPart } from '../engine/model.ts';
import { foldIn, normal } from '../engine/random.ts';
import type { ParamSchema, Params } from '../engine/schema.ts';
import * as tf from '../engine/tf.ts';

const params = {
  lambda: {
    kind: 'number',
    label: 'Regularization',
    symbol: 'λ',
    help: 'Of the head. More makes the step more exact and the head less certain.',
    paperName: 'lam',
    default: 0.01,
    min: 0.00001,
    max: 1,
    scale: 'log',
  },
  sigma: {
    kind: 'number',
    label: 'Noise of the training',
    symbol: 'σ',
    help: 'Standard deviation of the random term that hides what is left. More noise allows more removals.',
    paperName: 'std',
    default: 1,
    min: 0,
    max: 100,
    scale: 'linear',
  },
  epsilon: {
    kind: 'number',
    label: 'Privacy loss',
    symbol: 'ε',
    help: 'How distinguishable the head may be from one trained without the examples.',
    paperName: 'eps',
    default: 1,
    min: 0.01,
    max: 10,
    scale: 'log',
  },
  delta: {
    kind: 'number',
    label: 'Failure probability',
    symbol: 'δ',
    help: 'The probability with which the guarantee may fail.',
    default: 0.0001,
    min: 1e-8,
    max: 0.1,
    scale: 'log',
  },
  head: {
    kind: 'choice',
    label: 'Head',
    help: '"softmax": all examples at once, what is left measured exactly. "one against the rest": one example after the other with the bound of the authors’ code.',
    default: 'softmax',
    options: ['softmax', 'one against the rest'],
  },
} as const satisfies ParamSchema;
type Values = LaneValues<typeof params>;

/** The largest system that is solved: features times classes. */
const MOST_UNKNOWNS = 1000;

/** Features and labels of a lane, forget rows first. */
const dataOf = (lane: LaneView) => {
  const { widths, classes } = lane.model;
  const width = widths.at(-2) as number;
  const d = width + 1;
  const splits = (['forget', 'retain'] as const).map((split) => ({
    hidden: lane.hidden(split).at(-1) as Float32Array,
    y: lane.rows(split).y,
  }));
  const y = Int32Array.from(splits.flatMap((one) => [...one.y]));
  const X = new Float64Array(y.length * d).fill(1);
  let row = 0;
  for (const { hidden, y: labels } of splits) {
    labels.forEach((_, i) => {
      for (let u = 0; u < width; u++) X[row * d + u] = hidden[i * width + u] as number;
      row++;
    });
  }
  return { X, y, d, classes, forgotten: lane.rows('forget').count };
};

const checkSize = (unknowns: number): void => {
  if (unknowns <= MOST_UNKNOWNS) return;
  throw new SimError('method/failed', 'newton-head: the head is too large to be solved for.', [
    {
      path: '/params/head',
      expected: `at most ${MOST_UNKNOWNS} unknowns, features times classes for a softmax`,
      found: `${unknowns}: a narrower last hidden layer is needed`,
    },
  ]);
};

/** √(2 ln(1.5/δ)) of the gradient norm that the noise hides. */
const budgetOf = ({ sigma, epsilon, delta }: Values): number => (sigma * epsilon) / Math.sqrt(2 * log(1.5 / delta));

/** The head before and after the request, [d * C], and what the certificate says. */
const heads = (lane: LaneView, hp: Values) => {
  const { X, y, d, classes: C, forgotten } = dataOf(lane);
  const budget = budgetOf(hp);
  const noise = Float64Array.from({ length: d * C }, (_, i) => hp.sigma * normal(foldIn(lane.key, 'objective'), i));
  if (hp.head === 'softmax') {
    checkSize(d * C);
    const full: SoftmaxHead = { X, y, features: d, classes: C, lambda: hp.lambda, noise };
    const left = { ...full, X: X.slice(forgotten * d), y: y.slice(forgotten) };
    const before = trainedHead(full, new Float64Array(d * C));
    const step = newtonStep(left, before);
    const residual = residualNorm(left, step);
    const isCertified = residual <= budget;
    return { before, after: isCertified ? step : trainedHead(left, step), residual, budget, isCertified };
  }
  checkSize(d);
  const [before, after] = [new Float64Array(d * C), new Float64Array(d * C)];
  const removed = Array.from({ length: forgotten }, (_, i) => i);
  const everyRow = Array.from(y.keys());
  let residual = 0;
  for (let c = 0; c < C; c++) {
    const head: BinaryHead = {
      X,
      y: Float64Array.from(y, (label) => (label === c ? 1 : -1)),
      features: d,
      lambda: hp.lambda,
    };
    const start = trainedBinary(head, everyRow);
    const { w, bounds } = removeRows(head, start, removed);
    const spent = bounds.reduce((a, b) => a + b, 0);
    residual = Math.max(residual, spent);
    const end = spent <= budget ? w : trainedBinary(head, everyRow.slice(forgotten));
    for (let i = 0; i < d; i++) {
      before[i * C + c] = start[i] as number;
      after[i * C + c] = end[i] as number;
    }
  }
  return { before, after, residual, budget, isCertified: residual <= budget };
};

/** The original's weights with another head. */
const withHead = (lane: LaneView, W: Float64Array): Float32Array => {
  const weights = lane.original().slice();
  weights.set(W, (lane.model.layout.at(-2) as LayoutPart).offset); // a kernel [h, C] and its biases follow one another
  return weights;
};

const stacked = (rows: readonly Float32Array[]): tf.Tensor => {
  const P = rows[0]?.length ?? 0;
  const all = new Float32Array(rows.length * P);
  rows.forEach((row, k) => {
    all.set(row, k * P);
  });
  return tf.tensorOf(all, [rows.length, P]);
};

const method: Method<typeof params> = {
  id: 'newton-head',
  title: 'Certified removal from the head (Newton step)',
  short: 'Newton head',
  summary: 'Removes the forget set from a linear head on frozen features by one Newton step, with a certificate.',
  formula: 'W ← W + H_r⁻¹ Δ, certified while ‖∇L_r(W)‖ ≤ σ ε / √(2 ln(1.5/δ))',
  page: {
    idea: 'For a linear head one Newton step lands almost where training without the examples would. What is left can be measured, and hidden behind noise that was added in training: a guarantee, not a hope.',
    tex: String.raw`W\leftarrow W+H_r^{-1}\Delta,\quad \Delta=\sum_{i\in f}\big(\nabla\ell_i(W)+\lambda W\big),\qquad \|\nabla L_r(W)\|\le\frac{\sigma\varepsilon}{\sqrt{2\ln(1.5/\delta)}}`,
    lookFor:
      'The results say how much of the budget was spent and whether it holds. When it is spent, the head is trained anew: exact, but no longer cheap.',
    failsWhen:
      'The features below were trained on the forget set, and nothing is promised for them. A whole class spends the budget at once.',
  },
  citation: {
    authors: 'Guo, Goldstein, Hannun, van der Maaten',
    title: 'Certified Data Removal from Machine Learning Models',
    year: 2020,
    url: 'https://arxiv.org/abs/1911.03030',
    where: 'eq. 3 and theorem 3',
  },
  needs: ['forget', 'retain', 'original'],
  start: 'original',
  schedule: 'one-shot',
  alone: true,
  params,
  recipes: [],
  init: (ctx) => ({
    params: stacked(ctx.lanes.map((lane, k) => withHead(lane, heads(lane, ctx.laneHp[k] as Values).before))),
  }),
  step: (_, ctx) => ({
    state: { params: stacked(ctx.lanes.map((lane, k) => withHead(lane, heads(lane, ctx.laneHp[k] as Values).after))) },
  }),
  account: (lane, _model, values: Params) => {
    const { residual, budget, isCertified } = heads(lane, values as unknown as Values);
    return { residual, budget, certified: isCertified ? 1 : 0 };
  },
};
export default method;
