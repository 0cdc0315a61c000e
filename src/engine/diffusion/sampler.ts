import { foldIn, type Key, normal } from '../base/random.ts';
import * as tf from '../base/tf.ts';
import type { Network } from '../contracts/network.ts';
import { CODE_AT, DIMENSIONS, FEATURES, inputsOf, type Process } from './process.ts';

/**
 * Samples of a diffusion model as a pure function of its weights and of noise that is drawn beforehand: two models that get
 * the same noise give samples that belong together, point by point.
 */

/** The noise that n samples begin from, and that of every step. */
export interface Noise {
  /** x_T, [n * 2] */
  readonly start: Float32Array;
  /** Of time t from `t * n * 2` on, [T * n * 2]; absent: none is needed. */
  readonly steps?: Float32Array;
}

/** How samples are drawn. */
export interface Sampling {
  /** w: ε is (1+w) ε_c - w ε_null. 0 is none. */
  readonly guidance: number;
  /** η of DDIM (Song, Meng and Ermon 2021): 1 is ancestral sampling, 0 adds no noise. */
  readonly eta: number;
  /** The largest size of a coordinate of a predicted x_0; absent: any. */
  readonly clamp?: number;
}

/** Ancestral, with predictions of x_0 kept within ±4, so that a model that has collapsed can still be drawn. */
export const ANCESTRAL: Sampling = { guidance: 0, eta: 1, clamp: 4 };

const normals = (key: Key, count: number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => normal(key, i));

/** Noise for n samples of a key. */
export const drawNoise = (key: Key, n: number, steps: number): Noise => ({
  start: normals(foldIn(key, 'start'), n * DIMENSIONS),
  steps: normals(foldIn(key, 'steps'), steps * n * DIMENSIONS),
});

/** One step back, from time t to t - 1: moves points [n * 2] in place by what the network says of them and fresh noise. */
export const stepBack = (
  { kept }: Pick<Process, 'kept'>,
  time: number,
  { eta, clamp = Number.POSITIVE_INFINITY }: Pick<Sampling, 'eta' | 'clamp'>,
  x: Float32Array,
  said: Float32Array,
  noise?: Float32Array,
): void => {
  const left = kept[time] as number;
  const next = time > 0 ? (kept[time - 1] as number) : 1;
  const spread = eta * Math.sqrt(Math.max(0, ((1 - left / next) * (1 - next)) / (1 - left)));
  const rest = Math.sqrt(Math.max(0, 1 - next - spread * spread));
  const [own, other, kin] = [Math.sqrt(left), Math.sqrt(1 - left), Math.sqrt(next)];
  for (let i = 0; i < x.length; i++) {
    const at = x[i] as number;
    const free = (at - other * (said[i] as number)) / own;
    const origin = free > clamp ? clamp : free < -clamp ? -clamp : free;
    const epsilon = origin === free ? (said[i] as number) : (at - own * origin) / other;
    x[i] = kin * origin + rest * epsilon + (noise ? spread * (noise[i] as number) : 0);
  }
};

/** Rows of inputs with every condition in place: [n * D]. */
const rowsUnder = (process: Process, codes: Float32Array, n: number): Float32Array => {
  const width = inputsOf(process);
  const rows = new Float32Array(n * width);
  for (let i = 0; i < n; i++) {
    rows.set(codes.subarray(i * process.codeWidth, (i + 1) * process.codeWidth), i * width + CODE_AT);
  }
  return rows;
};

/** The codes of conditions, [n * codeWidth]. */
export const codesOf = ({ codes, codeWidth }: Process, conditions: ArrayLike<number>): Float32Array => {
  const out = new Float32Array(conditions.length * codeWidth);
  for (let i = 0; i < conditions.length; i++) {
    const c = conditions[i] as number;
    out.set(codes.subarray(c * codeWidth, (c + 1) * codeWidth), i * codeWidth);
  }
  return out;
};

/** What a network says at a time of points [n * 2] under conditions that stand in the rows already. */
const saidAt = (
  model: Pick<Network, 'predict'>,
  process: Process,
  weights: Float32Array,
  { rows, x, time }: { readonly rows: Float32Array; readonly x: Float32Array; readonly time: number },
): Float32Array => {
  const width = inputsOf(process);
  const n = x.length / DIMENSIONS;
  for (let i = 0, at = 0; i < n; i++, at += width) {
    for (let d = 0; d < DIMENSIONS; d++) rows[at + d] = x[i * DIMENSIONS + d] as number;
    for (let f = 0; f < FEATURES; f++) rows[at + DIMENSIONS + f] = process.features[time * FEATURES + f] as number;
  }
  // A copy: the engine takes over what a tensor is made of.
  return tf.tidy(() => model.predict(weights, tf.tensorOf(rows.slice(), [1, n, width])).logits);
};

/**
 * One sample for each condition, [n * 2], of one network [P].
 *
 * @param codes what the network is told of each sample's condition, [n * codeWidth]
 * @param visit sees the points [n * 2] of each time before the step back from it
 */
export const sample = (
  model: Pick<Network, 'predict'>,
  process: Process,
  weights: Float32Array,
  codes: Float32Array,
  { start, steps }: Noise,
  sampling: Sampling = ANCESTRAL,
  visit?: (x: Float32Array, time: number) => void,
): Float32Array => {
  const n = start.length / DIMENSIONS;
  const rows = rowsUnder(process, codes, n);
  const bare = sampling.guidance === 0 ? undefined : rowsUnder(process, new Float32Array(codes.length), n);
  const x = start.slice();
  for (let time = process.steps - 1; time >= 0; time--) {
    visit?.(x, time);
    const epsilon = saidAt(model, process, weights, { rows, x, time });
    if (bare) {
      const plain = saidAt(model, process, weights, { rows: bare, x, time });
      for (let i = 0; i < epsilon.length; i++) {
        epsilon[i] = (1 + sampling.guidance) * (epsilon[i] as number) - sampling.guidance * (plain[i] as number);
      }
    }
    stepBack(process, time, sampling, x, epsilon, steps?.subarray(time * x.length, (time + 1) * x.length));
  }
  return x;
};
