// min E_retain[-log p_y] over the last k layers, from fresh weights; the other layers stay as they are. k = number of layers
// is retraining. Goel et al. 2022, EU-k; drimpossible/corrective-unlearning-bench, src/methods.py, ApplyK, draws the new
// weights; meghdadk/SCRUB, small_scale_unlearning.ipynb, goes back to where training began, where the head still fits the
// features that grew up under it; OPTML-Group/Unlearn-WorstCase begins the last layer anew with every epoch.

import { foldIn } from '../engine/base/random.ts';
import type { ParamSchema } from '../engine/base/schema.ts';
import * as tf from '../engine/base/tf.ts';
import type { Method } from '../engine/contracts/method.ts';
import { advanceWith, begin } from '../engine/method-kinds.ts';
import { lastLayers } from '../engine/network/layers.ts';
import { crossEntropy } from '../engine/objective/rows.ts';

const params = {
  k: {
    kind: 'int',
    label: 'Layers trained anew',
    symbol: 'k',
    help: 'Counted from the output. As many as there are is retraining from scratch.',
    default: 1,
    min: 1,
    max: 7,
  },
  reset: {
    kind: 'choice',
    label: 'New weights',
    help: '"drawn anew", or "where training began" as in the code of SCRUB: such a head still knows a class from the features that were trained under it.',
    default: 'drawn anew',
    options: ['drawn anew', 'where training began'],
  },
  fresh: {
    kind: 'choice',
    label: 'When they are new',
    help: 'The new weights come "once", before the first step, or again with "every pass" over the retain set, as in the code of the worst-case study: with full batches that is every step, and nothing is learned.',
    default: 'once',
    options: ['once', 'every pass'],
  },
} as const satisfies ParamSchema;

const method: Method<typeof params> = {
  id: 'euk',
  title: 'Exact unlearning of the last k layers (EU-k)',
  short: 'EU-k',
  summary: 'Forgets the last layers altogether and trains them anew on the retain set.',
  formula: 'min over the last k layers, from fresh weights: E_retain[−log p_y]',
  page: {
    idea: 'The last layers hold most of what is specific to a class. Throw them away and train them again without the forget set; the features below stay.',
    tex: String.raw`\min_{\theta_{>L-k}}\ \mathbb{E}_{r}[-\log p_y],\qquad \theta_{>L-k}\leftarrow\theta_{\text{init}},\ \ \theta_{\le L-k}=\theta_{o,\le L-k}`,
    lookFor:
      'With k = 1 it is already a strong baseline for whole classes in small networks: a method that cannot beat it is not worth its cost.',
    failsWhen: 'What was memorized in lower layers stays. Single points that the features fit are not forgotten.',
  },
  citation: {
    authors: 'Goel, Prabhu, Sanyal, Lim, Torr, Kumaraguru',
    title: 'Towards Adversarial Evaluations for Inexact Machine Unlearning',
    year: 2022,
    url: 'https://arxiv.org/abs/2201.06640',
    where: 'EU-k',
  },
  needs: ['retain', 'original'],
  start: 'original',
  schedule: 'iterative',
  params,
  recipes: [],
  terms: [crossEntropy('retain')],
  init: (ctx) => {
    const isLast = tf.cast(tf.tensorOf(lastLayers(ctx.model, ctx.settings.k), [1, ctx.model.size]), 'bool');
    const [K, P] = [ctx.keys.length, ctx.model.size];
    const drawn = new Float32Array(K * P);
    ctx.keys.forEach((key, k) => {
      drawn.set(ctx.model.init(foldIn(key, 'last layers')), k * P);
    });
    const fresh = ctx.settings.reset === 'drawn anew' ? tf.tensorOf(drawn, [K, P]) : ctx.initial();
    const start = tf.where(isLast, fresh, ctx.original());
    return { ...begin(ctx, start), begun: tf.clone(start) };
  },
  step: (state, ctx) => {
    const begun = state['begun'] as tf.Tensor;
    const own = tf.tile(tf.tensorOf(lastLayers(ctx.model, ctx.settings.k), [1, ctx.model.size]), [ctx.keys.length, 1]);
    const { mask } = ctx.descent;
    const descent = { ...ctx.descent, mask: mask ? tf.mul(own, mask) : own, start: begun };
    const batch = ctx.batch('retain');
    const passOf = (step: number) => Math.floor((step * batch.size) / (ctx.lanes[0]?.rows('retain').count ?? 1));
    const isNewPass = ctx.settings.fresh === 'every pass' && ctx.step > 0 && passOf(ctx.step) > passOf(ctx.step - 1);
    const from = isNewPass ? { ...state, weights: tf.where(tf.cast(own, 'bool'), begun, state.weights) } : state;
    return {
      state: advanceWith({ ...ctx, descent }, from, [{ term: crossEntropy('retain'), settings: ctx.laneSettings }]),
    };
  },
};
export default method;
