// Score Forgetting Distillation: a generator G that answers in one step, taught by the original score φ against a score ψ of its
// own samples. tqch/score-forgetting-distillation, DDPM/functions/losses.py, sid_sg_loss_conditional and sid_g_loss_conditional:
// for the erased condition φ is asked about another class. G and ψ start at φ; Adam without a first moment, gradients clipped by
// value at 1.
import { foldIn, integer, type Key, normal } from '../engine/base/random.ts';
import * as tf from '../engine/base/tf.ts';
import type { Method, MethodContext, MethodState } from '../engine/contracts/method.ts';
import type { Network } from '../engine/contracts/network.ts';
import type { Batch } from '../engine/contracts/rows.ts';
import { codesOf } from '../engine/diffusion/sampler.ts';
import { noisedOf } from '../engine/diffusion/told.ts';
import { lossGradient } from '../engine/method-kinds.ts';
import { BETA2, biasCorrection, EPSILON } from '../engine/objective/optim.ts';
import { substituted, substituteSpec } from './shared/conditions.ts';
import { fakeLoss, generated, generatorLoss, type OneStep, oneStep } from './shared/one-step.ts';

const params = {
  ...substituteSpec,
  alpha: {
    kind: 'number',
    label: 'Share of the fake score',
    symbol: 'α',
    help: 'α of the generator’s loss: 1.2 in the code, 1 is the plain difference of scores.',
    default: 1.2,
    min: 0,
    max: 2,
    scale: 'linear',
  },
  forgetWeight: {
    kind: 'number',
    label: 'Weight of the erased condition',
    help: 'How much the erased condition counts beside the others.',
    default: 1,
    min: 0,
    max: 10,
    scale: 'linear',
  },
} as const;

type Context = MethodContext<typeof params>;

/** Times at which scores are compared, as shares of T, and the one at which the generator begins. */
const [FIRST, LAST] = [0.04, 0.71];
const BEGIN = 0.44;

/** What a step draws for the rows of a batch. */
const drawnFor = (ctx: Context, batch: Batch, which: string): OneStep => {
  const { process, conditions, alternatives } = noisedOf(batch);
  const { size: B } = batch;
  const K = ctx.keys.length;
  const low = Math.round(FIRST * process.steps);
  const span = Math.round(LAST * process.steps) - low;
  const own = ctx.keys.map((key) => foldIn(key, 'sfd', which, ctx.step));
  const [z, noise] = [new Float32Array(K * B * 2), new Float32Array(K * B * 2)];
  const times = new Int32Array(K * B);
  own.forEach((key: Key, k) => {
    const [begin, fresh, when] = ['z', 'noise', 'times'].map((name) => foldIn(key, name)) as [Key, Key, Key];
    for (let b = 0; b < B; b++) {
      times[k * B + b] = low + integer(when, b, span);
      for (let d = 0; d < 2; d++) {
        z[2 * (k * B + b) + d] = normal(begin, 2 * b + d);
        noise[2 * (k * B + b) + d] = normal(fresh, 2 * b + d);
      }
    }
  });
  const begin = Math.round(BEGIN * process.steps);
  const codes = codesOf(process, conditions);
  const asked = alternatives ? codesOf(process, alternatives) : codes;
  return oneStep(process, { K, z, noise, times, begin, codes, asked });
};

/** One Adam step without a first moment along a gradient that is clipped by value, as SFD trains both networks. */
const moved = (ctx: Context, state: MethodState, name: string, at: tf.Tensor, gradient: tf.Tensor) => {
  const g = tf.minimum(1, tf.maximum(-1, gradient));
  const before = state[`second.${name}`] ?? tf.zerosLike(at);
  const second = tf.add(tf.mul(before, BETA2), tf.mul(tf.square(g), 1 - BETA2));
  const root = Math.sqrt(biasCorrection(BETA2, ctx.step + 1));
  const size = tf.div(g, tf.add(tf.div(tf.sqrt(second), root), EPSILON));
  return { weights: tf.sub(at, tf.mul(ctx.descent.settings.learningRate, size)), second };
};

const halves = (weights: tf.Tensor, { size }: Network): readonly [tf.Tensor, tf.Tensor] => {
  const K = weights.shape[0] as number;
  return [tf.slice(weights, [0, 0], [K, size]), tf.slice(weights, [0, size], [K, size])];
};

