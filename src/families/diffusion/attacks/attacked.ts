import type { Process } from '../../../engine/diffusion/process.ts';
import type { Noise } from '../../../engine/diffusion/sampler.ts';
import type { CloudData } from '../clouds.ts';

/** What an attack sees of clouds and of how models draw them. */
export interface AttackedClouds {
  readonly data: CloudData;
  readonly process: Process;
  /** Samples of a model [P] told by codes [n * codeWidth], from noise of their own: [2 n]. */
  readonly sampled: (weights: Float32Array, codes: Float32Array, noise: Noise) => Float32Array;
}

/** The class that is to be forgotten; the first of several. */
export const erasedIn = ({ data }: AttackedClouds, forget: Int32Array): number => data.train.y[forget[0] ?? 0] ?? 0;
