// Frozen features φ = [h, 1] of the last hidden layer, and a head W that minimizes
//   mean CE + λ/2 ‖W‖² + ⟨B, W⟩ / n,  B ~ N(0, σ²):  objective perturbation.
// Removal: W <- W + H_r⁻¹ Δ, one Newton step on what is left. What remains of the removed examples is the gradient of the
// summed objective; while its norm is at most σ ε / √(2 ln(1.5 / δ)), the head is (ε, δ)-indistinguishable from one trained
// without them; otherwise it is trained anew, with fresh noise. Guo et al., ICML 2020, eq. 3, theorem 3. With the head "one
// against the rest" examples go one by one and each adds its data-dependent bound (corollary 1), as in
// facebookresearch/certified-removal, test_removal.py; the heads are released together, so that their bounds add up as
// lengths do. The certificate covers the head alone, unless the features below were never trained.

import { SimError } from '../engine/base/errors.ts';
import { norm } from '../engine/base/linear.ts';
import { log } from '../engine/base/math.ts';
import { foldIn, type Key, normal } from '../engine/base/random.ts';
import type { ParamSchema } from '../engine/base/schema.ts';
import * as tf from '../engine/base/tf.ts';
import type { LaneView } from '../engine/contracts/lane-view.ts';
import type { LaneValues, Method } from '../engine/contracts/method.ts';
import type { Layer, Network } from '../engine/contracts/network.ts';

import { hiddenAt } from '../engine/network/serve.ts';
import {
  type BinaryHead,
  newtonStep,
  removeRows,
  residualNorm,
  type SoftmaxHead,
  spectralNorms,
  trainedBinary,
  trainedHead,
} from './shared/linear-head.ts';

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
  features: {
    kind: 'choice',
    label: 'Features',
    help: '"original": those of the trained model, which have seen the forget set. "untrained": those of fresh weights, so that the certificate covers the whole network.',
    default: 'original',
    options: ['original', 'untrained'],
  },
} as const satisfies ParamSchema;
type Values = LaneValues<typeof params>;

/** Features and labels of a lane, forget rows first. */
const dataOf = (lane: LaneView, weights: Float32Array) => {
  const { model } = lane;
  const width = model.widths.at(-2) as number;
  const d = width + 1;
  const splits = (['forget', 'retain'] as const).map((split) => lane.rows(split));
  const y = Int32Array.from(splits.flatMap((rows) => [...rows.y]));
  const X = new Float64Array(y.length * d).fill(1);
  let row = 0;
  for (const { x, count } of splits) {
    const hidden = hiddenAt(model, weights, x).at(-1) as Float32Array;
    for (let i = 0; i < count; i++) X.set(hidden.subarray(i * width, (i + 1) * width), d * row++);
  }
  return { X, y, d, classes: model.classes, forgotten: splits[0]?.count ?? 0 };
};
type Data = ReturnType<typeof dataOf>;

/** √(2 ln(1.5/δ)) of the gradient norm that the noise hides. */
const budgetOf = ({ sigma, epsilon, delta }: Values): number => (sigma * epsilon) / Math.sqrt(2 * log(1.5 / delta));

/** The heads of a lane as objectives; each training has noise of its own. */
const headsOf = ({ X, y, d, classes: C }: Data, { lambda, sigma }: Values, key: Key, training: number) => {
  const own = foldIn(key, 'objective', training);
  const noise = Float64Array.from({ length: d * C }, (_, i) => sigma * normal(own, i));
  const binary = (c: number): BinaryHead => ({
    X,
    y: Float64Array.from(y, (label) => (label === c ? 1 : -1)),
    features: d,
    lambda,
    noise: noise.filter((_, i) => i % C === c),
  });
  const softmax = (from: number): SoftmaxHead => ({
    X: X.subarray(from * d),
    y: y.subarray(from),
    features: d,
    classes: C,
    lambda,
    noise,
  });
  return { binary, softmax };
};

const columnOf = (W: Float64Array, c: number, C: number): Float64Array => W.filter((_, i) => i % C === c);
const fromColumns = (columns: readonly Float64Array[]): Float64Array => {
  const C = columns.length;
  return Float64Array.from({ length: C * (columns[0]?.length ?? 0) }, (_, i) => {
    return columns[i % C]?.[Math.floor(i / C)] as number;
  });
};

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

/** W [d * C] at its optimum on the rows from `first` on. */
const trained = (data: Data, settings: Values, key: Key, training: number, first: number): Float64Array => {
  const { d, classes: C, y } = data;
  const { binary, softmax } = headsOf(data, settings, key, training);
  if (settings.head === 'softmax') return trainedHead(softmax(first), new Float64Array(d * C));
  return fromColumns(range(0, C).map((c) => trainedBinary(binary(c), range(first, y.length))));
};

/** The most products of two numbers that removals one by one may take: some ten seconds. */
const MOST_WORK = 8e9;

const checkWork = ({ y, d, classes, forgotten }: Data): void => {
  const work = forgotten * classes * y.length * d * d * 0.5;
  if (work <= MOST_WORK) return;
  throw new SimError('method/failed', `newton-head: ${forgotten} removals one by one take too long.`, [
    {
      path: '/params/head',
      expected: '"softmax", which removes all examples at once, or a smaller forget set',
      found: 'one against the rest',
    },
  ]);
};

