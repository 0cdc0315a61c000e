// For each request t, on every hidden kernel, a low-rank adapter that is used as far as the input looks forgotten:
//   W + Σ_t g_t(x) A_t B_t,   min over A_t, B_t: E_forget,t[-log p_ỹ] + μ Σ_{i<t} ‖A_iᵀ A_t‖²_F,  g_t(x) from a detector.
// Retain-free; earlier adapters stay as they are. Gao et al., ICLR 2025, eqs. 3-8; GCYZSL/O3-LLM-UNLEARNING,
// src/lora_layer_hacked_o.py, train_ood.py. There the detector is a language model with a one-class SVM over its layers;
// here it is a diagonal Gaussian on each hidden layer of the original network.

import { sigmoid, tanh } from '../engine/base/math.ts';
import { foldIn, integer, normal, permutation } from '../engine/base/random.ts';
import type { ParamSchema } from '../engine/base/schema.ts';
import * as tf from '../engine/base/tf.ts';
import type { Method, MethodContext, MethodState } from '../engine/contracts/method.ts';
import type { Activation, Network } from '../engine/contracts/network.ts';
import { begin, follow, lossGradient } from '../engine/method-kinds.ts';

import { hiddenAt, servedBy } from '../engine/network/serve.ts';
import { rowsOf } from '../engine/objective/rows.ts';
import { logisticGate, twoSidedGate } from './shared/gate.ts';

const params = {
  rank: {
    kind: 'int',
    label: 'Rank of the adapters',
    symbol: 'r',
    help: 'How many directions of each hidden layer an adapter may change.',
    default: 2,
    min: 1,
    max: 8,
  },
  orthogonality: {
    kind: 'number',
    label: 'Weight of orthogonality',
    symbol: 'μ',
    help: 'Keeps the directions of a new adapter apart from those of earlier requests. Without effect at the first.',
    paperName: 'λ',
    default: 0.1,
    min: 0,
    max: 10,
    scale: 'linear',
  },
  gate: {
    kind: 'choice',
    label: 'Gate',
    help: '"logistic" goes to 0 far from the forget set. "as in the authors’ code" never falls below 0.119, so that everything is changed a little.',
    default: 'logistic',
    options: ['logistic', 'as in the authors’ code'],
  },
} as const satisfies ParamSchema;
type Context = MethodContext<typeof params>;

/** Where everything of one request stands after the original's weights. */
const layoutOf = ({ widths }: Pick<Network, 'widths'>, rank: number) => {
  const hidden = widths.slice(1, -1);
  let at = 0;
  const take = (n: number) => {
    at += n;
    return at - n;
  };
  const adapters = hidden.map((out, l) => ({
    fanIn: widths[l] as number,
    out,
    a: take((widths[l] as number) * rank),
    b: take(rank * out),
  }));
  const trained = at;
  const layers = hidden.map((width) => ({ width, mean: take(width), precision: take(width) }));
  const scale = take(3); // fitted, held out, deviation
  return { adapters, layers, trained, scale, size: at };
};
type Layout = ReturnType<typeof layoutOf>;

const applied: Readonly<Record<Activation, (z: number) => number>> = {
  relu: (z) => (z > 0 ? z : 0),
  tanh,
  sigmoid,
};

/** Mean over the layers of the mean squared distance in standard deviations, times -1/2. */
const scoreOf = ({ layers }: Layout, detector: Float32Array, hidden: readonly Float32Array[], row: number): number => {
  let sum = 0;
  layers.forEach(({ width, mean, precision }, l) => {
    let square = 0;
    for (let i = 0; i < width; i++) {
      const gap = (hidden[l]?.[row * width + i] as number) - (detector[mean + i] as number);
      square += gap * gap * (detector[precision + i] as number);
    }
    sum -= square / width / 2;
  });
  return sum / layers.length;
};

/** Fits the detector of a request on four fifths of its examples, and its scale on the rest; writes both. */
const fitDetector = (ctx: Context, k: number, layout: Layout, out: Float32Array): void => {
  const lane = ctx.lanes[k] as Context['lanes'][number];
  const { count } = lane.rows('forget');
  const hidden = lane.hidden('forget');
  const order = permutation(foldIn(lane.key, 'detector', count), count);
  const fitted = count < 5 ? order : order.subarray(0, Math.floor(0.8 * count));
  const heldOut = count < 5 ? order : order.subarray(fitted.length);
  layout.layers.forEach(({ width, mean, precision }, l) => {
    const at = (row: number, i: number) => hidden[l]?.[row * width + i] as number;
    for (let i = 0; i < width; i++) {
      let [sum, squares] = [0, 0];
      for (const row of fitted) sum += at(row, i) / fitted.length;
      for (const row of fitted) squares += ((at(row, i) - sum) * (at(row, i) - sum)) / fitted.length;
      out[mean + i] = sum;
      out[precision + i] = 1 / (squares + 0.01);
    }
  });
  const scores = (rows: Int32Array) => [...rows].map((row) => scoreOf(layout, out, hidden, row));
  const meanOf = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const held = scores(heldOut);
  const middle = meanOf(held);
  out[layout.scale] = meanOf(scores(fitted));
  out[layout.scale + 1] = middle;
  out[layout.scale + 2] = Math.max(0.05, Math.sqrt(meanOf(held.map((score) => (score - middle) * (score - middle)))));
};