const method: Method<typeof params> = {
  id: 'sfd',
  title: 'Score forgetting distillation (SFD)',
  short: 'SFD',
  summary:
    'Distils the model into one that draws in a single step, and forgets the class on the way; no data are read.',
  formula: 'L_G = E[Σ (x_φ − x_ψ)·((x_φ − x_0) − α (x_φ − x_ψ)) / ω], φ asked about c_s for c_f',
  page: {
    idea: 'A generator learns to draw in one step what the original draws in fifty, by comparing the original’s score with that of its own samples. Under the erased condition the original is asked about another class.',
    tex: String.raw`\mathcal L_G=\mathbb E\ \frac{(x_\varphi-x_\psi)\cdot\big((x_\varphi-x_0)-\alpha(x_\varphi-x_\psi)\big)}{\omega},\qquad x_0=G(z,c)`,
    lookFor:
      'At step 0 each class is a small heap in its middle: one step of the original gives a mean. The heaps grow into clouds while the erased one moves away.',
    failsWhen:
      'It takes hundreds of steps for the clouds to be as wide as they should be, and they stay a little off. The optimizer’s kind is its own: only the rate is read.',
  },
  citation: {
    authors: 'Chen, Zhang, Zhou',
    title: 'Score Forgetting Distillation: A Swift, Data-Free Method for Machine Unlearning in Diffusion Models',
    year: 2025,
    url: 'https://arxiv.org/abs/2409.11219',
    where: 'algorithm 1',
  },
  needs: ['forget', 'retain', 'original', 'alternativeLabels', 'samples'],
  heads: ['real'],
  conditions: true,
  start: 'original',
  schedule: 'iterative',
  alone: true,
  params,
  recipes: [],
  init: (ctx) => ({ weights: tf.concat([ctx.start, ctx.start], 1) }),
  step: (state, ctx) => {
    const { model } = ctx;
    const [generator, fake] = halves(state.weights, model);
    const rows = (['forget', 'retain'] as const).map((which) => ({
      drawn: drawnFor(ctx, ctx.batch(which), which),
      weight: which === 'forget' ? ctx.settings.forgetWeight : tf.tensor2d(ctx.keys.map(() => [1])),
    }));
    const total = (loss: (drawn: OneStep) => tf.Tensor): tf.Tensor =>
      tf.addN(rows.map(({ drawn, weight }) => tf.mul(tf.reshape(weight, [-1]), loss(drawn))));
    const points = new Map(rows.map(({ drawn }) => [drawn, generated(model, generator, drawn)]));
    const scored = lossGradient(fake, (at) =>
      total((drawn) => fakeLoss(model, at, drawn, points.get(drawn) as tf.Tensor)),
    );
    const next = moved(ctx, state, 'fake', fake, scored);
    const nets = { fake: next.weights, original: ctx.original(), alpha: tf.reshape(ctx.settings.alpha, [-1, 1, 1]) };
    const slope = lossGradient(generator, (at) => total((drawn) => generatorLoss(model, at, drawn, nets)));
    const own = moved(ctx, state, 'generator', generator, slope);
    return {
      state: {
        weights: tf.concat([own.weights, next.weights], 1),
        'second.fake': next.second,
        'second.generator': own.second,
      },
    };
  },
  alternatives: ({ substitute }) => substituted(substitute as number),
  serve: (model) => ({
    size: 2 * model.size,
    predict: (weights, x) => model.predict(weights.slice(0, model.size), x),
    decide: (weights, x) => model.decide(weights.slice(0, model.size), x),
    sample: (weights, process, codes, start) =>
      tf.tidy(() => {
        const n = start.length / 2;
        const begin = Math.round(BEGIN * process.steps);
        const drawn = oneStep(process, {
          K: 1,
          z: start,
          noise: start,
          times: new Int32Array(n),
          begin,
          codes,
          asked: codes,
        });
        const theta = tf.tensorOf(weights.slice(0, model.size), [1, model.size]);
        return Float32Array.from(tf.valuesOf(generated(model, theta, drawn)));
      }),
  }),
};
export default method;
