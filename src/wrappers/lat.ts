// Latent adversarial training (Sheshadri et al. 2024): before each step an adversary looks for changes δ of a hidden
// layer, one for each forget example and none longer than a radius, that bring the forgotten labels back; the terms on
// the forget set are then taken at h + δ. As in aengusl/latent-adversarial-training, latent_at/laa/attacks.py and
// lat_methods.py: δ starts at 0, moves by Adam, and is put back into the ball after every step. Differently from there,
// radius and step are relative to the layer (ε times the mean norm of h), so that they mean the same at any width.
import * as tf from '../engine/base/tf.ts';
import type { Network } from '../engine/contracts/network.ts';
import type { Batch, LaneTerm } from '../engine/contracts/rows.ts';
import { wrapper } from '../engine/contracts/wrapper.ts';
import { BETA1, BETA2, biasCorrection, EPSILON } from '../engine/objective/optim.ts';
import { rowGradient } from '../engine/objective/row-gradient.ts';
import { crossEntropy } from '../engine/objective/rows.ts';

export interface Adversary {
  /** The hidden layer whose output is changed, the first is 1. */
  readonly layer: number;
  /** Steps of the adversary before each step of the method. */
  readonly steps: number;
  /** Radius as a multiple of the batch's mean norm of h, [K, 1]. */
  readonly epsilon: tf.Tensor;
  /** Length of the adversary's first step as a fraction of the radius, [K, 1]. */
  readonly learningRate: tf.Tensor;
}

/** Σ pull · f(at), differentiated at `at`: what reaches the input of f when `pull` arrives at its output. */
const pulledBack = (f: (at: tf.Tensor) => tf.Tensor, at: tf.Tensor, pull: tf.Tensor): tf.Tensor =>
  tf.grad((x) => tf.sum(tf.mul(f(x), pull)))(tf.clone(at));

const hiddenAt = (model: Network, weights: tf.Tensor, batch: Batch, layer: number): tf.Tensor =>
  model.forward(weights, batch.x).inputs[layer] as tf.Tensor;

const normOf = (rows: tf.Tensor): tf.Tensor => tf.sqrt(tf.sum(tf.square(rows), 2, true));

/** Gradient [K, B, width] of each row's cross-entropy with respect to its change δ of a hidden layer. */
export const elicitation = (
  model: Network,
  weights: tf.Tensor,
  batch: Batch,
  layer: number,
  delta: tf.Tensor,
): tf.Tensor => {
  const upper = model.above(layer);
  const hidden = hiddenAt(model, weights, batch, layer);
  return elicitationAt(upper.network, upper.weights(weights), batch, hidden, delta);
};

const elicitationAt = (upper: Network, weights: tf.Tensor, batch: Batch, hidden: tf.Tensor, delta: tf.Tensor) => {
  const logitsOf = (change: tf.Tensor) => upper.forward(weights, tf.add(hidden, change)).logits;
  const settings = Array.from({ length: weights.shape[0] as number }, () => ({}));
  const scale = settings.map(() => batch.size); // the sum over rows: a row's change does not depend on the others
  const pull = rowGradient([{ term: crossEntropy('forget'), settings, scale }], logitsOf(delta), batch);
  return pulledBack(logitsOf, delta, pull);
};

/** The changes δ [K, B, width] that the adversary finds for a batch of the forget set. */
export const perturbation = (model: Network, weights: tf.Tensor, batch: Batch, adversary: Adversary): tf.Tensor => {
  const { layer, steps } = adversary;
  const upper = model.above(layer);
  const above = upper.weights(weights);
  const hidden = hiddenAt(model, weights, batch, layer);
  const width = hidden.shape[2] as number;
  const lanes = (perLane: tf.Tensor) => tf.reshape(perLane, [-1, 1, 1]);
  const radius = tf.mul(lanes(adversary.epsilon), tf.mean(normOf(hidden), 1, true)); // [K, 1, 1]
  const rate = tf.div(tf.mul(lanes(adversary.learningRate), radius), Math.sqrt(width));
  let delta = tf.zerosLike(hidden);
  let [first, second] = [delta, delta];
  for (let step = 0; step < steps; step++) {
    const gradient = elicitationAt(upper.network, above, batch, hidden, delta);
    first = tf.add(tf.mul(first, BETA1), tf.mul(gradient, 1 - BETA1));
    second = tf.add(tf.mul(second, BETA2), tf.mul(tf.square(gradient), 1 - BETA2));
    const size = tf.div(tf.sqrt(second), Math.sqrt(biasCorrection(BETA2, step + 1)));
    const direction = tf.div(tf.div(first, biasCorrection(BETA1, step + 1)), tf.add(size, EPSILON));
    const next = tf.sub(delta, tf.mul(rate, direction));
    // 1e-12: a layer that is dead on the whole batch has a radius of 0
    delta = tf.mul(next, tf.div(radius, tf.maximum(tf.maximum(normOf(next), radius), 1e-12)));
  }
  return delta;
};

/** Logits [K, B, C] of a batch whose hidden layer is changed by a fixed δ. */
export const logitsUnder = (model: Network, weights: tf.Tensor, batch: Batch, layer: number, delta: tf.Tensor) => {
  const upper = model.above(layer);
  const hidden = tf.add(hiddenAt(model, weights, batch, layer), delta);
  return upper.network.forward(upper.weights(weights), hidden).logits;
};