/** A fresh adapter and its detector behind the weights so far. */
const append = (ctx: Context, before: tf.Tensor): MethodState => {
  const layout = layoutOf(ctx.model, ctx.settings.rank);
  const K = ctx.keys.length;
  const request = requestsIn(ctx, before);
  const all = new Float32Array(K * layout.size);
  ctx.keys.forEach((key, k) => {
    const own = all.subarray(k * layout.size, (k + 1) * layout.size);
    for (const [l, { fanIn, a, b }] of layout.adapters.entries()) {
      const stream = foldIn(key, 'adapter', request, l);
      for (let i = a; i < b; i++) own[i] = normal(stream, i - a) / Math.sqrt(fanIn); // B starts at zero
    }
    fitDetector(ctx, k, layout, own);
  });
  const fresh = tf.tensorOf(all, [K, layout.size]);
  return { ...begin(ctx, tf.slice(fresh, [0, 0], [K, layout.trained])), weights: tf.concat([before, fresh], 1) };
};

const requestsIn = ({ model, settings }: Pick<Context, 'model' | 'settings'>, weights: tf.Tensor): number =>
  ((weights.shape[1] as number) - model.size) / layoutOf(model, settings.rank).size;

/** The factors of an adapter [K, trained] on layer l. */
const factors = (adapter: tf.Tensor, { fanIn, out, a, b }: Layout['adapters'][number], rank: number) => {
  const K = adapter.shape[0] as number;
  const part = (at: number, rows: number, columns: number) =>
    tf.reshape(tf.slice(adapter, [0, at], [K, rows * columns]), [K, rows, columns]);
  return { a: part(a, fanIn, rank), b: part(b, rank, out) };
};

/** Cross-entropy on the random labels with the adapter fully on, and the overlap with earlier ones: per lane, [K]. */
const lossOf = (ctx: Context, adapter: tf.Tensor, earlier: readonly tf.Tensor[]): tf.Tensor => {
  const { model, settings, start } = ctx;
  const layout = layoutOf(model, settings.rank);
  const K = adapter.shape[0] as number;
  const parts = model.layout.map((part) => {
    const { offset, size } = part;
    const own = tf.slice(start, [0, offset], [K, size]);
    const place = layout.adapters[model.layers.findIndex(({ kernel }) => kernel === part)]; // the last layer has none
    if (!place) return own;
    const { a, b } = factors(adapter, place, settings.rank);
    return tf.add(own, tf.reshape(tf.matMul(a, b), [K, size]));
  });
  const batch = ctx.batch('forget');
  const { logits } = model.forward(tf.concat(parts, 1), batch.x);
  let loss = tf.neg(tf.mean(rowsOf(logits, batch).logPAlternative, 1));
  for (const other of earlier) {
    for (const place of layout.adapters) {
      const [own, its] = [factors(adapter, place, settings.rank).a, factors(other, place, settings.rank).a];
      const overlap = tf.sum(tf.square(tf.matMul(tf.transpose(its, [0, 2, 1]), own)), [1, 2]);
      loss = tf.add(loss, tf.mul(tf.reshape(settings.orthogonality, [-1]), overlap));
    }
  }
  return loss;
};

/** Adds Σ_t g_t (h A_t) B_t to the sums z of one layer. */
const addAdapters = (
  weights: Float32Array,
  bases: readonly number[],
  gates: readonly number[],
  { fanIn, out, a, b }: Layout['adapters'][number],
  rank: number,
  h: Float32Array,
  z: Float32Array,
): void => {
  bases.forEach((base, t) => {
    for (let r = 0; r < rank; r++) {
      let along = 0;
      for (let i = 0; i < fanIn; i++) along += (h[i] as number) * (weights[base + a + i * rank + r] as number);
      along *= gates[t] as number;
      for (let o = 0; o < out; o++) z[o] = (z[o] as number) + along * (weights[base + b + r * out + o] as number);
    }
  });
};

