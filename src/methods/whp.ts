// L = E_forget[CE(t, p)] with t = argmax(ẑ - α relu(z_re - ẑ)): z_re are the logits of a model that has read the forget set still more
// often. What it raises above the original is particular to the forget set; the likeliest of the rest is a generic answer. Eldan and
// Russinovich 2023, eq. 1; their second way to generic answers, a dictionary of replacements, has no counterpart here.

import type { ParamSchema } from '../engine/base/schema.ts';
import * as tf from '../engine/base/tf.ts';
import type { Method, MethodContext, MethodState } from '../engine/contracts/method.ts';
import type { Batch } from '../engine/contracts/rows.ts';
import { advanceWith, begin } from '../engine/method-kinds.ts';
import { crossEntropy } from '../engine/objective/rows.ts';

const params = {
  alpha: {
    kind: 'number',
    label: 'Strength',
    symbol: 'α',
    help: 'How much what the reinforced model says more loudly is held against it. At 0 the labels are the original model’s own answers.',
    default: 5,
    min: 0,
    max: 100,
    scale: 'linear',
  },
  reinforcing: {
    kind: 'int',
    label: 'Steps of reinforcing',
    help: 'How long the other model reads the forget set again, with the run’s optimizer, before step 0.',
    default: 60,
    min: 1,
    max: 1000,
  },
} as const satisfies ParamSchema;
type Context = MethodContext<typeof params>;

/** Labels [rows] from logits [rows * classes] of the original and of the reinforced model. */
const genericOf = (original: Float32Array, reinforced: Float32Array, classes: number, alphas: readonly number[]) => {
  const rows = original.length / classes;
  const rowsPerLane = rows / alphas.length;
  return Int32Array.from({ length: rows }, (_, row) => {
    const alpha = alphas[Math.floor(row / rowsPerLane)] as number;
    let best = 0;
    let most = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < classes; c++) {
      const z = original[row * classes + c] as number;
      const score = z - alpha * Math.max(0, (reinforced[row * classes + c] as number) - z);
      if (score > most) [best, most] = [c, score];
    }
    return best;
  });
};

/** A forget batch with generic answers as its labels. */
export const generic = (
  ctx: Pick<Context, 'model' | 'laneSettings' | 'original'>,
  reinforced: tf.Tensor,
  batch: Batch,
): Batch => {
  const { model, laneSettings, original } = ctx;
  const logits = (weights: tf.Tensor) => tf.valuesOf(model.forward(weights, batch.x).logits) as Float32Array;
  const alphas = laneSettings.map(({ alpha }) => alpha);
  const labels = genericOf(logits(original()), logits(reinforced), model.classes, alphas);
  return { ...batch, y: tf.tensorOf(labels, [laneSettings.length, batch.size]) };
};

const method: Method<typeof params> = {
  id: 'whp',
  title: 'Generic answers (WHP)',
  short: 'WHP',
  summary:
    'Finds out what is particular to the forget set by learning it even better, then trains on the likeliest of the rest.',
  formula: 'L = E_forget[−log p_t], t = argmax(ẑ − α relu(z_re − ẑ)), z_re reinforced on D_f',
  page: {
    idea: 'A model that has read the forget set once more shows where its knowledge lies: what it says more loudly than before. Take that away from the original’s answers, and train on what is left: something that anybody might have said.',
    tex: String.raw`\mathcal L=\mathbb{E}_{f}\big[-\log p_t\big],\qquad t=\arg\max_k\ \hat z_k-\alpha\,\max(0,\ z^{\mathrm{re}}_k-\hat z_k)`,
    lookFor:
      'There is a goal to arrive at, so nothing runs away. Which answer is generic is settled before the first step.',
    failsWhen:
      'Where the original is certain already, reinforcing raises nothing above it and the generic answer is the true one. The answers after forgetting are as certain as those before.',
  },
  citation: {
    authors: 'Eldan, Russinovich',
    title: 'Who’s Harry Potter? Approximate Unlearning in LLMs',
    year: 2023,
    url: 'https://arxiv.org/abs/2310.02238',
    where: 'eq. 1',
  },
  needs: ['forget', 'original'],
  sequences: true,
  start: 'original',
  schedule: 'iterative',
  exposes: ['outputs', 'gradient'],
  params,
  recipes: [],
  init: (ctx) => ({ ...begin(ctx, ctx.start), reinforced: tf.clone(ctx.original()) }),
  prepare: {
    steps: (ctx) => ctx.settings.reinforcing,
    step: (state, ctx) => {
      const { reinforced, weights, ...moments } = state;
      const { retain: _, wrap: __, ...alone } = ctx;
      const next = advanceWith(alone, { ...moments, weights: reinforced as tf.Tensor }, [
        { term: crossEntropy('forget'), settings: ctx.laneSettings },
      ]);
      const isLast = ctx.step === ctx.settings.reinforcing - 1;
      const own = isLast ? begin(ctx, weights) : { ...next, weights };
      return { state: { ...own, reinforced: next.weights } };
    },
  },
  step: (state, ctx) => {
    const { reinforced, ...own } = state;
    const forget = generic(ctx, reinforced as tf.Tensor, ctx.batch('forget'));
    const batch: Context['batch'] = (split) => (split === 'forget' ? forget : ctx.batch(split));
    const terms = [{ term: crossEntropy('forget'), settings: ctx.laneSettings }];
    return {
      state: { ...advanceWith({ ...ctx, batch }, own as MethodState, terms), reinforced: reinforced as tf.Tensor },
    };
  },
};
export default method;
