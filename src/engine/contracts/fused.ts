import type * as tf from '../base/tf.ts';
import type { Descent, Moved, OptimizerState } from '../objective/optim.ts';
import type { Network } from './network.ts';
import type { Batch, LaneTerm, Split } from './rows.ts';

/** A sum of terms at some weights. */
export interface RowObjective {
  /** [K, P] */
  readonly weights: tf.Tensor;
  readonly terms: readonly LaneTerm[];
  readonly batch: (split: Split) => Batch;
}

/** What a faster engine does for sums of terms, from weights to weights. */
export interface FusedRows {
  /** dLoss/dWeights, [K, P]. */
  readonly gradient: (objective: RowObjective) => tf.Tensor;
  /** The mean -log p of a batch's rows at weights [K, P], in nats (times 2τ² under a real head), [K]. */
  readonly losses: (weights: tf.Tensor, batch: Batch) => Float32Array;
  /** One step downhill; the same as `descend` along `gradient`. */
  readonly step: (objective: RowObjective, descent: Descent, state: OptimizerState, step: number) => Moved;
  /** What `descend` of optim.ts does, for weights [K, P] of this network. */
  readonly descend: (
    descent: Descent,
    weights: tf.Tensor,
    gradient: tf.Tensor,
    state: OptimizerState,
    step: number,
  ) => Moved;
}

/** A network that takes row objectives without a tensor in between. */
export interface FusedNetwork extends Network {
  readonly fused: FusedRows;
}

/** What a network can do in one go, where its engine has that; otherwise objectives are composed. */
export const fusedOf = (network: Network): FusedRows | undefined => (network as Partial<FusedNetwork>).fused;
