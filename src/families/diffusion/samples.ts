import { foldIn, type Key } from '../../engine/base/random.ts';
import type { Network, Served } from '../../engine/contracts/network.ts';
import type { Process } from '../../engine/diffusion/process.ts';
import { codesOf, drawNoise, type Noise, type Sampling, sample } from '../../engine/diffusion/sampler.ts';

/** Who draws, and from which noise. */
interface Circumstances {
  readonly model: Network;
  readonly process: Process;
  readonly sampling: Sampling;
  readonly key: Key;
  /** Conditions, no condition among them. */
  readonly conditions: number;
  /** Samples of each at most. */
  readonly perCondition: number;
}

/** The noise of some conditions' first samples, one condition after the other. */
const joined = (noises: readonly Noise[], perCondition: number, count: number, times: number): Noise => {
  const conditions = noises.length;
  const start = new Float32Array(2 * count * conditions);
  const steps = new Float32Array(2 * count * conditions * times);
  noises.forEach((own, c) => {
    start.set(own.start.subarray(0, 2 * count), 2 * count * c);
    for (let t = 0; t < times; t++) {
      const from = own.steps?.subarray(2 * perCondition * t, 2 * (perCondition * t + count));
      if (from) steps.set(from, 2 * count * (conditions * t + c));
    }
  });
  return { start, steps };
};

/** Samples of the models of one draw: all from the same noise, which is drawn when the first of them is asked for. */
export const createSamples = ({ model, process, sampling, key, conditions, perCondition }: Circumstances) => {
  const times = process.steps;
  let drawn: readonly Noise[] | undefined;
  const noises = new Map<number, Noise>();
  const noiseFor = (count: number): Noise => {
    drawn ??= Array.from({ length: conditions }, (_, c) => drawNoise(foldIn(key, 'samples', c), perCondition, times));
    const noise = noises.get(count) ?? joined(drawn, perCondition, count, times);
    noises.set(count, noise);
    return noise;
  };
  const sampled = (weights: Float32Array, codes: Float32Array, noise: Noise): Float32Array =>
    sample(model, process, weights, codes, noise, sampling);
  return {
    /** Of a model [P] under any codes [n * codeWidth], from noise of their own: [2 n]. */
    sampled,
    /** The first samples of every condition: [2 * count * conditions]. */
    firstOf: (weights: Float32Array, count: number, served?: Served): Float32Array => {
      const asked = Int32Array.from({ length: conditions * count }, (_, i) => Math.floor(i / count));
      const [codes, noise] = [codesOf(process, asked), noiseFor(count)];
      return served?.sample?.(weights, process, codes, noise.start) ?? sampled(weights, codes, noise);
    },
  };
};
