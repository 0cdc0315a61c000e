import { foldIn, keyOf, permutation } from '../../engine/base/random.ts';
import type { Split } from '../../engine/contracts/rows.ts';

import type { BatchSize } from '../../scenario/format/scenario.ts';
import type { LaneRows } from '../family.ts';

/** Which rows of a split each step takes. */
export interface RowOrder {
  /** Rows per step, B. */
  readonly size: number;
  /** Every step takes the whole split in its natural order. */
  readonly isFull: boolean;
  /** Position within the split of a step's row b, and the pass that it belongs to. */
  readonly rowAt: (seed: number, step: number, b: number) => readonly [position: number, epoch: number];
}

/**
 * The rows of all passes, each freshly permuted, form one endless sequence, and step s takes positions
 * s B .. (s+1) B - 1 of it. A full batch (or one as large as the split) keeps the natural order.
 *
 * @param lanes how many seeds ask in turn
 */
export const rowOrder = (split: Split, N: number, batchSize: BatchSize, lanes = 1): RowOrder => {
  const isFull = batchSize === 'full' || batchSize >= N;
  const size = isFull ? N : batchSize;
  const orders = new Map<string, Int32Array>();
  /** The order of one pass, [N]; the last two passes are remembered, since a batch may straddle them. */
  const orderOf = (seed: number, epoch: number): Int32Array => {
    const name = `${seed}/${epoch}`;
    let order = orders.get(name);
    if (!order) {
      order = permutation(foldIn(keyOf(seed), 'batches', split, epoch), N);
      orders.set(name, order);
      if (orders.size > 2 * lanes) orders.delete(orders.keys().next().value as string);
    }
    return order;
  };
  const rowAt: RowOrder['rowAt'] = (seed, step, b) => {
    if (isFull) return [b, step];
    const at = step * size + b;
    const epoch = Math.floor(at / N);
    return [orderOf(seed, epoch)[at - epoch * N] as number, epoch];
  };
  return { size, isFull, rowAt };
};

/** The alternative labels of a step's rows, each as drawn for its pass, written into out from `at` on. */
export const alternativesInto = (lane: LaneRows, order: RowOrder, step: number, out: Int32Array, at = 0): void => {
  const rule = lane.alternatives as NonNullable<LaneRows['alternatives']>;
  let drawn: Int32Array | undefined;
  let drawnFor = -1;
  for (let b = 0; b < order.size; b++) {
    const [position, epoch] = order.rowAt(lane.seed, step, b);
    if (!drawn || (rule.redraw && epoch !== drawnFor)) drawn = rule.labels(rule.redraw ? epoch : 0);
    drawnFor = epoch;
    out[at + b] = drawn[position] as number;
  }
};