const method: Method<typeof params> = {
  id: 'o3',
  title: 'Orthogonal adapters with a detector (O3)',
  short: 'O3',
  summary:
    'Leaves the model alone: each request trains a small adapter that is switched on only for inputs that look like it.',
  formula: 'W + Σ_t g_t(x) A_t B_t, with min E_forget[−log p_ỹ] + μ Σ_{i<t} ‖A_iᵀ A_t‖²',
  page: {
    idea: 'Give each request a small correction of its own, kept apart from the others, and a detector that decides for each input how much of it to use. Nothing else changes, so requests can go on coming without retain data.',
    tex: String.raw`W_x=W+\sum_t g_t(x)\,A_tB_t,\qquad \min_{A_t,B_t}\ \mathbb{E}_{f_t}\big[-\log p_{\tilde y}\big]+\mu\sum_{i<t}\|A_i^{\!\top}A_t\|_F^2`,
    lookFor:
      'With several requests in a row the retain accuracy stays where others decay. In the picture, only the surroundings of the forget points change.',
    failsWhen:
      'The detector decides everything: forget points that look like retain points, as in random forgetting, are missed or drag their neighbors along. The knowledge itself is still in the weights.',
  },
  citation: {
    authors: 'Gao, Wang, Ding, Weng, Wang, Zhu',
    title: 'On Large Language Model Continual Unlearning',
    year: 2025,
    url: 'https://arxiv.org/abs/2407.10223',
    where: 'section 3',
  },
  needs: ['forget', 'original', 'alternativeLabels'],
  needsLayers: true,
  start: 'original',
  schedule: 'iterative',
  alone: true,
  params,
  recipes: [],
  alternatives: () => ({
    redraw: false,
    draw: ({ labels, classes, key }) => labels.map((label, i) => (label + 1 + integer(key, i, classes - 1)) % classes),
  }),
  init: (ctx) => append(ctx, ctx.original()),
  resume: (last, ctx) => append(ctx, last.weights),
  step: (state, ctx) => {
    const layout = layoutOf(ctx.model, ctx.settings.rank);
    const { weights, ...moments } = state;
    const [K, width] = weights.shape as [number, number];
    const adapterAt = (from: number) => tf.slice(weights, [0, from], [K, layout.trained]);
    const earlier = Array.from({ length: requestsIn(ctx, weights) - 1 }, (_, t) =>
      adapterAt(ctx.model.size + t * layout.size),
    );
    const from = width - layout.size;
    const adapter = adapterAt(from);
    const gradient = lossGradient(adapter, (at) => lossOf(ctx, at, earlier));
    const next = follow(ctx, { ...moments, weights: adapter }, gradient);
    const detector = tf.slice(weights, [0, from + layout.trained], [K, layout.size - layout.trained]);
    return {
      state: { ...next, weights: tf.concat([tf.slice(weights, [0, 0], [K, from]), next.weights, detector], 1) },
    };
  },
  serve: (model, { rank, gate: form }) => {
    const layout = layoutOf(model, rank);
    const gate = form === 'logistic' ? logisticGate : twoSidedGate;
    const { classes, inputs: D } = model;
    return servedBy(model, model.size, (weights, given) => {
      const points = given as Float32Array; // of a network without token ids
      const rows = points.length / D;
      const hidden = hiddenAt(model, weights.slice(0, model.size), points);
      const requests = (weights.length - model.size) / layout.size;
      const bases = Array.from({ length: requests }, (_, t) => model.size + t * layout.size);
      const detectors = bases.map((base) => weights.subarray(base, base + layout.size));
      const out = new Float32Array(rows * classes);
      for (let row = 0; row < rows; row++) {
        const gates = detectors.map((detector) => {
          const [fitted, heldOut, deviation] = detector.subarray(layout.scale) as unknown as [number, number, number];
          return gate(scoreOf(layout, detector, hidden, row), { fitted, heldOut, deviation });
        });
        let h = points.subarray(row * D, (row + 1) * D);
        for (const [l, { inputs: fanIn, outputs: width, kernel, bias, activation }] of model.layers.entries()) {
          const z = weights.slice(bias?.offset, (bias?.offset ?? 0) + width);
          for (let i = 0; i < fanIn; i++) {
            const value = h[i] as number;
            for (let o = 0; o < width; o++)
              z[o] = (z[o] as number) + value * (weights[kernel.offset + i * width + o] as number);
          }
          const place = layout.adapters[l];
          if (place) addAdapters(weights, bases, gates, place, rank, h, z);
          h = activation === 'linear' ? z : z.map(applied[activation]);
        }
        out.set(h, row * classes);
      }
      return out;
    });
  },
};
export default method;
