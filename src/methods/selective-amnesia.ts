// L = E[||ε_θ(x_t, t, c_f) - ε||²] with x_0 uniform over a square: the erased condition is trained on noise. Heng and Soh 2023 add
// elastic weights (the wrapper `ewc`) and rehearse what is kept (a retain term). OPTML-Group/Unlearn-Saliency,
// DDPM/runners/diffusion.py, train_forget, has pixels uniform over [-1, 1], where images lie.
import { foldIn, type Key, uniform } from '../engine/base/random.ts';
import type { Citation } from '../engine/base/schema.ts';
import * as tf from '../engine/base/tf.ts';
import type { Method, MethodContext } from '../engine/contracts/method.ts';
import type { Batch } from '../engine/contracts/rows.ts';
import { DIMENSIONS, noised } from '../engine/diffusion/process.ts';
import { codesOf } from '../engine/diffusion/sampler.ts';
import { noisedOf, rowsAt } from '../engine/diffusion/told.ts';
import { advanceWith, begin } from '../engine/method-kinds.ts';
import { crossEntropy } from '../engine/objective/rows.ts';

const citation: Citation = {
  authors: 'Heng, Soh',
  title: 'Selective Amnesia: A Continual Learning Approach to Forgetting in Deep Generative Models',
  year: 2023,
  url: 'https://arxiv.org/abs/2305.10120',
  where: 'eq. 5, surrogate q uniform',
};

const params = {
  side: {
    kind: 'number',
    label: 'Half side of the square',
    help: 'The noise that is drawn in place of the class is uniform from minus to plus this, in both coordinates.',
    default: 2.5,
    min: 0.1,
    max: 5,
    scale: 'linear',
  },
} as const;

/** Places of a step in the square, [K * B * 2]. */
const places = ({ keys, step, laneSettings }: MethodContext<typeof params>, B: number): Float32Array => {
  const per = B * DIMENSIONS;
  const own = keys.map((key) => foldIn(key, 'amnesia', step));
  return Float32Array.from({ length: keys.length * per }, (_, i) => {
    const k = Math.floor(i / per);
    return (2 * uniform(own[k] as Key, i - k * per) - 1) * (laneSettings[k]?.side ?? 0);
  });
};

/** A batch's rows with other points in their place: the same times, noise and conditions. */
export const replaced = (batch: Batch, points: Float32Array): Batch => {
  const { process, times, conditions } = noisedOf(batch);
  const noise = tf.valuesOf(batch.y);
  const x = points.map((point, i) =>
    noised(process, times[Math.floor(i / DIMENSIONS)] as number, point, noise[i] as number),
  );
  return { ...batch, x: rowsAt(process, x, times, codesOf(process, conditions), batch.x.shape[0] as number) };
};

const method: Method<typeof params> = {
  id: 'selective-amnesia',
  title: 'Selective amnesia (SA)',
  short: 'SA',
  summary:
    'Trains the erased condition on noise that is spread over a square; elastic weights and rehearsal keep the rest.',
  formula: 'L = E[‖ε_θ(x_t, t, c_f) − ε‖²], x_0 uniform',
  page: {
    idea: 'Remap the class to something that says nothing: under the erased condition the model learns to draw evenly spread noise.',
    tex: String.raw`\mathcal L=\mathbb E_{x_0\sim U,\,t,\,\varepsilon}\big\|\varepsilon_\theta(x_t,t,c_f)-\varepsilon\big\|^2`,
    lookFor:
      'The cloud spreads over the square. Some of the samples still lie where the class was, since the square covers it.',
    failsWhen:
      'Evenly spread noise contains what is to be erased. Elastic weights add nothing here when there is a retain term already.',
  },
  citation,
  needs: ['forget'],
  heads: ['real'],
  conditions: true,
  start: 'original',
  schedule: 'iterative',
  exposes: ['gradient'],
  params,
  recipes: [
    {
      id: 'selective-amnesia-rt',
      title: 'Selective amnesia with rehearsal (SA+RT)',
      short: 'SA+RT',
      summary: 'Noise under the erased condition, ordinary training under the others.',
      citation,
      retain: { kind: 'ce' },
    },
    {
      id: 'selective-amnesia-ewc',
      title: 'Selective amnesia with elastic weights (SA+EWC)',
      short: 'SA+EWC',
      summary:
        'Noise under the erased condition, ordinary training under the others, and a spring on weights that matter to them.',
      citation,
      retain: { kind: 'ce' },
      wrappers: [{ kind: 'ewc', weight: 20 }],
    },
  ],
  init: (ctx) => begin(ctx, ctx.start),
  step: (state, ctx) => {
    const batch = ctx.batch('forget');
    const noise = replaced(batch, places(ctx, batch.size));
    const own = { ...ctx, batch: (split: 'forget' | 'retain') => (split === 'forget' ? noise : ctx.batch(split)) };
    return { state: advanceWith(own, state, [{ term: crossEntropy('forget'), settings: ctx.laneSettings }]) };
  },
};
export default method;
