import { foldIn, integer, keyOf } from '../../engine/base/random.ts';
import * as tf from '../../engine/base/tf.ts';
import type { Batch, Split as Side } from '../../engine/contracts/rows.ts';
import { stackExamples } from '../../engine/objective/examples.ts';
import type { BatchSize } from '../../scenario/format/scenario.ts';
import type { Batches, LaneRows } from '../family.ts';
import { rowOrder } from '../shared/row-order.ts';
import type { Windows } from './windows.ts';

/** One lane's questions of a split. */
export interface TextRows extends LaneRows {
  /** The windows of each example of the split, [N]. */
  readonly windows: readonly Windows[];
  /** log p under the original model at each row of each example, [rows * words] each. */
  readonly reference?: readonly Float32Array[];
  /** Answers to prefer: other windows for each example, with the original model's log p. */
  readonly preferred?: { readonly windows: readonly Windows[]; readonly reference?: readonly Float32Array[] };
  /** What is read beside the examples at every step, drawn with replacement. */
  readonly exercises?: { readonly windows: readonly Windows[]; readonly perStep: number };
}

/** What a lane reads at one step. */
interface Reading {
  readonly windows: readonly Windows[];
  readonly reference?: readonly Float32Array[];
}

/** The readings of all lanes, one after the other and padded, as one batch. */
const stacked = (lanes: readonly Reading[], slots: number, words: number): Batch => {
  const { size, ...examples } = stackExamples(lanes.map(({ windows }) => windows.map(({ rows }) => rows)));
  const K = lanes.length;
  const x = new Int32Array(K * size * slots);
  const y = new Int32Array(K * size);
  const hasReference = lanes.every(({ reference }) => reference !== undefined);
  const reference = hasReference ? new Float32Array(K * size * words) : undefined;
  for (const [k, lane] of lanes.entries()) {
    let row = k * size;
    for (const [n, one] of lane.windows.entries()) {
      x.set(one.x, row * slots);
      y.set(one.y, row);
      reference?.set(lane.reference?.[n] as Float32Array, row * words);
      row += one.rows;
    }
  }
  return {
    x: tf.tensorOf(x, [K, size, slots]),
    y: tf.tensorOf(y, [K, size]),
    ...(reference && { reference: tf.tensorOf(reference, [K, size, words]) }),
    size,
    examples,
  };
};

const tensorsOf = (batch: Batch | undefined): readonly tf.Tensor[] =>
  batch
    ? [batch.x, batch.y, ...(batch.reference ? [batch.reference] : []), ...tensorsOf(batch.alternativeExamples)]
    : [];

/** Mini-batches without state, for K lanes: the examples of each step in full, with what is read beside them. */
export const textBatches = (
  lanes: readonly TextRows[],
  split: Side,
  batchSize: BatchSize,
  slots: number,
  words: number,
): Batches => {
  const N = lanes[0]?.indices.length ?? 0;
  const order = rowOrder(split, N, batchSize, lanes.length);
  const places = (lane: TextRows, step: number): readonly number[] =>
    Array.from({ length: order.size }, (_, b) => order.rowAt(lane.seed, step, b)[0]);
  const pick = <T>(from: readonly T[], at: readonly number[]): readonly T[] => at.map((i) => from[i] as T);

  const gather = (step: number): Batch => {
    const chosen = lanes.map((lane) => places(lane, step));
    const read = lanes.map((lane, k): Reading => {
      const at = chosen[k] as readonly number[];
      const { exercises, reference } = lane;
      const key = foldIn(keyOf(lane.seed), 'exercises', step);
      const beside = Array.from({ length: exercises?.perStep ?? 0 }, (_, i) =>
        integer(key, i, exercises?.windows.length ?? 0),
      );
      return {
        windows: [...pick(lane.windows, at), ...pick(exercises?.windows ?? [], beside)],
        ...(reference && { reference: pick(reference, at) }),
      };
    });
    const batch = stacked(read, slots, words);
    if (!lanes.every(({ preferred }) => preferred)) return batch;
    const answers = lanes.map(({ preferred }, k): Reading => {
      const at = chosen[k] as readonly number[];
      const { windows = [], reference } = preferred ?? {};
      return { windows: pick(windows, at), ...(reference && { reference: pick(reference, at) }) };
    });
    return { ...batch, alternativeExamples: stacked(answers, slots, words) };
  };

  const isAlways = order.isFull && lanes.every(({ exercises }) => !exercises);
  const kept = isAlways ? gather(0) : undefined;
  for (const tensor of tensorsOf(kept)) tf.keep(tensor); // the caller may be inside a tidy
  return {
    size: order.size,
    at: (step) => kept ?? gather(step),
    dispose: () => {
      for (const tensor of tensorsOf(kept)) tensor.dispose();
    },
  };
};
