import type { Process } from '../../engine/diffusion/process.ts';
import type { Noise } from '../../engine/diffusion/sampler.ts';
import type { Draw, Outputs } from '../family.ts';
import type { CloudData } from './clouds.ts';

/** What a model draws, class by class and without a condition; drawn when it is first asked for. */
export interface DiffusionOutputs extends Outputs {
  /** Under condition c from `2 * n * c` on. */
  readonly samples: () => Float32Array;
}

/** A draw with what only this family knows of it. */
export interface DiffusionDraw extends Draw {
  readonly data: CloudData;
  readonly process: Process;
  /** Samples of a model [P] under conditions, from noise of their own. */
  readonly sampled: (weights: Float32Array, codes: Float32Array, noise: Noise) => Float32Array;
}
