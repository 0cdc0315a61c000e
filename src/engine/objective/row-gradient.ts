import { exp } from '../base/math.ts';
import * as tf from '../base/tf.ts';
import { logSoftmax } from '../network/predict.ts';
import {
  type AnyOutputTerm,
  type Batch,
  type Columns,
  isRowTerm,
  type LaneOutputs,
  type LaneTerm,
  missing,
  type Pull,
  weighRows,
} from './rows.ts';

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
): LaneOutputs => ({
  ...present,
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

/** Adds one pull of every row to dLoss/dLogits, out [B * C]: w (p - t). */
const addPull = (
  { towards }: Pick<Pull<unknown>, 'towards'>,
  outputs: LaneOutputs,
  weights: Float32Array,
  out: Float32Array,
): void => {
  const { rows, classes, probs } = outputs;
  if (towards === 'uniform') {
    for (let i = 0; i < rows * classes; i++) {
      const weight = weights[Math.floor(i / classes)] as number;
      out[i] = (out[i] as number) + weight * ((probs[i] as number) - 1 / classes);
    }
    return;
  }
  if (towards === 'reference') {
    const { reference } = outputs;
    for (let i = 0; i < rows * classes; i++) {
      const weight = weights[Math.floor(i / classes)] as number;
      out[i] = (out[i] as number) + weight * ((probs[i] as number) - exp(reference[i] as number));
    }
    return;
  }
  const labels = towards === 'label' ? outputs.labels : outputs.alternatives;
  for (let b = 0; b < rows; b++) {
    const weight = weights[b] as number;
    for (let c = 0; c < classes; c++) {
      const at = b * classes + c;
      out[at] = (out[at] as number) + weight * ((probs[at] as number) - (c === labels[b] ? 1 : 0));
    }
  }
};

/** dLoss/dLogits of a term of a lane's whole batch, added to out [B * C]. */
export const addOutputTerm = (
  { term, settings, scale }: LaneTerm<AnyOutputTerm>,
  outputs: LaneOutputs,
  k: number,
  out: Float32Array,
): void => {
  const factor = scale?.[k] ?? 1;
  const own = new Float32Array(out.length);
  term.gradient(outputs, settings[k], own);
  for (let i = 0; i < own.length; i++) out[i] = (out[i] as number) + factor * (own[i] as number);
};

/** What the weights of a lane's rows are read from. */
const columnsOf = (outputs: LaneOutputs, batch: Batch): Columns => {
  const { rows, classes, logProbs, labels } = outputs;
  const pick = (from: Float32Array, which: Int32Array) =>
    Float32Array.from({ length: rows }, (_, b) => from[b * classes + (which[b] as number)] as number);
  const [hasAlternatives, hasReference] = [batch.alternatives !== undefined, batch.reference !== undefined];
  return {
    logP: pick(logProbs, labels),
    ...(hasAlternatives && { logPAlternative: pick(logProbs, outputs.alternatives) }),
    ...(hasReference && { logPReference: pick(outputs.reference, labels) }),
    ...(hasAlternatives && hasReference && { logPReferenceAlternative: pick(outputs.reference, outputs.alternatives) }),
  };
};

/** dLoss/dLogits of some terms for one lane's batch, added to out [B * C]. */
const addTerms = (
  terms: readonly LaneTerm[],
  outputs: LaneOutputs,
  batch: Batch,
  k: number,
  out: Float32Array,
): void => {
  const { rows } = outputs;
  const weights = new Float32Array(rows);
  const columns = columnsOf(outputs, batch);
  for (const { term, settings, scale } of terms) {
    if (!isRowTerm(term)) {
      addOutputTerm({ term, settings, ...(scale && { scale }) }, outputs, k, out);
      continue;
    }
    for (const pull of term.pulls as readonly Pull<unknown>[]) {
      weighRows(pull, settings[k], (scale?.[k] ?? 1) / rows, columns, rows, weights);
      addPull(pull, outputs, weights, out);
    }
  }
};

/** The outputs of the lanes of a batch, in plain numbers. */
const laneOutputs = (logits: tf.Tensor, batch: Batch): LaneOutputs[] => {
  const [K, B, C] = logits.shape as [number, number, number];
  const floats = (tensor: tf.Tensor | undefined) => tensor && (tf.valuesOf(tensor) as Float32Array);
  const z = floats(logits) as Float32Array;
  const logProbs = logSoftmax(z, C);
  const probs = logProbs.map(exp);
  const labels = tf.valuesOf(batch.y) as Int32Array;
  const alternatives = batch.alternatives && (tf.valuesOf(batch.alternatives) as Int32Array);
  const [reference, teacher] = [floats(batch.reference), floats(batch.teacher)];
  return Array.from({ length: K }, (_, k) =>
    outputsOf(
      {
        rows: B,
        classes: C,
        logits: laneOf(z, k, B * C) as Float32Array,
        logProbs: laneOf(logProbs, k, B * C) as Float32Array,
        probs: laneOf(probs, k, B * C) as Float32Array,
        labels: laneOf(labels, k, B) as Int32Array,
      },
      {
        alternatives: laneOf(alternatives, k, B),
        reference: laneOf(reference, k, B * C),
        teacher: laneOf(teacher, k, B * C),
      },
    ),
  );
};

/**
 * dLoss/dLogits [K, B, C] of a sum of terms over one batch, in plain numbers: the way of the composed network, and the
 * reference that the fused kernels are held to.
 */
export const rowGradient = (terms: readonly LaneTerm[], logits: tf.Tensor, batch: Batch): tf.Tensor => {
  const [K, B, C] = logits.shape as [number, number, number];
  const out = new Float32Array(K * B * C);
  laneOutputs(logits, batch).forEach((outputs, k) => {
    addTerms(terms, outputs, batch, k, laneOf(out, k, B * C) as Float32Array);
  });
  return tf.tensorOf(out, [K, B, C]);
};

/**
 * How hard each row of lane 0 is pulled by some terms, [B]: the sum of the sizes of its weights |w|. A term that states
 * no weights counts with half the sum of |dLoss/dLogits| of the row, times B: what it would move a distribution by.
 */
export const pullSizes = (terms: readonly LaneTerm[], logits: tf.Tensor, batch: Batch): Float32Array => {
  const outputs = laneOutputs(logits, batch)[0] as LaneOutputs;
  const { rows, classes } = outputs;
  const columns = columnsOf(outputs, batch);
  const [sizes, weights] = [new Float32Array(rows), new Float32Array(rows)];
  for (const { term, settings, scale } of terms) {
    if (!isRowTerm(term)) {
      const own = new Float32Array(rows * classes);
      addOutputTerm({ term, settings, ...(scale && { scale }) }, outputs, 0, own);
      own.forEach((slope, i) => {
        const b = Math.floor(i / classes);
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

/** The mean cross-entropy of a batch in nats, [K], in plain numbers. */
export const meanCrossEntropy = (logits: tf.Tensor, batch: Batch): Float32Array => {
  const [K, B, C] = logits.shape as [number, number, number];
  const logProbs = logSoftmax(tf.valuesOf(logits) as Float32Array, C);
  const labels = tf.valuesOf(batch.y) as Int32Array;
  return Float32Array.from({ length: K }, (_, k) => {
    let sum = 0;
    for (let row = k * B; row < (k + 1) * B; row++) sum -= logProbs[row * C + (labels[row] as number)] as number;
    return sum / B;
  });
};
