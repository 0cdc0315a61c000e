import type { Key } from '../base/random.ts';
import type { Network } from './network.ts';
import type { Split } from './rows.ts';

/** The rows of a split as plain numbers. */
export interface SplitRows {
  /** N */
  readonly count: number;
  /** [N * D] */
  readonly x: Float32Array;
  /** [N] */
  readonly y: Int32Array;
  /** Their places in the training set, ascending, [N]. */
  readonly indices: Int32Array;
}

/**
 * One lane as plain numbers: for masks and for methods that edit weights once. Everything is computed when asked for,
 * on whole splits in their natural order, with the mean cross-entropy as loss.
 */
export interface LaneView {
  readonly model: Network;
  /** The lane's own stream for this purpose. */
  readonly key: Key;
  /** Points of the whole training set, also those that earlier requests have removed. */
  readonly total: number;
  /** The original model's weights θ_o, [P]. */
  readonly original: () => Float32Array;
  /** Fresh weights as before any training, [P]. */
  readonly initial: () => Float32Array;
  readonly rows: (split: Split) => SplitRows;
  /**
   * Every other test point of the forget set's law: for a rule that is defined with held-out points, and for nothing else.
   * `indices` are into the test set.
   */
  readonly heldOut: () => SplitRows;
  /** Gradient of the mean cross-entropy on a split, [P]; at θ_o if no weights are given. */
  readonly gradient: (split: Split, weights?: Float32Array) => Float32Array;
  /** Gradient of each row's own cross-entropy with respect to its inputs at θ_o, [N * D]. */
  readonly inputGradient: (split: Split) => Float32Array;
  /** Mean over the rows of the squared gradient, [P], where each has the dLoss/dLogits [N * C] of its own; at θ_o. */
  readonly meanSquares: (split: Split, dLogits: Float32Array) => Float32Array;
  /** Diagonal of the empirical Fisher information on a split: the mean over its rows of the squared gradient of -log p, [P]; at θ_o. */
  readonly fisher: (split: Split) => Float32Array;
  /** Activations of every hidden layer at θ_o, [N * width] each. */
  readonly hidden: (split: Split) => readonly Float32Array[];
  /** Logits of a network at the rows of a split, [N * C]. */
  readonly logits: (split: Split, weights?: Float32Array) => Float32Array;
}
