// Label-agnostic forgetting. Two small variational autoencoders learn the original's last hidden features h, V_r on the retain
// set and V_f on the forget set (before the request is served). Steps then alternate:
//   extractor: E_r[g(h_r; V_r)] - E_f[g(h_f; V_f)], g = exp(m / (m + 1)), m the squared reconstruction error;
//   alignment: E_r[(1 - cos(h_r, ĥ_r)) - log Σ_f exp((1 - cos(h_f, ĥ_f)) / T)].
// So the features of the forget set leave what was learned of them while those of the retain set stay. Shen et al., ICLR
// 2024, eqs. 5-8; ShaofeiShen768/LAF, VUnlearning.py, where both are sums over the batch: here they are divided by the retain
// rows. LAF+R repairs with the retain labels at the end. The decoders are linear at the output, since features are not in
// [0, 1]; the division by the number of rows keeps the rates of the other methods usable.

import { foldIn, type Key, normal } from '../engine/base/random.ts';
import type { Citation, ParamSchema } from '../engine/base/schema.ts';
import * as tf from '../engine/base/tf.ts';
import type { Method, MethodContext, MethodState } from '../engine/contracts/method.ts';
import type { Network } from '../engine/contracts/network.ts';
import { advanceWith, begin, lossGradient } from '../engine/method-kinds.ts';

import { type OptimizerState, optimizers } from '../engine/objective/optim.ts';
import { crossEntropy } from '../engine/objective/rows.ts';
import { network } from '../engine/start.ts';

const citation: Citation = {
  authors: 'Shen, Zhang, Zhao, Bialkowski, Chen, Xu',
  title: 'Label-Agnostic Forgetting: A Supervision-Free Unlearning in Deep Models',
  year: 2024,
  url: 'https://arxiv.org/abs/2404.00506',
  where: 'algorithm 1',
};

const params = {
  temperature: {
    kind: 'number',
    label: 'Temperature',
    symbol: 'T',
    help: 'How evenly all forget examples push in the alignment step.',
    paperName: 'temp',
    default: 5,
    min: 0.5,
    max: 50,
    scale: 'log',
  },
  latent: {
    kind: 'int',
    label: 'Latent numbers',
    help: 'Of each autoencoder.',
    default: 3,
    min: 1,
    max: 16,
  },
  repairShare: {
    kind: 'number',
    label: 'Share of repair',
    help: 'The last steps, as a fraction of all, train on the retain labels: LAF+R. At 0 no label is ever used.',
    default: 0,
    min: 0,
    max: 0.9,
    scale: 'linear',
  },
} as const satisfies ParamSchema;
type Context = MethodContext<typeof params>;

const WIDTH = 16;
const RATE = 0.01;
const DIVERGENCE = 0.025;
const LEAST = 1e-8;

/** Encoder h -> (mean, log variance) and decoder of one autoencoder, and how their weights share one vector. */
const autoencoder = (features: number, latent: number) => {
  const perceptron = (inputs: number, outputs: number): Network =>
    network({ inputs, hidden: [WIDTH], classes: outputs, activation: 'tanh', init: 'auto' });
  const [encoder, decoder] = [perceptron(features, 2 * latent), perceptron(latent, features)];
  return { encoder, decoder, latent, size: encoder.size + decoder.size };
};
type Autoencoder = ReturnType<typeof autoencoder>;

const ofContext = ({ model, settings }: Pick<Context, 'model' | 'settings'>): Autoencoder =>
  autoencoder(model.widths.at(-2) as number, settings.latent);

const split = (weights: tf.Tensor, { encoder, decoder }: Autoencoder) => {
  const K = weights.shape[0] as number;
  return [
    tf.slice(weights, [0, 0], [K, encoder.size]),
    tf.slice(weights, [0, encoder.size], [K, decoder.size]),
  ] as const;
};

