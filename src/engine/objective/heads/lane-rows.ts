import type { Towards } from '../../contracts/rows.ts';

/** Which of a row's targets. */
export type Target = 'label' | 'alternative';

/** One lane's rows under their head, in plain numbers. */
export interface LaneRows {
  readonly rows: number;
  /** Outputs in a row. */
  readonly width: number;
  /** log p of each row's target. */
  readonly logP: (target: Target) => Float32Array;
  /** log p̂ of each row's target under the original model. */
  readonly logPReference: (target: Target) => Float32Array;
  /** Adds each row's pull, with its signed weight, to dLoss/dOutputs, out [rows * width]. */
  readonly pull: (towards: Towards, weights: Float32Array, out: Float32Array) => void;
}
