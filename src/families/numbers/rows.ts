import { SimError } from '../../engine/base/errors.ts';
import { foldIn, keyOf } from '../../engine/base/random.ts';
import * as tf from '../../engine/base/tf.ts';
import type { RealHead } from '../../engine/contracts/head.ts';
import type { Batch, Split as Side } from '../../engine/contracts/rows.ts';
import type { BatchSize, RunSpec } from '../../scenario/format/scenario.ts';
import type { Batches, Composition, LaneRows, Outputs, Seed } from '../family.ts';
import { rowOrder } from '../shared/row-order.ts';
import { momentsOf, type Pairs } from './curve.ts';
import type { NumbersDraw, NumbersOutputs } from './draw.ts';

/** One lane's pairs of a split. */
export interface NumberRows extends LaneRows {
  /** All training pairs; `indices` picks the split's from them. */
  readonly pairs: Pairs;
  /** Numbers in a place. */
  readonly inputs: number;
  readonly head: RealHead;
  /** What the original model says at every training pair, [n]. */
  readonly reference?: Float32Array;
  /** Other numbers for the split's pairs in a given pass over them, [N]. */
  readonly others?: { readonly redraw: boolean; readonly numbers: (pass: number) => Float32Array };
}

/** The numbers that a method draws in place of the forget set's. */
const othersOf = ({ seed, draw, split }: Seed, run: RunSpec, { method }: Composition): NumberRows['others'] => {
  if (!method.needs.includes('alternativeLabels')) return undefined;
  const rule = method.alternativeNumbers?.(run.params);
  if (!rule) {
    throw new SimError('method/undeclared-need', `${method.id} needs other numbers but does not say how to draw them.`);
  }
  const { mean, variance } = momentsOf((draw as NumbersDraw).curve.train.y);
  const stream = foldIn(keyOf(seed), 'alternative-labels');
  const count = split.forget.length;
  return {
    redraw: rule.redraw,
    numbers: (pass) => rule.draw({ count, mean, deviation: Math.sqrt(variance), key: foldIn(stream, pass) }),
  };
};

/** The pairs that a run learns from under one seed, with the original model's numbers where its method reads them. */
export const numberRows = (seed: Seed, run: RunSpec, composition: Composition): Readonly<Record<Side, NumberRows>> => {
  const { curve, head } = seed.draw as NumbersDraw;
  const { method, retain } = composition;
  const others = othersOf(seed, run, composition);
  const usesOriginal = method.needs.includes('original');
  const rows = (indices: Int32Array, isReferred: boolean): NumberRows => ({
    ...{ seed: seed.seed, indices, pairs: curve.train, inputs: curve.inputs, head },
    ...(isReferred && { reference: (seed.original as Outputs as NumbersOutputs).train }),
  });
  return {
    forget: { ...rows(seed.split.forget, usesOriginal), ...(others && { others }) },
    retain: rows(seed.split.retain, usesOriginal || (retain?.needs.includes('original') ?? false)),
  };
};

/** What training from scratch on some of the pairs learns from. */
export const trainingRows = (seed: Seed, indices: Int32Array): NumberRows => {
  const { curve, head } = seed.draw as NumbersDraw;
  return { seed: seed.seed, indices, pairs: curve.train, inputs: curve.inputs, head };
};

/** The other numbers of the pairs of a lane, by position and pass; the last pass is remembered. */
const otherAt = ({ others }: NumberRows): ((position: number, pass: number) => number) => {
  let drawn: Float32Array | undefined;
  let drawnFor = -1;
  return (position, pass) => {
    const own = others?.redraw ? pass : 0;
    if (!drawn || own !== drawnFor) drawn = others?.numbers(own) as Float32Array;
    drawnFor = own;
    return drawn[position] as number;
  };
};

/** Mini-batches without state, for K lanes. */
export const numberBatches = (lanes: readonly NumberRows[], split: Side, batchSize: BatchSize): Batches => {
  const K = lanes.length;
  const { indices, inputs, head, others } = lanes[0] as NumberRows;
  const order = rowOrder(split, indices.length, batchSize, K);
  const B = order.size;
  const hasReference = lanes.every(({ reference }) => reference);
  const otherOf = others && lanes.map(otherAt);
  const values = (isThere = true) => (isThere ? new Float32Array(K * B) : undefined);

  const gather = (step: number): Batch => {
    const [x, y] = [new Float32Array(K * B * inputs), new Float32Array(K * B)];
    const [reference, alternatives] = [values(hasReference), values(otherOf !== undefined)];
    for (const [k, lane] of lanes.entries()) {
      for (let b = 0; b < B; b++) {
        const [position, pass] = order.rowAt(lane.seed, step, b);
        const i = lane.indices[position] as number;
        for (let d = 0; d < inputs; d++) x[(k * B + b) * inputs + d] = lane.pairs.x[i * inputs + d] as number;
        y[k * B + b] = lane.pairs.y[i] as number;
        if (reference) reference[k * B + b] = lane.reference?.[i] as number;
        if (alternatives) alternatives[k * B + b] = otherOf?.[k]?.(position, pass) as number;
      }
    }
    const column = (own: Float32Array) => tf.tensorOf(own, [K, B, 1]);
    return {
      head,
      x: tf.tensorOf(x, [K, B, inputs]),
      y: column(y),
      ...(reference && { reference: column(reference) }),
      ...(alternatives && { alternatives: column(alternatives) }),
      size: B,
    };
  };

  const kept = order.isFull && !others?.redraw ? gather(0) : undefined;
  const tensors = kept ? [kept.x, kept.y, kept.reference, kept.alternatives].filter((one) => one !== undefined) : [];
  for (const tensor of tensors) tf.keep(tensor); // the caller may be inside a tidy
  return {
    size: B,
    at: (step) => kept ?? gather(step),
    dispose: () => {
      for (const tensor of tensors) tensor.dispose();
    },
  };
};