/** Gradient [K, P] of terms on a batch whose hidden layer is changed by a fixed δ. */
export const gradientUnder = (
  model: Network,
  weights: tf.Tensor,
  terms: readonly LaneTerm[],
  batch: Batch,
  layer: number,
  delta: tf.Tensor,
): tf.Tensor => {
  const logitsOf = (at: tf.Tensor) => logitsUnder(model, at, batch, layer, delta);
  return pulledBack(logitsOf, weights, rowGradient(terms, logitsOf(weights), batch));
};

export default wrapper({
  id: 'lat',
  title: 'latent adversarial training (LAT)',
  short: 'LAT',
  summary: 'Before each step, an adversary changes a hidden layer so that the forgotten labels come back.',
  citation: {
    authors: 'Sheshadri, Ewart, Guo, Lynch, Wu, Hebbar, Sleight, Stickland, Perez, Hadfield-Menell, Casper',
    title: 'Latent Adversarial Training Improves Robustness to Persistent Harmful Behaviors in LLMs',
    year: 2024,
    url: 'https://arxiv.org/abs/2407.15549',
    where: 'section 3',
  },
  slot: {
    id: 'adversary',
    label: 'Adversary',
    help: 'Latent adversarial training (LAT): before each step, somebody changes a hidden layer so that the forgotten labels come back, and the method then forgets under that change. Methods that push away from the label start more slowly: under attack it is nearly certain, and their pull fades.',
    none: 'none',
  },
  params: {
    layer: {
      kind: 'int',
      label: 'Attacked layer',
      help: 'Which hidden layer is changed; the first is 1.',
      default: 1,
      min: 1,
      max: 6,
    },
    epsilon: {
      kind: 'number',
      label: 'Radius of the adversary',
      symbol: 'ε',
      help: 'Largest change of an example, as a multiple of the mean norm of the layer. At 0 there is no adversary.',
      default: 0.5,
      min: 0,
      max: 10,
      scale: 'linear',
    },
    steps: {
      kind: 'int',
      label: 'Steps of the adversary',
      help: 'How many it makes before each step of the method.',
      default: 8,
      min: 1,
      max: 64,
    },
    learningRate: {
      kind: 'number',
      label: 'Step of the adversary',
      help: 'Length of its first step as a fraction of the radius.',
      default: 0.25,
      min: 0.001,
      max: 2,
      scale: 'log',
    },
  },
  recipes: [
    {
      of: 'ga',
      id: 'graddiff-lat',
      title: 'Gradient difference under a latent adversary (GradDiff+LAT)',
      short: 'GradDiff+LAT',
      summary: 'Gradient difference, while somebody changes a hidden layer to bring the forgotten labels back.',
      retain: { kind: 'ce' },
    },
    {
      of: 'npo',
      id: 'npo-lat',
      title: 'NPO under a latent adversary (NPO+LAT)',
      short: 'NPO+LAT',
      summary: 'NPO plus training on the retain set, while somebody changes a hidden layer to bring the labels back.',
      retain: { kind: 'ce' },
    },
  ],
  asks: 'terms on the outputs of the forget set, which it attacks',
  hidesPulls: true,
  offAt: { epsilon: 0 },
  takes: ({ exposes }) => exposes?.includes('outputs') ?? false,
  needs: [],
  fault: ({ layer }, { activations }) =>
    layer > activations.length
      ? { path: '/layer', expected: `a hidden layer of the network: 1 to ${activations.length}`, found: `${layer}` }
      : undefined,
  passes: 'steps',
  wrap: (step, { model, settings }) => ({
    ...step,
    on: (split, weights) => {
      const terms = step.terms.filter(({ term }) => term.on === 'forget');
      if (split !== 'forget' || terms.length === 0) return step.on(split, weights);
      const batch = step.batch('forget');
      return gradientUnder(model, weights, terms, batch, settings.layer, perturbation(model, weights, batch, settings));
    },
  }),
  python: {
    functions: [
      'def attacked(model, x, y):',
      '    """The logits while somebody changes a hidden layer to bring the labels back (latent adversarial training)."""',
      '    cut = 2 * {layer}  # each layer is a map and an activation',
      '    lower, upper = model[:cut], model[cut:]',
      '    hidden = lower(x).detach()',
      '    radius = {epsilon} * hidden.norm(dim=1).mean()',
      '    rate = {learningRate} * radius / hidden.shape[1] ** 0.5',
      '    delta = torch.zeros_like(hidden)',
      '    first = second = torch.zeros_like(hidden)',
      '    for t in range(1, {steps} + 1):',
      '        delta.requires_grad_(True)',
      '        (gradient,) = torch.autograd.grad(F.cross_entropy(upper(hidden + delta), y, reduction="sum"), delta)',
      '        first, second = 0.9 * first + 0.1 * gradient, 0.999 * second + 0.001 * gradient**2',
      '        direction = first / (1 - 0.9**t) / ((second / (1 - 0.999**t)).sqrt() + 1e-8)',
      '        delta = (delta - rate * direction).detach()',
      '        length = delta.norm(dim=1, keepdim=True)',
      '        delta = delta * radius / torch.maximum(length, radius).clamp(min=1e-12)',
      '    return upper(lower(x) + delta)',
    ],
    logits: 'attacked',
  },
});
