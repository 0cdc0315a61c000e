import type { Split } from '../engine/method.ts';
import { foldIn, keyOf, permutation } from '../engine/random.ts';
import type { Batch } from '../engine/rows.ts';
import * as tf from '../engine/tf.ts';
import type { BatchSize } from '../scenario/scenario.ts';

/** One lane's rows of a split. N is the same for all lanes of a cohort. */
export interface LaneRows {
  /** The run seed: the order of the batches depends on it and on the split, on nothing else. */
  readonly seed: number;
  /** All training points, [n * D]; `indices` picks the split's rows from it. */
  readonly x: Float32Array;
  readonly y: Int32Array;
  /** [N] */
  readonly indices: Int32Array;
  /** Log-probabilities under the original model for the split's rows, [N * C]. */
  readonly reference?: Float32Array;
  /** The same under the method's teacher, [N * C]. */
  readonly teacher?: Float32Array;
  /** Alternative labels for the split's rows in a given pass over them, [N]. */
  readonly alternatives?: { readonly redraw: boolean; readonly labels: (epoch: number) => Int32Array };
}

export interface Batches {
  /** Rows per lane and step, B. */
  readonly size: number;
  /** The batch of a step. Call it inside tf.tidy: what is not kept for all steps is freed with the scope. */
  readonly at: (step: number) => Batch;
  readonly dispose: () => void;
}

/** A few numbers from one array to another: for so few, a loop is faster than views. */
const copyNumbers = (from: Float32Array, at: number, to: Float32Array, target: number, count: number): void => {
  for (let i = 0; i < count; i++) to[target + i] = from[at + i] as number;
};

/**
 * Mini-batches without state: the rows of all passes, each freshly permuted, form one endless sequence, and step s
 * takes positions s B .. (s+1) B - 1 of it. A full batch (or one as large as the split) keeps the natural order.
 */
export const createBatches = (
  lanes: readonly LaneRows[],
  split: Split,
  batchSize: BatchSize,
  inputs: number,
  classes: number,
): Batches => {
  const K = lanes.length;
  const N = lanes[0]?.indices.length ?? 0;
  const isFull = batchSize === 'full' || batchSize >= N;
  const B = isFull ? N : batchSize;
  const hasReference = lanes.every((lane) => lane.reference);
  const hasTeacher = lanes.every((lane) => lane.teacher);
  const hasAlternatives = lanes.every((lane) => lane.alternatives);
  const isRedrawn = lanes.some((lane) => lane.alternatives?.redraw);

  const orders = new Map<string, Int32Array>();
  /** The order of one pass, [N]; the last two passes are remembered, since a batch may straddle them. */
  const orderOf = (lane: LaneRows, epoch: number): Int32Array => {
    const name = `${lane.seed}/${epoch}`;
    let order = orders.get(name);
    if (!order) {
      order = permutation(foldIn(keyOf(lane.seed), 'batches', split, epoch), N);
      orders.set(name, order);
      if (orders.size > 2 * K) orders.delete(orders.keys().next().value as string);
    }
    return order;
  };
  /** Position within the split and pass of a step's row b. */
  const rowAt = (lane: LaneRows, step: number, b: number): readonly [position: number, epoch: number] => {
    if (isFull) return [b, step];
    const at = step * B + b;
    const epoch = Math.floor(at / N);
    return [orderOf(lane, epoch)[at - epoch * N] as number, epoch];
  };

  const alternativesAt = (step: number): tf.Tensor => {
    const labels = new Int32Array(K * B);
    lanes.forEach((lane, k) => {
      const rule = lane.alternatives as NonNullable<LaneRows['alternatives']>;
      let drawn: Int32Array | undefined;
      let drawnFor = -1;
      for (let b = 0; b < B; b++) {
        const [position, epoch] = rowAt(lane, step, b);
        if (!drawn || (rule.redraw && epoch !== drawnFor)) drawn = rule.labels(rule.redraw ? epoch : 0);
        drawnFor = epoch;
        labels[k * B + b] = drawn[position] as number;
      }
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
        const [position] = rowAt(lane, step, b);
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
