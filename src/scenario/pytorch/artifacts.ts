import type { Split } from '../../engine/contracts/rows.ts';

import type { Activation } from '../format/scenario.ts';
import type { NamedArray, WeightPart } from '../format/weights.ts';

/** Labelled points: x [N * D], y [N]. */
interface Points {
  readonly x: Float32Array;
  readonly y: Int32Array;
}

/** Which rows of a split the steps take. */
export interface BatchRows {
  /** Rows per step, B. */
  readonly size: number;
  /** Positions within the split, [steps * B]; absent: every step takes the whole split in its order. */
  readonly positions?: Int32Array;
}

/** Everything that a run under one seed is made of, as its worker has it: for whoever computes it elsewhere. */
export interface RunArtifacts {
  readonly inputs: number;
  readonly classes: number;
  readonly train: Points;
  readonly test: Points;
  /** Indices into train, ascending. */
  readonly forget: Int32Array;
  readonly retain: Int32Array;
  /** Test points from the law of the retain set. */
  readonly testRetain: Int32Array;
  /** Random features W [features * inputs], where the network has them. */
  readonly features?: NamedArray['values'];
  /** The arrays of the weight vector, in its order. */
  readonly layout: readonly WeightPart[];
  /** One for each hidden layer. */
  readonly activations: readonly Activation[];
  /** Weights at step 0, [P]. */
  readonly start: Float32Array;
  /** The original model's weights, [P]. */
  readonly original: Float32Array;
  /** The weights of the network that the method learns from beside the original one, [P]. */
  readonly teacher?: Float32Array;
  /** The direction that hidden activations are driven to, [width], where the method has one. */
  readonly direction?: Float32Array;
  /** The splits that the run reads. */
  readonly batches: Readonly<Partial<Record<Split, BatchRows>>>;
  /** Alternative labels of the forget set: drawn once [N_f], or for every step's rows [steps * B]. */
  readonly alternatives?: { readonly labels: Int32Array; readonly isPerStep: boolean };
  /** 1 where a weight may move, [P]; absent: all may. */
  readonly mask?: Uint8Array;
  /** How many weights each step puts back, [steps]: those that have moved least. */
  readonly settled?: Int32Array;
  /** A number per weight that a wrapper found at the original model, [P], by the wrapper's id. */
  readonly weighed: Readonly<Record<string, Float32Array>>;
}
