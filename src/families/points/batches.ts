import * as tf from '../../engine/base/tf.ts';
import type { Batch, Split } from '../../engine/contracts/rows.ts';

import type { BatchSize } from '../../scenario/format/scenario.ts';
import type { Batches, LaneRows } from '../family.ts';
import { alternativesInto, rowOrder } from '../shared/row-order.ts';

/** One lane's points of a split. */
export interface PointRows extends LaneRows {
  /** All training points, [n * D]; `indices` picks the split's rows from it. */
  readonly x: Float32Array;
  readonly y: Int32Array;
  /** Log-probabilities under the original model for the split's rows, [N * C]. */
  readonly reference?: Float32Array;
  /** Log-probabilities under the method's teacher, [N * C]. */
  readonly teacher?: Float32Array;
}

/** A few numbers from one array to another: for so few, a loop is faster than views. */
const copyNumbers = (from: Float32Array, at: number, to: Float32Array, target: number, count: number): void => {
  for (let i = 0; i < count; i++) to[target + i] = from[at + i] as number;
};

/** Mini-batches without state, for K lanes. */
export const createBatches = (
  lanes: readonly PointRows[],
  split: Split,
  batchSize: BatchSize,
  inputs: number,
  classes: number,
): Batches => {
  const K = lanes.length;
  const N = lanes[0]?.indices.length ?? 0;
  const order = rowOrder(split, N, batchSize, K);
  const { size: B, isFull } = order;
  const hasReference = lanes.every((lane) => lane.reference);
  const hasTeacher = lanes.every((lane) => lane.teacher);
  const hasAlternatives = lanes.every((lane) => lane.alternatives);
  const isRedrawn = lanes.some((lane) => lane.alternatives?.redraw);

  const alternativesAt = (step: number): tf.Tensor => {
    const labels = new Int32Array(K * B);
    lanes.forEach((lane, k) => {
      alternativesInto(lane, order, step, labels, k * B);
    });
    return tf.tensorOf(labels, [K, B]);
  };

  const gather = (step: number): Batch => {
    const x = new Float32Array(K * B * inputs);
    const y = new Int32Array(K * B);
    const reference = hasReference ? new Float32Array(K * B * classes) : undefined;
    const teacher = hasTeacher ? new Float32Array(K * B * classes) : undefined;
    lanes.forEach((lane, k) => {
      for (let b = 0; b < B; b++) {
        const [position] = order.rowAt(lane.seed, step, b);
        const i = lane.indices[position] as number;
        const row = k * B + b;
        y[row] = lane.y[i] as number;
        copyNumbers(lane.x, i * inputs, x, row * inputs, inputs);
        if (reference)
          copyNumbers(lane.reference as Float32Array, position * classes, reference, row * classes, classes);
        if (teacher) copyNumbers(lane.teacher as Float32Array, position * classes, teacher, row * classes, classes);
      }
    });
    return {
      x: tf.tensorOf(x, [K, B, inputs]),
      y: tf.tensorOf(y, [K, B]),
      ...(reference && { reference: tf.tensorOf(reference, [K, B, classes]) }),
      ...(teacher && { teacher: tf.tensorOf(teacher, [K, B, classes]) }),
      ...(hasAlternatives && !(isFull && isRedrawn) && { alternatives: alternativesAt(step) }),
      size: B,
    };
  };

  const kept = isFull ? gather(0) : undefined;
  const keptTensors = kept ? [kept.x, kept.y, kept.reference, kept.teacher, kept.alternatives] : [];
  for (const tensor of keptTensors) if (tensor) tf.keep(tensor); // the caller may be inside a tidy
  return {
    size: B,
    at: (step) => {
      if (!kept) return gather(step);
      return hasAlternatives && isRedrawn ? { ...kept, alternatives: alternativesAt(step) } : kept;
    },
    dispose: () => {
      for (const tensor of keptTensors) tensor?.dispose();
    },
  };
};