/** Mean and log variance [K, B, latent] each of the code of features [K, B, width]. */
const encode = (own: Autoencoder, weights: tf.Tensor, h: tf.Tensor) => {
  const [K, B] = h.shape as [number, number];
  const code = own.encoder.forward(split(weights, own)[0], h).logits;
  const part = (from: number) => tf.slice(code, [0, 0, from], [K, B, own.latent]);
  return { mean: part(0), logVariance: part(own.latent) };
};
const decode = (own: Autoencoder, weights: tf.Tensor, z: tf.Tensor): tf.Tensor =>
  own.decoder.forward(split(weights, own)[1], z).logits;

/** Reconstruction error plus a little of KL(code ‖ standard normal), per lane [K]. */
const autoencoderLoss = (own: Autoencoder, weights: tf.Tensor, h: tf.Tensor, noise: tf.Tensor): tf.Tensor => {
  const { mean, logVariance } = encode(own, weights, h);
  const z = tf.add(mean, tf.mul(tf.exp(tf.mul(logVariance, 0.5)), noise));
  const error = tf.mean(tf.square(tf.sub(decode(own, weights, z), h)), [1, 2]);
  const divergence = tf.mul(-0.5, tf.sub(tf.add(logVariance, 1), tf.add(tf.square(mean), tf.exp(logVariance))));
  return tf.add(error, tf.mul(DIVERGENCE, tf.mean(divergence, [1, 2])));
};

/** g(h; V) of every row, [K, B]: near 1 where the autoencoder knows the features, towards e where not. */
const surprise = (own: Autoencoder, weights: tf.Tensor, h: tf.Tensor): tf.Tensor => {
  const error = tf.mean(tf.square(tf.sub(decode(own, weights, encode(own, weights, h).mean), h)), 2);
  return tf.exp(tf.div(error, tf.add(error, 1)));
};

const lastHidden = ({ model, batch }: Context, at: tf.Tensor, which: 'forget' | 'retain'): tf.Tensor =>
  model.forward(at, batch(which).x).inputs.at(-1) as tf.Tensor;

/** 1 - cos(a, b) of every row, [K, B]. */
const angle = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => {
  const norm = (t: tf.Tensor) => tf.sqrt(tf.add(tf.sum(tf.square(t), 2), LEAST * LEAST));
  return tf.sub(1, tf.div(tf.sum(tf.mul(a, b), 2), tf.mul(norm(a), norm(b))));
};

const extractorLoss = (ctx: Context, at: tf.Tensor, state: MethodState): tf.Tensor => {
  const own = ofContext(ctx);
  const kept = surprise(own, state['keeper'] as tf.Tensor, lastHidden(ctx, at, 'retain'));
  const gone = surprise(own, state['forgetter'] as tf.Tensor, lastHidden(ctx, at, 'forget'));
  return tf.sub(tf.mean(kept, 1), tf.mean(gone, 1));
};

/** The alignment step's loss per lane, [K], at the weights at [K, P]: a mean over the retain rows less a log-sum over the forget rows. */
export const alignmentLoss = (ctx: Context, at: tf.Tensor): tf.Tensor => {
  const of = (which: 'forget' | 'retain') => angle(lastHidden(ctx, at, which), lastHidden(ctx, ctx.original(), which));
  const push = tf.log(tf.sum(tf.exp(tf.div(of('forget'), ctx.settings.temperature)), 1));
  return tf.sub(tf.mean(of('retain'), 1), push);
};

const MOMENTS = ['keeper', 'forgetter'] as const;

/** One Adam step of both autoencoders on the original's features. */
const learnFeatures = (state: MethodState, ctx: Context): MethodState => {
  const own = ofContext(ctx);
  const rate = tf.tensor2d([[RATE]]);
  const next: Record<string, tf.Tensor> = {};
  for (const [name, which] of [
    ['keeper', 'retain'],
    ['forgetter', 'forget'],
  ] as const) {
    const h = lastHidden(ctx, ctx.original(), which);
    const [, B] = h.shape as [number, number];
    const draws = Float32Array.from({ length: ctx.keys.length * B * own.latent }, (_, i) => {
      const k = Math.floor(i / (B * own.latent));
      return normal(foldIn(ctx.keys[k] as Key, name, ctx.step), i - k * B * own.latent);
    });
    const noise = tf.tensorOf(draws, [ctx.keys.length, B, own.latent]);
    const weights = state[name] as tf.Tensor;
    const moments: OptimizerState = {
      first: state[`${name}.first`] as tf.Tensor,
      second: state[`${name}.second`] as tf.Tensor,
    };
    const gradient = lossGradient(weights, (w) => autoencoderLoss(own, w, h, noise));
    const moved = optimizers.adam.update(weights, gradient, moments, { learningRate: rate }, ctx.step);
    next[name] = moved.weights;
    for (const [moment, value] of Object.entries(moved.state)) next[`${name}.${moment}`] = value;
  }
  return { ...state, ...next };
};

