// θ = θ_o - λ (θ_ft - θ_o), θ_ft: θ_o fine-tuned on the forget set. Ilharco et al., ICLR 2023, section 3 (forgetting via
// negation). A fitted forget set gives hardly any vector: fine-tune hard, or take its direction only.

import type { ParamSchema } from '../engine/base/schema.ts';
import * as tf from '../engine/base/tf.ts';
import type { HyperValues, Method } from '../engine/contracts/method.ts';
import { advanceWith, begin } from '../engine/method-kinds.ts';
import { crossEntropy } from '../engine/objective/rows.ts';

const params = {
  lambda: {
    kind: 'number',
    label: 'Scale of the vector',
    symbol: 'λ',
    help: 'How far to go against the direction in which the forget set pulls.',
    default: 1,
    min: 0,
    max: 20,
    scale: 'linear',
  },
  length: {
    kind: 'choice',
    label: 'Length',
    help: '"as trained": the vector as it is. "unit": of length 1, so that λ alone says how far to go.',
    default: 'as trained',
    options: ['as trained', 'unit'],
  },
} as const satisfies ParamSchema;

/** θ_o - λ (θ_ft - θ_o), [K, P]. */
export const negated = (
  original: tf.Tensor,
  tuned: tf.Tensor,
  { lambda, length }: HyperValues<typeof params>,
): tf.Tensor => {
  const vector = tf.sub(tuned, original);
  const norm = tf.sqrt(tf.sum(tf.square(vector), 1, true));
  const own = length === 'unit' ? tf.div(vector, tf.add(norm, 1e-12)) : vector;
  return tf.sub(original, tf.mul(lambda, own));
};

const method: Method<typeof params> = {
  id: 'task-vector',
  title: 'Task vector negation',
  short: 'Task vector',
  summary: 'Learns the forget set even better, then goes the same way backwards.',
  formula: 'θ = θ_o − λ (θ_ft − θ_o), θ_ft fine-tuned on D_f',
  page: {
    idea: 'The direction in which weights move when the forget set is trained on is the direction of knowing it. Go the opposite way.',
    tex: String.raw`\theta=\theta_o-\lambda\,(\theta_{\text{ft}}-\theta_o),\qquad \theta_{\text{ft}}=\arg\min_\theta\ \mathbb{E}_{f}[-\log p_y]\ \text{from}\ \theta_o`,
    lookFor:
      'What is shown at a step is the model after negation, with the vector trained so far. λ = 0 changes nothing.',
    failsWhen:
      'If the forget set is fitted already there is nothing to learn and the vector is near zero: train with a high rate, or use unit length. Far out, the model breaks as with gradient ascent.',
  },
  citation: {
    authors: 'Ilharco, Ribeiro, Wortsman, Gururangan, Schmidt, Hajishirzi, Farhadi',
    title: 'Editing Models with Task Arithmetic',
    year: 2023,
    url: 'https://arxiv.org/abs/2212.04089',
    where: 'section 3',
  },
  needs: ['forget', 'original'],
  sequences: true,
  start: 'original',
  schedule: 'iterative',
  alone: true,
  params,
  recipes: [],
  init: (ctx) => {
    const { weights: tuned, ...moments } = begin(ctx, tf.clone(ctx.original()));
    return { ...moments, tuned, weights: tf.clone(tuned) };
  },
  step: (state, ctx) => {
    const { tuned, weights: _, ...moments } = state;
    const next = advanceWith(ctx, { ...moments, weights: tuned as tf.Tensor }, [
      { term: crossEntropy('forget'), settings: ctx.laneSettings },
    ]);
    const { weights: learned, ...rest } = next;
    return { state: { ...rest, tuned: learned, weights: negated(ctx.original(), learned, ctx.settings) } };
  },
};
export default method;
