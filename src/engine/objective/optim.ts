import { exp, log } from '../base/math.ts';
import * as tf from '../base/tf.ts';

export type OptimizerName = 'sgd' | 'momentum' | 'adam';

/** Moments and the like: each [K, P]. Empty for plain SGD. */
export type OptimizerState = Readonly<Record<string, tf.Tensor>>;

/** Per-lane settings, each [K, 1]; a missing one costs nothing. */
export interface OptimizerSettings {
  readonly learningRate: tf.Tensor;
  readonly momentum?: tf.Tensor;
  readonly weightDecay?: tf.Tensor;
  /** Largest L2 norm of a step's gradient; a lane without a limit has Infinity. */
  readonly clipNorm?: tf.Tensor;
}

/**
 * An optimizer as a pair of pure functions, after optax, with PyTorch's semantics: v ← μv + g, θ ← θ - ηv; weight decay is
 * part of g before any momentum; Adam's ε is 1e-8 and stands outside the root.
 */
export interface Optimizer {
  readonly name: OptimizerName;
  readonly init: (weights: tf.Tensor) => OptimizerState;
  /** One update. `step` counts from 0; `gradient` is [K, P] with weight decay already in it. */
  readonly update: (
    weights: tf.Tensor,
    gradient: tf.Tensor,
    state: OptimizerState,
    settings: OptimizerSettings,
    step: number,
  ) => Moved;
}

export const BETA1 = 0.9;
export const BETA2 = 0.999;
export const EPSILON = 1e-8;

/** 1 - beta^t without `**`, whose last bit differs between JavaScript engines. */
export const biasCorrection = (beta: number, t: number): number => 1 - exp(t * log(beta));

export const optimizers: Readonly<Record<OptimizerName, Optimizer>> = {
  sgd: {
    name: 'sgd',
    init: () => ({}),
    update: (weights, gradient, state, { learningRate }) => ({
      weights: tf.sub(weights, tf.mul(gradient, learningRate)),
      state,
    }),
  },
  momentum: {
    name: 'momentum',
    init: (weights) => ({ velocity: tf.zerosLike(weights) }),
    update: (weights, gradient, state, { learningRate, momentum }) => {
      const held = state['velocity'] as tf.Tensor;
      const velocity = tf.add(momentum ? tf.mul(held, momentum) : held, gradient);
      return { weights: tf.sub(weights, tf.mul(velocity, learningRate)), state: { velocity } };
    },
  },
  adam: {
    name: 'adam',
    init: (weights) => ({ first: tf.zerosLike(weights), second: tf.zerosLike(weights) }),
    update: (weights, gradient, state, { learningRate }, step) => {
      const first = tf.add(tf.mul(state['first'] as tf.Tensor, BETA1), tf.mul(gradient, 1 - BETA1));
      const second = tf.add(tf.mul(state['second'] as tf.Tensor, BETA2), tf.mul(tf.square(gradient), 1 - BETA2));
      const rootCorrection = Math.sqrt(biasCorrection(BETA2, step + 1));
      const denominator = tf.add(tf.div(tf.sqrt(second), rootCorrection), EPSILON);
      const size = tf.div(learningRate, biasCorrection(BETA1, step + 1));
      return { weights: tf.sub(weights, tf.mul(tf.div(first, denominator), size)), state: { first, second } };
    },
  },
};

/** Weights and moments after a step, each [K, P]. */
export interface Moved {
  readonly weights: tf.Tensor;
  readonly state: OptimizerState;
}

/** What a step moves and what it moves by; every tensor [K, P]. */
export interface Descent {
  readonly optimizer: Optimizer;
  readonly settings: OptimizerSettings;
  /** 1 where a weight may move, 0 where it stays as it was at `start`. */
  readonly mask?: tf.Tensor;
  /** How many weights of each lane this step puts back to `start`, [K]: see `settle`. */
  readonly settled?: readonly number[];
  /** The weights at step 0. */
  readonly start: tf.Tensor;
}

/**
 * The proximal step of an L1 distance to the weights at step 0, its weight chosen so that the `settled` weights of a lane that have
 * gone least far return to it exactly, and all others come closer by as far as the last of these had gone.
 */
export const settle = ({ settled, start: home }: Descent, weights: tf.Tensor): tf.Tensor => {
  if (!settled?.some((count) => count > 0)) return weights;
  const [K, P] = weights.shape as [number, number];
  const out = Float32Array.from(tf.valuesOf(weights));
  const start = tf.valuesOf(home);
  for (let k = 0; k < K; k++) {
    const count = Math.min(settled[k] as number, P);
    if (count === 0) continue;
    const ways = new Float32Array(P);
    for (let i = 0; i < P; i++) ways[i] = (out[k * P + i] as number) - (start[k * P + i] as number);
    const least = ways.map(Math.abs).sort()[count - 1] as number;
    for (let i = 0; i < P; i++) {
      const [at, way] = [k * P + i, ways[i] as number];
      if (way > least) out[at] = (out[at] as number) - least;
      else if (way < -least) out[at] = (out[at] as number) + least;
      else if (!Number.isNaN(way)) out[at] = start[at] as number; // a lane that has diverged is not to look well
    }
  }
  return tf.tensorOf(out, [K, P]);
};

/** The settings of an optimizer as plain numbers. */
export interface PlainSettings {
  readonly optimizer: OptimizerName;
  readonly learningRate: number;
  readonly momentum: number;
  readonly weightDecay: number;
  readonly clipNorm: number;
}

/** The descent that plain settings mean, the same for weights [K, P] of all lanes. */
export const descentOf = (settings: PlainSettings, start: tf.Tensor): Descent => {
  const K = start.shape[0] as number;
  const column = (value: number) => tf.tensor2d(Array.from({ length: K }, () => [value]));
  return {
    optimizer: optimizers[settings.optimizer],
    settings: {
      learningRate: column(settings.learningRate),
      ...(settings.optimizer === 'momentum' && { momentum: column(settings.momentum) }),
      ...(settings.weightDecay > 0 && { weightDecay: column(settings.weightDecay) }),
      ...(settings.clipNorm > 0 && { clipNorm: column(settings.clipNorm) }),
    },
    start,
  };
};

/** A descent with its learning rate times a factor; the same where there is no factor. */
export const slowed = (descent: Descent, factor: number | undefined): Descent =>
  factor === undefined
    ? descent
    : {
        ...descent,
        settings: { ...descent.settings, learningRate: tf.mul(descent.settings.learningRate, factor) },
      };

/**
 * One step downhill: clip, add weight decay, update, and under a mask put the frozen weights and their
 * moments back exactly (SalUn since February 2026; masking the gradient alone lets decay and momentum leak).
 */
export const descend = (
  { optimizer, settings, mask, start }: Descent,
  weights: tf.Tensor,
  gradient: tf.Tensor,
  state: OptimizerState,
  step: number,
): Moved => {
  let g = mask ? tf.mul(gradient, mask) : gradient;
  if (settings.clipNorm) {
    const norm = tf.sqrt(tf.sum(tf.square(g), 1, true)); // [K, 1]
    g = tf.mul(g, tf.minimum(1, tf.div(settings.clipNorm, tf.add(norm, 1e-6))));
  }
  if (settings.weightDecay) g = tf.add(g, tf.mul(weights, settings.weightDecay));
  const next = optimizer.update(weights, g, state, settings, step);
  if (!mask) return next;
  const free = tf.cast(mask, 'bool');
  const masked = Object.entries(next.state).map(([name, moment]) => [name, tf.mul(moment, mask)] as const);
  return { weights: tf.where(free, next.weights, start), state: Object.fromEntries(masked) };
};
