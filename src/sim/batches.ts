import { foldIn, keyOf, permutation } from '../engine/base/random.ts';
import * as tf from '../engine/base/tf.ts';
import type { Need, Split } from '../engine/contracts/method.ts';
import type { Batch } from '../engine/objective/rows.ts';
import type { BatchSize, RunSpec } from '../scenario/format/scenario.ts';

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

/**
 * The size of a run's batches of a split. A method of the retain set alone (fine-tuning) batches by the run's own size;
 * beside a forget set the retain set has one of its own.
 */
export const batchSizeOf = (run: RunSpec, needs: readonly Need[], split: Split): BatchSize =>
  split === 'retain' && needs.includes('forget') ? run.retain.batchSize : run.batchSize;

/** Which rows of a split each step takes. */
export interface RowOrder {
  /** Rows per step, B. */
  readonly size: number;
  /** Every step takes the whole split in its natural order. */
  readonly isFull: boolean;
  /** Position within the split of a step's row b, and the pass that it belongs to. */
  readonly rowAt: (seed: number, step: number, b: number) => readonly [position: number, epoch: number];
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

/** Mini-batches without state, for K lanes. */
export const createBatches = (
  lanes: readonly LaneRows[],
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
