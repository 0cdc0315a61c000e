// min E_retain[-log p_y] over the last k layers, from the original weights: catastrophic forgetting where it costs least.
// Goel et al. 2022, CF-k; drimpossible/corrective-unlearning-bench, src/methods.py, ApplyK.

import type { ParamSchema } from '../engine/base/schema.ts';
import * as tf from '../engine/base/tf.ts';
import type { Method } from '../engine/contracts/method.ts';
import { advanceWith, begin } from '../engine/method-kinds.ts';
import { lastLayers } from '../engine/network/layers.ts';
import { crossEntropy } from '../engine/objective/rows.ts';

const params = {
  k: {
    kind: 'int',
    label: 'Layers trained on',
    symbol: 'k',
    help: 'Counted from the output. As many as there are is fine-tuning.',
    default: 1,
    min: 1,
    max: 7,
  },
} as const satisfies ParamSchema;

const method: Method<typeof params> = {
  id: 'cfk',
  title: 'Catastrophic forgetting of the last k layers (CF-k)',
  short: 'CF-k',
  summary: 'Fine-tunes only the last layers on the retain set and hopes that the rest fades.',
  formula: 'min over the last k layers, from θ_o: E_retain[−log p_y]',
  page: {
    idea: 'Fine-tuning on what is kept, limited to the layers that are said to forget most easily.',
    tex: String.raw`\min_{\theta_{>L-k}}\ \mathbb{E}_{r}[-\log p_y],\qquad \theta\leftarrow\theta_o`,
    lookFor:
      'Next to nothing happens when the data are fitted. It is here as a control for EU-k: the fresh start does the work.',
    failsWhen: 'Nothing in the objective asks for forgetting, so what was learned stays.',
  },
  citation: {
    authors: 'Goel, Prabhu, Sanyal, Lim, Torr, Kumaraguru',
    title: 'Towards Adversarial Evaluations for Inexact Machine Unlearning',
    year: 2022,
    url: 'https://arxiv.org/abs/2201.06640',
    where: 'CF-k',
  },
  needs: ['retain'],
  start: 'original',
  schedule: 'iterative',
  params,
  recipes: [],
  terms: [crossEntropy('retain')],
  init: (ctx) => begin(ctx, ctx.start),
  step: (state, ctx) => {
    const own = tf.tile(tf.tensorOf(lastLayers(ctx.model, ctx.settings.k), [1, ctx.model.size]), [ctx.keys.length, 1]);
    const { mask } = ctx.descent;
    const descent = { ...ctx.descent, mask: mask ? tf.mul(own, mask) : own };
    return {
      state: advanceWith({ ...ctx, descent }, state, [{ term: crossEntropy('retain'), settings: ctx.laneSettings }]),
    };
  },
};
export default method;
