// Prune first, then unlearn. The original's kernels lose the given share of their smallest weights, all layers together
// (one-shot magnitude pruning); what is left goes back to where training began and learns all data again; then the
// unlearning runs with the pruned weights held at zero. Jia et al. 2023, section 4, "prune first, then unlearn";
// OPTML-Group/Unlearn-Sparse, pruner/utils.py (which prunes convolutions only: nothing of a perceptron).

import { foldIn } from '../engine/base/random.ts';
import type { ParamSchema } from '../engine/base/schema.ts';
import * as tf from '../engine/base/tf.ts';
import type { Method, MethodContext } from '../engine/contracts/method.ts';
import type { Network } from '../engine/contracts/network.ts';
import type { Batch, RowTerm } from '../engine/contracts/rows.ts';
import { advanceWith, begin } from '../engine/method-kinds.ts';

import { descentOf } from '../engine/objective/optim.ts';
import { crossEntropy } from '../engine/objective/rows.ts';
import { poolOf, rowsAt } from './shared/ensemble.ts';

const params = {
  rate: {
    kind: 'number',
    label: 'Pruned share',
    symbol: 's',
    help: 'Fraction of the kernel weights that are removed; biases stay.',
    default: 0.8,
    min: 0,
    max: 0.99,
    scale: 'linear',
  },
  unlearning: {
    kind: 'choice',
    label: 'Unlearning',
    help: 'What follows on the sparse network: fine-tuning on the retain set, or gradient ascent on the forget set.',
    default: 'fine-tuning',
    options: ['fine-tuning', 'gradient ascent'],
  },
} as const satisfies ParamSchema;
type Context = MethodContext<typeof params>;

/** 1 for the weights that stay, [P]: all biases, and the largest of the kernels' weights. */
const keptWeights = (model: Network, original: Float32Array, rate: number): Float32Array => {
  const kernels = model.layout.filter(({ shape }) => shape.length === 2);
  const places = kernels.flatMap(({ offset, size }) => Array.from({ length: size }, (_, i) => offset + i));
  const size = (i: number) => Math.abs(original[i] as number);
  places.sort((a, b) => size(a) - size(b) || a - b);
  const kept = new Float32Array(model.size).fill(1);
  for (const place of places.slice(0, Math.round(rate * places.length))) kept[place] = 0;
  return kept;
};

const masksOf = ({ model, lanes, laneSettings }: Context): tf.Tensor => {
  const all = new Float32Array(lanes.length * model.size);
  lanes.forEach((lane, k) => {
    all.set(keptWeights(model, lane.original(), laneSettings[k]?.rate as number), k * model.size);
  });
  return tf.tensorOf(all, [lanes.length, model.size]);
};

const ascent: RowTerm<unknown, unknown> = {
  on: 'forget',
  pulls: [{ towards: 'label', weight: () => -1 }],
  loss: (rows) => rows.logP,
};
const learning = crossEntropy('retain');

/** One batch of all training points per lane, in the order in which the original model had them. */
const batchOfAll = ({ lanes, model: { inputs: D }, training, step }: Context): Batch => {
  const drawn = lanes.map((lane) => {
    const pool = poolOf(lane);
    const inOrder = Int32Array.from(pool.indices.keys()).sort(
      (a, b) => (pool.indices[a] as number) - (pool.indices[b] as number),
    );
    return { pool, rows: rowsAt(inOrder, training(), foldIn(lane.key, 'all data'), step) };
  });
  const B = drawn[0]?.rows.length ?? 0;
  const x = new Float32Array(lanes.length * B * D);
  const y = new Int32Array(lanes.length * B);
  drawn.forEach(({ pool, rows }, k) => {
    rows.forEach((row, b) => {
      x.set(pool.x.subarray(row * D, (row + 1) * D), (k * B + b) * D);
      y[k * B + b] = pool.y[row] as number;
    });
  });
  return { x: tf.tensorOf(x, [lanes.length, B, D]), y: tf.tensorOf(y, [lanes.length, B]), size: B };
};

