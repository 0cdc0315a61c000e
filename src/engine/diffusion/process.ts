import { cos, sin } from '../base/math.ts';

/**
 * The noising process of a denoising diffusion model (DDPM, Ho, Jain and Abbeel 2020), and what its network is told: a noised
 * point, when, and under which condition. x_t = √ᾱ_t x_0 + √(1-ᾱ_t) ε; the network says ε.
 */
export interface Process {
  /** T; times are 0 to T - 1. */
  readonly steps: number;
  /** ᾱ_t: how much of a point's variance is left, [T]. */
  readonly kept: Float64Array;
  /** What the network is told of a time, [T * FEATURES]. */
  readonly features: Float32Array;
  /** What the network is told of a condition, a row of `codeWidth` numbers for each. */
  readonly codes: Float32Array;
  readonly codeWidth: number;
}

/** Numbers of a point. */
export const DIMENSIONS = 2;
/** Numbers that say when. */
export const FEATURES = 9;
const WAVES = [1, 2, 4, 8] as const;

/** Where the condition begins in a row of inputs. */
export const CODE_AT = DIMENSIONS + FEATURES;

/** Numbers in a row of inputs: the point, when, under which condition. */
export const inputsOf = ({ codeWidth }: Pick<Process, 'codeWidth'>): number => CODE_AT + codeWidth;

/** ᾱ_t of a linear schedule: the 1000 steps from 1e-4 to 0.02 of Ho et al., in T steps of as much noise in all, [T]. */
export const linearSchedule = (steps: number): Float64Array => {
  const [first, last] = [0.1 / steps, 20 / steps];
  const kept = new Float64Array(steps);
  let left = 1;
  for (let t = 0; t < steps; t++) {
    left *= 1 - (first + ((last - first) * t) / (steps - 1));
    kept[t] = left;
  }
  return kept;
};

/** t/T, then sine and cosine of πkt/T for k = 1, 2, 4, 8: [T * FEATURES]. */
const timeFeatures = (steps: number): Float32Array => {
  const out = new Float32Array(steps * FEATURES);
  for (let t = 0; t < steps; t++) {
    const u = t / steps;
    out.set([u, ...WAVES.flatMap((k) => [sin(Math.PI * k * u), cos(Math.PI * k * u)])], t * FEATURES);
  }
  return out;
};

/** @param kept ᾱ_t, [T] */
export const processOf = (kept: Float64Array, codes: Float32Array, codeWidth: number): Process => ({
  steps: kept.length,
  kept,
  features: timeFeatures(kept.length),
  codes,
  codeWidth,
});

/** Conditions that are classes: condition c < C is class c, condition C is none at all and all zeros. */
export const classCodes = (classes: number): Float32Array => {
  const codes = new Float32Array((classes + 1) * classes);
  for (let c = 0; c < classes; c++) codes[c * classes + c] = 1;
  return codes;
};

/** Writes when and under which condition into a row of inputs that begins at `at`. */
export const tell = (process: Process, time: number, condition: number, out: Float32Array, at: number): void => {
  const { features, codes, codeWidth } = process;
  for (let i = 0; i < FEATURES; i++) out[at + DIMENSIONS + i] = features[time * FEATURES + i] as number;
  for (let i = 0; i < codeWidth; i++) out[at + CODE_AT + i] = codes[condition * codeWidth + i] as number;
};

/** One coordinate of a point at a time. */
export const noised = ({ kept }: Pick<Process, 'kept'>, time: number, point: number, noise: number): number => {
  const left = kept[time] as number;
  return Math.sqrt(left) * point + Math.sqrt(1 - left) * noise;
};
