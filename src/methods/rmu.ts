// L = γ mean (h_f - c u)² + α mean (h_r - ĥ_r)² at hidden layer ℓ, means over rows and units: activations of the forget set are
// steered to a fixed random direction u, those of the retain set held where they were. u ~ U[0, 1)^d, normalized: all
// positive, so that a ReLU layer can reach it. Only layers up to ℓ have a gradient. Li et al. 2024 (WMDP), eq. 1;
// locuslab/open-unlearning, src/trainer/unlearn/rmu.py.

import { foldIn, type Key, uniform } from '../engine/base/random.ts';
import type { ParamSchema } from '../engine/base/schema.ts';
import * as tf from '../engine/base/tf.ts';
import type { Method, MethodContext } from '../engine/contracts/method.ts';
import type { Batch, Examples, Split } from '../engine/contracts/rows.ts';
import { advanceWith, begin, lossGradient } from '../engine/method-kinds.ts';

const params = {
  coefficient: {
    kind: 'number',
    label: 'Steering coefficient',
    symbol: 'c',
    help: 'Length of the target: one to three times the mean length of the activations.',
    paperName: 'steering_coeff',
    default: 6,
    min: 0.1,
    max: 100,
    scale: 'log',
  },
  alpha: {
    kind: 'number',
    label: 'Retain weight',
    symbol: 'α',
    help: 'How strictly the activations of the retain set are held. The means over units make both terms weaker in wide networks.',
    default: 2,
    min: 0,
    max: 1000,
    scale: 'linear',
  },
  layer: {
    kind: 'int',
    label: 'Hidden layer',
    symbol: 'ℓ',
    help: 'Counted from the input; the last one if there are fewer.',
    default: 2,
    min: 1,
    max: 6,
  },
} as const satisfies ParamSchema;
type Context = MethodContext<typeof params>;

/** The direction of every lane, [K, 1, width]. */
const directions = (keys: readonly Key[], width: number): tf.Tensor => {
  const all = new Float32Array(keys.length * width);
  keys.forEach((key, k) => {
    const own = Float32Array.from({ length: width }, (_, i) => uniform(foldIn(key, 'direction'), i));
    const length = Math.sqrt(own.reduce((sum, u) => sum + u * u, 0));
    all.set(
      own.map((u) => u / length),
      k * width,
    );
  });
  return tf.tensorOf(all, [keys.length, 1, width]);
};

/**
 * The mean of a number for each row [K, B] over the examples of a batch of means over their rows, [K]. The authors' code divides a
 * column of sums by a row of lengths, a mean over all pairs of examples: not here.
 */
const meanOfRows = (examples: Examples, size: number, each: tf.Tensor): tf.Tensor => {
  const share = new Float32Array(examples.of.length);
  examples.rows.forEach((rows, k) => {
    const own = examples.of.subarray(k * size, k * size + rows);
    const lengths = new Int32Array(examples.count[k] as number);
    for (const example of own) lengths[example] = (lengths[example] as number) + 1;
    own.forEach((example, b) => {
      share[k * size + b] = 1 / (lengths.length * (lengths[example] as number));
    });
  });
  return tf.sum(tf.mul(each, tf.tensorOf(share, [examples.rows.length, size])), 1);
};

/** The mean over a batch and its units [K, B, width], [K]. */
const batchMean = ({ examples, size }: Batch, values: tf.Tensor): tf.Tensor =>
  examples ? meanOfRows(examples, size, tf.mean(values, 2)) : tf.mean(values, [1, 2]);

/** Activations of layer ℓ at a split, [K, B, width]. */
const hidden = ({ model, settings, batch }: Context, at: tf.Tensor, split: Split): tf.Tensor => {
  const { inputs } = model.forward(at, batch(split).x);
  return inputs[Math.min(settings.layer, inputs.length - 1)] as tf.Tensor;
};

/** The loss per lane, [K], at the weights at [K, P], of a direction [K, 1, width]. */
export const steeringLoss = (ctx: Context, at: tf.Tensor, direction: tf.Tensor): tf.Tensor => {
  const { alpha, coefficient } = ctx.settings;
  const target = tf.mul(tf.reshape(coefficient, [-1, 1, 1]), direction);
  const mean = (split: Split, away: tf.Tensor) => batchMean(ctx.batch(split), tf.square(away));
  const steered = mean('forget', tf.sub(hidden(ctx, at, 'forget'), target));
  const drift = tf.sub(hidden(ctx, at, 'retain'), hidden(ctx, ctx.original(), 'retain'));
  return tf.add(steered, tf.mul(tf.reshape(alpha, [-1]), mean('retain', drift)));
};

const method: Method<typeof params> = {
  id: 'rmu',
  title: 'Representation misdirection (RMU)',
  short: 'RMU',
  summary: 'Scrambles the hidden activations of the forget set and holds those of the retain set.',
  formula: 'L = E_f‖h − c u‖² + α E_r‖h − ĥ‖² at a hidden layer, per unit',
  page: {
    idea: 'Do not touch the answers; spoil what they are made from. The hidden activations of the forget set are driven to a random direction, those of the rest stay put.',
    tex: String.raw`\mathcal L=\mathbb{E}_f\Big[\tfrac1d\big\|h_\ell(x)-c\,u\big\|^2\Big]+\alpha\,\mathbb{E}_r\Big[\tfrac1d\big\|h_\ell(x)-\hat h_\ell(x)\big\|^2\Big]`,
    lookFor: 'The layers above are untouched: weight drift by layer stops at ℓ. No labels are used at all.',
    failsWhen:
      'The head still knows: a few steps of training bring the knowledge back. With a small coefficient the answers hardly change.',
  },
  citation: {
    authors: 'Li, Pan, Gopal, Yue and others',
    title: 'The WMDP Benchmark: Measuring and Reducing Malicious Use With Unlearning',
    year: 2024,
    url: 'https://arxiv.org/abs/2403.03218',
    where: 'section 4, RMU',
  },
  needs: ['forget', 'retain', 'original'],
  needsLayers: true,
  sequences: true,
  start: 'original',
  schedule: 'iterative',
  exposes: ['gradient'],
  params,
  recipes: [],
  init: (ctx) => {
    const { widths } = ctx.model;
    const width = widths[Math.min(ctx.settings.layer, widths.length - 2)] as number;
    return { ...begin(ctx, ctx.start), direction: directions(ctx.keys, width) };
  },
  step: (state, ctx) => {
    const gradient = lossGradient(state.weights, (at) => steeringLoss(ctx, at, state['direction'] as tf.Tensor));
    return { state: advanceWith(ctx, state, [], gradient) };
  },
};
export default method;
