// Prune first, then unlearn. The original's kernels lose the given share of their smallest weights, all layers together
// (one-shot magnitude pruning); what is left goes back to where training began and learns all data again; then the
// unlearning runs with the pruned weights held at zero. Jia et al. 2023, section 4, "prune first, then unlearn";
// OPTML-Group/Unlearn-Sparse, pruner/utils.py (which prunes convolutions only: nothing of a perceptron).
import { advanceWith, begin, follow, objectiveGradient } from '../engine/doors.ts';
import type { Method, MethodContext } from '../engine/method.ts';
import type { Model } from '../engine/model.ts';
import { descentOf } from '../engine/optim.ts';
import { crossEntropy, type RowTerm } from '../engine/rows.ts';
import type { ParamSchema } from '../engine/schema.ts';
import * as tf from '../engine/tf.ts';

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
const keptWeights = (model: Model, original: Float32Array, rate: number): Float32Array => {
  const kernels = model.layout.filter(({ shape }) => shape.length === 2);
  const places = kernels.flatMap(({ offset, size }) => Array.from({ length: size }, (_, i) => offset + i));
  const size = (i: number) => Math.abs(original[i] as number);
  places.sort((a, b) => size(a) - size(b) || a - b);
  const kept = new Float32Array(model.size).fill(1);
  for (const place of places.slice(0, Math.round(rate * places.length))) kept[place] = 0;
  return kept;
};

const masksOf = ({ model, lanes, laneHp }: Context): tf.Tensor => {
  const all = new Float32Array(lanes.length * model.size);
  lanes.forEach((lane, k) => {
    all.set(keptWeights(model, lane.original(), laneHp[k]?.rate as number), k * model.size);
  });
  return tf.tensorOf(all, [lanes.length, model.size]);
};

const ascent: RowTerm<unknown, unknown> = {
  on: 'forget',
  pulls: [{ towards: 'label', weight: () => -1 }],
  loss: (rows) => rows.logP,
};
const onAll = [crossEntropy('forget'), crossEntropy('retain')] as const;

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
  recipes: [],
  init: (ctx) => {
    const kept = masksOf(ctx);
    const start = tf.mul(ctx.initial(), kept);
    return { ...begin({ descent: descentOf(ctx.training(), start) }, start), kept, begun: tf.clone(start) };
  },
  prepare: {
    steps: (ctx) => ctx.training().steps,
    step: (state, ctx) => {
      const { kept, begun } = state as typeof state & { kept: tf.Tensor; begun: tf.Tensor };
      const descent = { ...descentOf(ctx.training(), begun), mask: kept, anchor: begun };
      const [forget, retain] = [ctx.all('forget'), ctx.all('retain')];
      const n = forget.size + retain.size;
      const gradient = objectiveGradient(ctx.model, {
        params: state.params,
        terms: onAll.map((term, i) => ({
          term,
          hp: ctx.laneHp,
          scale: ctx.laneHp.map(() => (i === 0 ? forget : retain).size / n),
        })),
        batch: (split) => (split === 'forget' ? forget : retain),
      });
      const next = follow(ctx, state, gradient, descent);
      const isLast = ctx.step === ctx.training().steps - 1;
      // From now on the prepared weights are what frozen ones go back to: zero where they were pruned.
      return { state: isLast ? { ...begin(ctx, next.params), kept, begun: tf.clone(next.params) } : next };
    },
  },
  step: (state, ctx) => {
    const { kept, begun } = state as typeof state & { kept: tf.Tensor; begun: tf.Tensor };
    const { mask } = ctx.descent;
    const descent = { ...ctx.descent, mask: mask ? tf.mul(mask, kept) : kept, anchor: begun };
    const term = ctx.hp.unlearning === 'fine-tuning' ? onAll[1] : ascent;
    return { state: advanceWith({ ...ctx, descent }, state, [{ term, hp: ctx.laneHp }]) };
  },
};
export default method;
