import { exp } from '../base/math.ts';
import * as tf from '../base/tf.ts';
import { CATEGORICAL, type RealHead, unitOf } from '../contracts/head.ts';
import type { AnyOutputTerm, AnyRowTerm, Batch, LaneOutputs, LaneTerm, Pull } from '../contracts/rows.ts';
import { logSoftmax } from '../network/predict.ts';
import { laneColumns, rowLogs, weighed } from './columns.ts';
import { exampleOf as exampleIn, rowsIn } from './examples.ts';
import { categoricalRows } from './heads/categorical.ts';
import type { LaneRows } from './heads/lane-rows.ts';
import { realRows } from './heads/real.ts';
import { isRowTerm, missing, notUnder, weighRows } from './rows.ts';

/** One lane's share of stacked values, if there are any. */
export const laneOf = <T extends Float32Array | Int32Array>(
  values: T | undefined,
  k: number,
  length: number,
): T | undefined => values?.subarray(k * length, (k + 1) * length) as T | undefined;

/** A lane's outputs, with fields that throw where a method has not declared that it reads them. */
export const outputsOf = (
  present: Pick<LaneOutputs, 'rows' | 'classes' | 'logits' | 'logProbs' | 'probs' | 'labels'>,
  optional: { readonly [F in 'alternatives' | 'reference' | 'teacher']: LaneOutputs[F] | undefined },
  examples: { readonly exampleOf: Int32Array | undefined; readonly others: LaneOutputs | undefined },
): LaneOutputs => ({
  ...present,
  ...(examples.exampleOf && { exampleOf: examples.exampleOf }),
  ...(examples.others && { others: examples.others }),
  get alternatives() {
    return optional.alternatives ?? missing('alternative labels');
  },
  get reference() {
    return optional.reference ?? missing('the original model');
  },
  get teacher() {
    return optional.teacher ?? missing('a teacher');
  },
});

export const hasPulls = (one: LaneTerm): one is LaneTerm<AnyRowTerm> => isRowTerm(one.term);
export const hasOutputs = (one: LaneTerm): one is LaneTerm<AnyOutputTerm> => !isRowTerm(one.term);

/** dLoss/dLogits of a term of a lane's whole batch, added to out [B * C] and to that of its alternative examples. */
export const addOutputTerm = (
  { term, settings, scale }: LaneTerm<AnyOutputTerm>,
  outputs: LaneOutputs,
  k: number,
  out: Float32Array,
  others?: Float32Array,
): void => {
  const factor = scale?.[k] ?? 1;
  const found = [out, others].map((target) => target && new Float32Array(target.length));
  term.gradient(outputs, settings[k], found[0] as Float32Array, found[1]);
  for (const [which, target] of [out, others].entries()) {
    if (!target) continue;
    const own = found[which] as Float32Array;
    for (let i = 0; i < own.length; i++) target[i] = (target[i] as number) + factor * (own[i] as number);
  }
};

const floats = (tensor: tf.Tensor | undefined) => tensor && (tf.valuesOf(tensor) as Float32Array);

/** The outputs of the lanes of a batch under a categorical head, in plain numbers, without padding. */
const laneOutputs = (logits: tf.Tensor, batch: Batch, others?: readonly Lane[]): LaneOutputs[] => {
  const [K, B, C] = logits.shape as [number, number, number];
  const z = floats(logits) as Float32Array;
  const logProbs = logSoftmax(z, C);
  const probs = logProbs.map(exp);
  const labels = tf.valuesOf(batch.y) as Int32Array;
  const alternatives = batch.alternatives && (tf.valuesOf(batch.alternatives) as Int32Array);
  const [reference, teacher] = [floats(batch.reference), floats(batch.teacher)];
  return Array.from({ length: K }, (_, k) => {
    const rows = rowsIn(batch, k);
    const share = <T extends Float32Array | Int32Array>(values: T | undefined, width: number) =>
      laneOf(values, k, B * width)?.subarray(0, rows * width) as T | undefined;
    return outputsOf(
      {
        rows,
        classes: C,
        logits: share(z, C) as Float32Array,
        logProbs: share(logProbs, C) as Float32Array,
        probs: share(probs, C) as Float32Array,
        labels: share(labels, 1) as Int32Array,
      },
      { alternatives: share(alternatives, 1), reference: share(reference, C), teacher: share(teacher, C) },
      { exampleOf: exampleIn(batch, k), others: others?.[k]?.outputs() },
    );
  });
};

/** The rows of one lane of a batch under a real head, from its outputs [rows * width]. */
export const realLane = (head: RealHead, outputs: Float32Array, batch: Batch, k: number): LaneRows => {
  const rows = rowsIn(batch, k);
  const width = outputs.length / rows;
  const share = (tensor: tf.Tensor | undefined) =>
    laneOf(floats(tensor), k, batch.size * width)?.subarray(0, rows * width);
  return realRows(
    {
      rows,
      width,
      outputs,
      targets: share(batch.y) as Float32Array,
      get alternatives() {
        return share(batch.alternatives) ?? missing('alternative targets');
      },
      get reference() {
        return share(batch.reference) ?? missing('the original model');
      },
    },
    head.variance,
  );
};