/** After the removal: the head, and what is left of the examples on top of `spent`, [C] or one number. */
const removed = (
  data: Data,
  settings: Values,
  key: Key,
  training: number,
  W: Float64Array,
  spent: ArrayLike<number>,
) => {
  const { classes: C, forgotten, y } = data;
  const { binary, softmax } = headsOf(data, settings, key, training);
  if (settings.head === 'softmax') {
    const after = Float64Array.from(Float32Array.from(newtonStep(softmax(forgotten), W))); // what the network will hold
    // The gradient that is there is all there is: earlier removals are in it.
    return { after, spent: [residualNorm(softmax(forgotten), after), ...new Array<number>(C - 1).fill(0)] };
  }
  checkWork(data);
  const [rows, gone] = [range(0, y.length), range(0, forgotten)];
  const norms = spectralNorms(binary(0), rows, gone);
  const each = range(0, C).map((c) => removeRows(binary(c), columnOf(W, c, C), rows, gone, norms));
  return {
    after: fromColumns(each.map(({ w }) => w)),
    spent: each.map(({ bounds }, c) => bounds.reduce((a, b) => a + b, spent[c] as number)),
  };
};

const headAt = ({ layers }: Network): number => (layers.at(-1) as Layer).kernel.offset; // a kernel [h, C] and then its biases

const withHead = (model: Network, weights: Float32Array, W: Float64Array): Float32Array => {
  const next = weights.slice();
  next.set(W, headAt(model));
  return next;
};

const stacked = (rows: readonly (readonly number[] | Float32Array)[]): tf.Tensor =>
  tf.tensorOf(Float32Array.from(rows.flatMap((row) => [...row])), [rows.length, rows[0]?.length ?? 0]);

const rowsOf = (tensor: tf.Tensor): Float32Array[] => {
  const [K, n] = tensor.shape as [number, number];
  const all = Float32Array.from(tf.valuesOf(tensor));
  return Array.from({ length: K }, (_, k) => all.subarray(k * n, (k + 1) * n));
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
      'The results say what the removal left (residual), what the noise hides (budget), and whether that was too little, so that the head was trained anew: exact, but no longer cheap. Remove a few points, then a class.',
    failsWhen:
      'The features below were trained on the forget set, and nothing is promised for them; with untrained features all is promised, at a price in accuracy. A whole class spends the budget at once.',
  },
  citation: {
    authors: 'Guo, Goldstein, Hannun, van der Maaten',
    title: 'Certified Data Removal from Machine Learning Models',
    year: 2020,
    url: 'https://arxiv.org/abs/1911.03030',
    where: 'eq. 3 and theorem 3',
  },
  needs: ['forget', 'retain', 'original'],
  needsLayers: true,
  start: 'original',
  schedule: 'one-shot',
  alone: true,
  params,
  recipes: [],
  init: (ctx) => {
    const weights = ctx.lanes.map((lane, k) => {
      const settings = ctx.laneSettings[k] as Values;
      const body = settings.features === 'original' ? lane.original() : lane.initial();
      return withHead(ctx.model, body, trained(dataOf(lane, body), settings, lane.key, 0, 0));
    });
    return {
      weights: stacked(weights),
      spent: stacked(weights.map(() => new Float32Array(ctx.model.classes))),
      last: stacked(weights.map(() => [0])),
      trainedAnew: stacked(weights.map(() => [0])),
    };
  },
  resume: (last) => last,
  step: (state, ctx) => {
    const [spent, trainings] = [rowsOf(state['spent'] as tf.Tensor), rowsOf(state['trainedAnew'] as tf.Tensor)];
    const lanes = rowsOf(state.weights).map((weights, k) => {
      const [lane, settings] = [ctx.lanes[k] as LaneView, ctx.laneSettings[k] as Values];
      const data = dataOf(lane, weights);
      const training = trainings[k]?.[0] as number;
      const W = Float64Array.from(weights.subarray(headAt(ctx.model)));
      const next = removed(data, settings, lane.key, training, W, spent[k] as Float32Array);
      const residual = norm(next.spent);
      const isSpent = !(residual <= budgetOf(settings));
      return {
        weights: withHead(
          ctx.model,
          weights,
          isSpent ? trained(data, settings, lane.key, training + 1, data.forgotten) : next.after,
        ),
        spent: isSpent ? next.spent.map(() => 0) : next.spent,
        residual,
        training: training + (isSpent ? 1 : 0),
        visits: data.y.length,
      };
    });
    return {
      state: {
        weights: stacked(lanes.map(({ weights }) => weights)),
        spent: stacked(lanes.map((lane) => lane.spent)),
        last: stacked(lanes.map(({ residual }) => [residual])),
        trainedAnew: stacked(lanes.map(({ training }) => [training])),
      },
      visits: lanes.map(({ visits }) => visits),
    };
  },
  /** What the last removal would have left, the norm that the noise hides, and how often the head was trained anew. */
  account: (_lane, _model, settings, state) => ({
    budget: budgetOf(settings),
    ...(state && {
      residual: state['last']?.values[0] as number,
      trainedAnew: state['trainedAnew']?.values[0] as number,
    }),
  }),
};
export default method;
