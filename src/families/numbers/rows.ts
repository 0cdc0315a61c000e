import * as tf from '../../engine/base/tf.ts';
import type { RealHead } from '../../engine/contracts/head.ts';
import type { Batch, Split as Side } from '../../engine/contracts/rows.ts';
import type { BatchSize, RunSpec } from '../../scenario/format/scenario.ts';
import type { Batches, Composition, LaneRows, Outputs, Seed } from '../family.ts';
import { rowOrder } from '../shared/row-order.ts';
import type { Pairs } from './curve.ts';
import type { NumbersDraw, NumbersOutputs } from './draw.ts';

/** One lane's pairs of a split. */
export interface NumberRows extends LaneRows {
  /** All training pairs; `indices` picks the split's from them. */
  readonly pairs: Pairs;
  readonly head: RealHead;
  /** What the original model says at every training pair, [n]. */
  readonly reference?: Float32Array;
}

/** The pairs that a run learns from under one seed, with the original model's numbers where its method reads them. */
export const numberRows = (
  seed: Seed,
  _run: RunSpec,
  { method, retain }: Composition,
): Readonly<Record<Side, NumberRows>> => {
  const { curve, head } = seed.draw as NumbersDraw;
  const usesOriginal = method.needs.includes('original');
  const rows = (indices: Int32Array, isReferred: boolean): NumberRows => ({
    ...{ seed: seed.seed, indices, pairs: curve.train, head },
    ...(isReferred && { reference: (seed.original as Outputs as NumbersOutputs).train }),
  });
  return {
    forget: rows(seed.split.forget, usesOriginal),
    retain: rows(seed.split.retain, usesOriginal || (retain?.needs.includes('original') ?? false)),
  };
};

/** What training from scratch on some of the pairs learns from. */
export const trainingRows = (seed: Seed, indices: Int32Array): NumberRows => {
  const { curve, head } = seed.draw as NumbersDraw;
  return { seed: seed.seed, indices, pairs: curve.train, head };
};

/** Mini-batches without state, for K lanes. */
export const numberBatches = (lanes: readonly NumberRows[], split: Side, batchSize: BatchSize): Batches => {
  const K = lanes.length;
  const N = lanes[0]?.indices.length ?? 0;
  const order = rowOrder(split, N, batchSize, K);
  const B = order.size;
  const hasReference = lanes.every(({ reference }) => reference);

  const gather = (step: number): Batch => {
    const [x, y] = [new Float32Array(K * B), new Float32Array(K * B)];
    const reference = hasReference ? new Float32Array(K * B) : undefined;
    for (const [k, lane] of lanes.entries()) {
      for (let b = 0; b < B; b++) {
        const i = lane.indices[order.rowAt(lane.seed, step, b)[0]] as number;
        x[k * B + b] = lane.pairs.x[i] as number;
        y[k * B + b] = lane.pairs.y[i] as number;
        if (reference) reference[k * B + b] = lane.reference?.[i] as number;
      }
    }
    const column = (values: Float32Array) => tf.tensorOf(values, [K, B, 1]);
    return {
      head: lanes[0]?.head as RealHead,
      x: column(x),
      y: column(y),
      ...(reference && { reference: column(reference) }),
      size: B,
    };
  };

  const kept = order.isFull ? gather(0) : undefined;
  const tensors = kept ? [kept.x, kept.y, ...(kept.reference ? [kept.reference] : [])] : [];
  for (const tensor of tensors) tf.keep(tensor); // the caller may be inside a tidy
  return {
    size: B,
    at: (step) => kept ?? gather(step),
    dispose: () => {
      for (const tensor of tensors) tensor.dispose();
    },
  };
};