/** A lane of a batch under its head, with what terms of whole batches read of it. */
interface Lane {
  readonly rows: LaneRows;
  readonly outputs: () => LaneOutputs;
}

const lanesOf = (logits: tf.Tensor, batch: Batch, others?: readonly Lane[]): Lane[] => {
  const { head } = batch;
  if (head?.kind !== 'real') {
    return laneOutputs(logits, batch, others).map((outputs) => ({
      rows: categoricalRows(outputs),
      outputs: () => outputs,
    }));
  }
  const [K, B, O] = logits.shape as [number, number, number];
  const f = floats(logits) as Float32Array;
  return Array.from({ length: K }, (_, k) => {
    const own = (laneOf(f, k, B * O) as Float32Array).subarray(0, rowsIn(batch, k) * O);
    return { rows: realLane(head, own, batch, k), outputs: () => notUnder('real', 'probabilities of classes') };
  });
};

/** dLoss/dLogits of terms, [K, B, C], and of the alternative examples where the batch has some. */
interface TermGradient {
  readonly own: tf.Tensor;
  readonly others?: tf.Tensor;
}

/**
 * dLoss/dLogits [K, B, C] of a sum of terms over one batch, in plain numbers: the way of the composed network, and the
 * reference that the fused kernels are held to.
 *
 * @param otherLogits what the network says of the batch's alternative examples
 */
export const termGradient = (
  terms: readonly LaneTerm[],
  logits: tf.Tensor,
  batch: Batch,
  otherLogits?: tf.Tensor,
): TermGradient => {
  const [K, B, C] = logits.shape as [number, number, number];
  const out = new Float32Array(K * B * C);
  const { alternativeExamples } = batch;
  const others = otherLogits && alternativeExamples && lanesOf(otherLogits, alternativeExamples);
  const otherSize = (alternativeExamples?.size ?? 0) * C;
  const otherOut = new Float32Array(others ? K * otherSize : 0);
  const pulls = terms.filter(hasPulls);
  lanesOf(logits, batch, others).forEach((lane, k) => {
    const target = laneOf(out, k, B * C) as Float32Array;
    const otherTarget = others && laneOf(otherOut, k, otherSize);
    for (const term of terms) if (hasOutputs(term)) addOutputTerm(term, lane.outputs(), k, target, otherTarget);
    if (pulls.length === 0) return;
    const other = others?.[k]?.rows;
    const logs = other && alternativeExamples && rowLogs(other, alternativeExamples);
    const found = weighed(pulls, batch, k, laneColumns(batch, k, rowLogs(lane.rows, batch), logs));
    for (const { towards, weights } of found.own) lane.rows.pull(towards, weights, target);
    for (const { towards, weights } of found.others) other?.pull(towards, weights, otherTarget as Float32Array);
  });
  const own = tf.tensorOf(out, [K, B, C]);
  return others ? { own, others: tf.tensorOf(otherOut, [K, otherSize / C, C]) } : { own };
};

/** dLoss/dLogits [K, B, C] of terms over a batch without alternative examples. */
export const rowGradient = (terms: readonly LaneTerm[], logits: tf.Tensor, batch: Batch): tf.Tensor =>
  termGradient(terms, logits, batch).own;

/**
 * How hard each row of lane 0 is pulled by some terms, [B]: the sum of the sizes of its weights |w|. A term that states
 * no weights counts with half the sum of |dLoss/dLogits| of the row, times B: what it would move a distribution by.
 */
export const pullSizes = (terms: readonly LaneTerm[], logits: tf.Tensor, batch: Batch): Float32Array => {
  const lane = lanesOf(logits, batch)[0] as Lane;
  const { rows, width } = lane.rows;
  const { own: columns } = laneColumns(batch, 0, rowLogs(lane.rows, batch));
  const [sizes, weights] = [new Float32Array(rows), new Float32Array(rows)];
  for (const { term, settings, scale } of terms) {
    if (!isRowTerm(term)) {
      const own = new Float32Array(rows * width);
      addOutputTerm({ term, settings, ...(scale && { scale }) }, lane.outputs(), 0, own);
      own.forEach((slope, i) => {
        const b = Math.floor(i / width);
        sizes[b] = (sizes[b] as number) + (rows * Math.abs(slope)) / 2;
      });
      continue;
    }
    for (const pull of term.pulls as readonly Pull<unknown>[]) {
      weighRows(pull, settings[0], scale?.[0] ?? 1, columns, rows, weights);
      for (let b = 0; b < rows; b++) sizes[b] = (sizes[b] as number) + Math.abs(weights[b] as number);
    }
  }
  return sizes;
};

/** The mean -log p of a batch's rows in the units of its head, [K], in plain numbers. */
export const meanLoss = (logits: tf.Tensor, batch: Batch): Float32Array =>
  Float32Array.from(lanesOf(logits, batch), ({ rows }) => {
    let sum = 0;
    for (const logP of rows.logP('label')) sum -= logP;
    return (unitOf(batch.head ?? CATEGORICAL) * sum) / rows.rows;
  });
