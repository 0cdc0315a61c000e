// L = E_retain[-log p_y] + α_t ‖θ‖₁ over all weights and biases, α_t = α (1 - t / (T - T₀)) and 0 for the last T₀ steps.
// Jia et al. 2023, eq. 3; OPTML-Group/Unlearn-Sparse, unlearn/FT.py, FT_l1 (whose flag --alpha serves four methods at once).

import type { ParamSchema } from '../engine/base/schema.ts';
import * as tf from '../engine/base/tf.ts';
import type { Method } from '../engine/contracts/method.ts';
import { advanceWith, begin } from '../engine/method-kinds.ts';
import { crossEntropy } from '../engine/objective/rows.ts';

const params = {
  alpha: {
    kind: 'number',
    label: 'Weight of the L1 norm',
    symbol: 'α',
    help: 'How strongly all weights are pulled towards zero at the first step; it fades linearly.',
    default: 0.001,
    min: 0,
    max: 1,
    scale: 'linear',
  },
  restShare: {
    kind: 'number',
    label: 'Share without penalty',
    help: 'The last steps, as a fraction of all, train without the penalty.',
    paperName: 'no_l1_epochs',
    default: 0.2,
    min: 0,
    max: 0.9,
    scale: 'linear',
  },
} as const satisfies ParamSchema;

const method: Method<typeof params> = {
  id: 'l1-ft',
  title: 'Sparse fine-tuning (L1-FT)',
  short: 'L1-FT',
  summary: 'Fine-tunes on the retain set while pulling all weights towards zero: what is not needed goes.',
  formula: 'L = E_retain[−log p_y] + α_t ‖θ‖₁',
  page: {
    idea: 'Fine-tuning keeps what it does not need. A penalty on the size of the weights removes it, and with it the memory of the forget set; then the penalty fades and the rest is repaired.',
    tex: String.raw`\mathcal L=\mathbb{E}_{r}[-\log p_y]+\alpha_t\,\|\theta\|_1,\qquad \alpha_t=\alpha\Big(1-\frac{t}{T-T_0}\Big)_+`,
    lookFor:
      'Compare with plain fine-tuning at the same rate: the forget accuracy comes down towards the retrained model’s, at a small price in accuracy.',
    failsWhen: 'A penalty that is too strong prunes what is needed, too; one that is too weak is fine-tuning.',
  },
  citation: {
    authors: 'Jia, Liu, Ram, Yao, Liu, Liu, Sharma, Liu',
    title: 'Model Sparsity Can Simplify Machine Unlearning',
    year: 2023,
    url: 'https://arxiv.org/abs/2304.04934',
    where: 'eq. 3',
  },
  needs: ['retain'],
  start: 'original',
  schedule: 'iterative',
  params,
  recipes: [],
  terms: [crossEntropy('retain')],
  init: (ctx) => begin(ctx, ctx.start),
  step: (state, ctx) => {
    const { step, steps, settings } = ctx;
    const share = tf.sub(1, tf.div(step / steps, tf.sub(1, settings.restShare)));
    const penalty = tf.mul(tf.mul(settings.alpha, tf.relu(share)), tf.sign(state.weights));
    return { state: advanceWith(ctx, state, [{ term: crossEntropy('retain'), settings: ctx.laneSettings }], penalty) };
  },
};
export default method;