const method: Method<typeof params> = {
  id: 'prune-ft',
  title: 'Prune, then unlearn',
  short: 'Prune+FT',
  summary: 'Trains a sparse network in the first place, because sparse networks forget more easily.',
  formula: 'θ ← m ⊙ θ, m from the largest |θ_o|, trained again on D; then unlearning with m held',
  page: {
    idea: 'A network with few weights has little room to memorize. Prune it, train what is left, and even plain fine-tuning then forgets most of what it should.',
    tex: String.raw`m=\mathbb 1\big[|\theta_o|\ge q_s\big],\qquad \theta\leftarrow\arg\min_{\theta=m\odot\theta}\ \mathbb{E}_{D}[-\log p_y],\qquad\text{then unlearn with }\theta=m\odot\theta`,
    lookFor:
      'Sweep the pruned share: the gap of the forget accuracy to the retrained model shrinks, and the accuracy hardly falls until nearly all is gone.',
    failsWhen:
      'It changes the training, so it is no answer for a model that exists already. Above some sparsity the network cannot learn the task.',
  },
  citation: {
    authors: 'Jia, Liu, Ram, Yao, Liu, Liu, Sharma, Liu',
    title: 'Model Sparsity Can Simplify Machine Unlearning',
    year: 2023,
    url: 'https://arxiv.org/abs/2304.04934',
    where: 'section 4, prune first, then unlearn',
  },
  needs: ['forget', 'retain', 'original', 'training'],
  start: 'original',
  schedule: 'iterative',
  params,
  recipes: [
    {
      id: 'prune-ga',
      title: 'Prune, then gradient ascent',
      short: 'Prune+GA',
      summary: 'Trains a sparse network in the first place, then climbs the loss on the forget set.',
      citation: {
        authors: 'Jia, Liu, Ram, Yao, Liu, Liu, Sharma, Liu',
        title: 'Model Sparsity Can Simplify Machine Unlearning',
        year: 2023,
        url: 'https://arxiv.org/abs/2304.04934',
        where: 'section 4, prune first, then unlearn',
      },
      params: { unlearning: 'gradient ascent' },
    },
  ],
  init: (ctx) => {
    const kept = masksOf(ctx);
    const start = tf.mul(ctx.initial(), kept);
    return { ...begin({ descent: descentOf(ctx.training(), start) }, start), kept, begun: tf.clone(start) };
  },
  resume: ({ weights: last, kept }, ctx) => ({ ...begin(ctx, last), kept: kept as tf.Tensor, begun: tf.clone(last) }),
  prepare: {
    steps: (ctx) => ctx.training().steps,
    step: (state, ctx) => {
      const { kept, begun } = state as typeof state & { kept: tf.Tensor; begun: tf.Tensor };
      const descent = { ...descentOf(ctx.training(), begun), mask: kept, start: begun };
      const { model, laneSettings, step } = ctx;
      const batch = batchOfAll(ctx);
      const next = advanceWith({ model, descent, step, batch: () => batch }, state, [
        { term: learning, settings: laneSettings },
      ]);
      const isLast = ctx.step === ctx.training().steps - 1;
      // From now on the prepared weights are what frozen ones go back to: zero where they were pruned.
      return { state: isLast ? { ...begin(ctx, next.weights), kept, begun: tf.clone(next.weights) } : next };
    },
  },
  step: (state, ctx) => {
    const { kept, begun } = state as typeof state & { kept: tf.Tensor; begun: tf.Tensor };
    const { mask } = ctx.descent;
    const descent = { ...ctx.descent, mask: mask ? tf.mul(mask, kept) : kept, start: begun };
    const term = ctx.settings.unlearning === 'fine-tuning' ? learning : ascent;
    return { state: advanceWith({ ...ctx, descent }, state, [{ term, settings: ctx.laneSettings }]) };
  },
};
export default method;
