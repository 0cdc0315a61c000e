// min E_retain[-log p_y] from fresh weights: exact unlearning, the gold standard.
// Bourtoule et al., "Machine Unlearning", IEEE S&P 2021, section II.
import { foldIn } from '../engine/base/random.ts';
import * as tf from '../engine/base/tf.ts';
import type { MethodContext } from '../engine/contracts/method.ts';
import { begin, rowMethod } from '../engine/method-kinds.ts';
import { slowed } from '../engine/objective/optim.ts';
import { crossEntropy } from '../engine/objective/rows.ts';

/** Weights that no other model of the seed begins with, [K, P]. */
const otherWeights = ({ model, keys }: Pick<MethodContext, 'model' | 'keys'>): tf.Tensor => {
  const all = new Float32Array(keys.length * model.size);
  keys.forEach((key, k) => {
    all.set(model.init(foldIn(key, 'other weights')), k * model.size);
  });
  return tf.tensorOf(all, [keys.length, model.size]);
};

const method = rowMethod({
  id: 'retrain',
  title: 'Retrain from scratch',
  short: 'Retrain',
  summary: 'Starts over from fresh weights and never sees the forget set: exact, and the yardstick for all others.',
  formula: 'min over θ, from fresh weights: E_retain[−log p_y]',
  page: {
    idea: 'Start over from fresh weights and train on the retain set alone. By definition the result has never seen the forget set: every other method is compared with it.',
    tex: String.raw`\theta^\star=\arg\min_\theta\ \mathbb{E}_{r}[-\log p_y]\quad\text{from fresh weights}`,
    lookFor:
      'Its forget accuracy is not zero where the forget set resembles what is kept. It differs from seed to seed: look at the band.',
    failsWhen: 'Only in cost: it takes a whole training for every request.',
  },
  citation: {
    authors: 'Bourtoule, Chandrasekaran, Choquette-Choo, Jia, Travers, Zhang, Lie, Papernot',
    title: 'Machine Unlearning',
    year: 2021,
    url: 'https://arxiv.org/abs/1912.03817',
    where: 'section II',
  },
  needs: ['retain', 'training'],
  heads: ['categorical', 'real'],
  sequences: true,
  start: 'initial',
  schedule: 'iterative',
  params: {
    weights: {
      kind: 'choice',
      label: 'Fresh weights',
      help: '"as the others": those that the original began with, too. "other": new ones, so that one sees by how much two retrained models differ, which is the floor of every distance to one of them.',
      default: 'as the others',
      options: ['as the others', 'other'],
    },
  },
  recipes: [],
  terms: [crossEntropy('retain')],
});

/** The gold standard, or a second one from other weights, at the rates at which the original was trained. */
export default {
  ...method,
  init: (ctx) => (ctx.settings.weights === 'other' ? begin(ctx, otherWeights(ctx)) : method.init(ctx)),
  step: (state, ctx) => {
    const { settings, training, step, steps } = ctx;
    if (settings.weights !== 'other') return method.step(state, ctx);
    return method.step(state, { ...ctx, descent: slowed(ctx.descent, training().rate?.(step, steps)) });
  },
} satisfies typeof method;