const method: Method<typeof params> = {
  id: 'laf',
  title: 'Label-agnostic forgetting (LAF)',
  short: 'LAF',
  summary: 'Forgets without labels: features of the forget set leave what two autoencoders learned of them.',
  formula: 'E_r g(h; V_r) − E_f g(h; V_f), then E_r[1 − cos(h, ĥ)] − log Σ_f exp((1 − cos(h, ĥ))/T)',
  page: {
    idea: 'Learn what the features of both sets look like. Then move the network so that the forget set no longer looks like itself and the retain set still does; nobody needs a label.',
    tex: String.raw`\mathcal L_{\text{UE}}=\mathbb{E}_r\,g(h;V_r)-\mathbb{E}_f\,g(h;V_f),\qquad \mathcal L_{\text{RA}}=\mathbb{E}_r\big[1-\cos(h,\hat h)\big]-\log\sum_f e^{(1-\cos(h,\hat h))/T}`,
    lookFor:
      'Whole classes go; the retain accuracy suffers with them and comes back only with a repair. Compare LAF with LAF+R.',
    failsWhen:
      'Where forget and retain features overlap, as in random forgetting, pushing one away takes the other along.',
  },
  citation,
  needs: ['forget', 'retain', 'original', 'training'],
  needsLayers: true,
  start: 'original',
  schedule: 'iterative',
  exposes: ['gradient'],
  params,
  recipes: [
    {
      id: 'laf-r',
      title: 'Label-agnostic forgetting with repair (LAF+R)',
      short: 'LAF+R',
      summary: 'Label-agnostic forgetting, then some training on the retain labels.',
      citation: { ...citation, where: 'LAF+R' },
      params: { repairShare: 0.2 },
    },
  ],
  init: (ctx) => {
    const own = ofContext(ctx);
    const K = ctx.keys.length;
    const fresh = (name: string) => {
      const all = new Float32Array(K * own.size);
      ctx.keys.forEach((key, k) => {
        all.set(own.encoder.init(foldIn(key, name, 'encoder')), k * own.size);
        all.set(own.decoder.init(foldIn(key, name, 'decoder')), k * own.size + own.encoder.size);
      });
      return tf.tensorOf(all, [K, own.size]);
    };
    const parts: Record<string, tf.Tensor> = {};
    for (const name of MOMENTS) {
      parts[name] = fresh(name);
      for (const moment of ['first', 'second']) parts[`${name}.${moment}`] = tf.zerosLike(parts[name]);
    }
    return { ...parts, ...begin(ctx, ctx.start) };
  },
  prepare: {
    steps: (ctx) => ctx.training().steps, // as long as the model itself has learned
    step: (state, ctx) => ({ state: learnFeatures(state, ctx) }),
  },
  step: (state, ctx) => {
    const repairs = ctx.laneSettings.map(({ repairShare }) => ctx.step >= Math.round((1 - repairShare) * ctx.steps));
    const free = tf.tensor2d(repairs.map((is) => [is ? 0 : 1]));
    const loss = (at: tf.Tensor) => (ctx.step % 2 === 0 ? extractorLoss(ctx, at, state) : alignmentLoss(ctx, at));
    const gradient = tf.mul(lossGradient(state.weights, loss), free);
    const term = { term: crossEntropy('retain'), settings: ctx.laneSettings, scale: repairs.map(Number) };
    return { state: advanceWith(ctx, state, repairs.some(Boolean) ? [term] : [], gradient) };
  },
};
export default method;
