import type * as tf from '../base/tf.ts';
import type { Batch, LaneTerm, Split } from './rows.ts';

/** How the gradient of a step comes about: a wrapper gives back another one. Every tensor is [K, P]. */
export interface StepGradient {
  /** The terms of the step, the run's retain term among them. */
  readonly terms: readonly LaneTerm[];
  /** This step's mini-batch of a split. */
  readonly batch: (split: Split) => Batch;
  /** The gradient of the terms on one split at some weights; undefined where there are none. */
  readonly on: (split: Split, weights: tf.Tensor) => tf.Tensor | undefined;
  /**
   * Makes one gradient of those on the two splits. Absent: their sum.
   *
   * @throws {SimError} method/failed where it lacks one of them
   */
  readonly join?: (forget: tf.Tensor | undefined, retain: tf.Tensor | undefined) => tf.Tensor;
  /** Gradients at some weights that come on top of that. */
  readonly extra: readonly ((weights: tf.Tensor) => tf.Tensor)[];
}
