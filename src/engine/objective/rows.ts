import { SimError } from '../base/errors.ts';
import * as tf from '../base/tf.ts';
import { unitOf } from '../contracts/head.ts';
import type {
  AnyRowTerm,
  AnyTerm,
  Batch,
  Columns,
  MeanOver,
  Pull,
  Row,
  Rows,
  RowTerm,
  Split,
} from '../contracts/rows.ts';
import { exampleOf, examplesIn, mostExamples, rowsIn } from './examples.ts';

export const isRowTerm = (term: AnyTerm): term is AnyRowTerm => 'pulls' in term;

/** What a term is a mean of under some settings. */
export const meanOf = ({ mean = 'rows' }: AnyRowTerm, settings: unknown): MeanOver =>
  typeof mean === 'function' ? mean(settings) : mean;

/** The loss of a term per lane, [K]: the mean over its rows or its examples, in the units of the batch's head. @throws {SimError} method/failed for a term without one */
export const termLoss = (term: AnyTerm, rows: Rows, settings: unknown, batch?: Batch): tf.Tensor => {
  if (!isRowTerm(term)) return term.loss(rows, settings);
  if (!term.loss) throw new SimError('method/failed', 'A rule that is given by its pulls alone has no loss.');
  const loss = term.loss(rows, settings);
  const unit = batch?.head ? unitOf(batch.head) : 1;
  if (!batch?.examples && !batch?.alternativeExamples)
    return unit === 1 ? tf.mean(loss, 1) : tf.mul(unit, tf.mean(loss, 1));
  if (meanOf(term, settings) === 'examples') return tf.mul(unit, maskedMean(loss, rows.isExample));
  return tf.mul(unit, maskedMean(loss, term.of === 'alternatives' ? rows.isAlternativeRow : rows.isRow));
};

/** The mean over what is there, [K]: what a lane lacks may hold anything, and zero times infinity is not zero. */
const maskedMean = (values: tf.Tensor, present: tf.Tensor): tf.Tensor =>
  tf.div(tf.sum(tf.where(tf.cast(present, 'bool'), values, tf.zerosLike(values)), 1), tf.sum(present, 1));

/** The mean over the examples of each lane, of a number for each [K, S]: for the loss of a term of a whole batch. */
export const meanOverExamples = (rows: Rows, values: tf.Tensor): tf.Tensor => maskedMean(values, rows.isExample);

/** The mean over the rows that are no padding, of a number for each row [K, B]: for the loss of a term of a whole batch. */
export const meanOverRows = (rows: Rows, values: tf.Tensor): tf.Tensor => maskedMean(values, rows.isRow);

export const missing = (what: string): never => {
  throw new SimError(
    'method/undeclared-need',
    `This objective reads ${what}, which its method does not declare in "needs".`,
  );
};

/** Thrown where an objective asks for what the batch's head does not have. */
export const notUnder = (head: string, what: string): never => {
  throw new SimError('method/failed', `There are no ${what} under a ${head} head.`, [
    { path: '/method', expected: `a method that speaks the ${head} head`, found: `one that reads ${what}` },
  ]);
};

type Filled = { -readonly [F in keyof Row]: Row[F] };

/** A row whose fields throw when they are read, but for those that there are. */
const emptyRow = (hasAlternative: boolean, hasReference: boolean, isExample: boolean): Filled => {
  const own = { logP: 0.5, logPAlternative: 0.5, logPReference: 0.5, logPReferenceAlternative: 0.5 }; // fractions: the fields hold doubles
  const row: Filled = isExample
    ? { ...own, rowLogP: 0.5, rowLogPReference: 0.5, exampleLength: 0.5 }
    : {
        ...own,
        get rowLogP() {
          return this.logP;
        },
        get rowLogPReference() {
          return this.logPReference;
        },
        exampleLength: 1,
      };
  const refuse = (field: keyof Row, what: string) => Object.defineProperty(row, field, { get: () => missing(what) });
  if (!hasAlternative) refuse('logPAlternative', 'alternative labels');
  if (!hasReference)
    for (const field of ['logPReference', 'rowLogPReference'] as const) refuse(field, 'the original model');
  if (!hasReference || !hasAlternative) {
    refuse('logPReferenceAlternative', hasReference ? 'alternative labels' : 'the original model');
  }
  return row;
};

/** The row that is filled in and handed out again and again, for each choice of columns: rows that are examples, and others. */
const ROWS = [false, true].map((isExample) =>
  [0, 1, 2, 3].map((columns) => emptyRow(columns % 2 === 1, columns > 1, isExample)),
) as readonly (readonly Filled[])[];

/** out[i] = factor * weight of row i, for the first `count` rows. */
export const weighRows = (
  { weight, weights }: Pull<unknown>,
  settings: unknown,
  factor: number,
  columns: Columns,
  count: number,
  out: Float32Array,
): void => {
  const { logP, logPAlternative, logPReference, logPReferenceAlternative, rowLogP, rowLogPReference, exampleLength } =
    columns;
  const row = ROWS[rowLogP ? 1 : 0]?.[(logPAlternative ? 1 : 0) + (logPReference ? 2 : 0)] as Filled;
  if (weight.length === 0) {
    out.fill(factor * weight(row, settings), 0, count); // it cannot depend on the row
    return;
  }
  if (weights) {
    const all = weights(columns, settings, count);
    for (let i = 0; i < count; i++) out[i] = factor * (all[i] as number);
    return;
  }
  for (let i = 0; i < count; i++) {
    row.logP = logP[i] as number;
    if (logPAlternative) row.logPAlternative = logPAlternative[i] as number;
    if (logPReference) row.logPReference = logPReference[i] as number;
    if (logPReferenceAlternative) row.logPReferenceAlternative = logPReferenceAlternative[i] as number;
    if (rowLogP) {
      row.rowLogP = rowLogP[i] as number;
      if (rowLogPReference) row.rowLogPReference = rowLogPReference[i] as number;
      row.exampleLength = exampleLength?.[i] ?? 1;
    }
    out[i] = factor * weight(row, settings);
  }
};

/** log softmax of logits [..., C] by the max shift: the logarithm of a softmax is -Infinity where that underflows. */
const logProbsOf = (logits: tf.Tensor): tf.Tensor => {
  const shifted = tf.sub(logits, tf.max(logits, -1, true));
  return tf.sub(shifted, tf.log(tf.sum(tf.exp(shifted), -1, true)));
};

const once = (compute: () => tf.Tensor): (() => tf.Tensor) => {
  let value: tf.Tensor | undefined;
  return () => {
    value ??= compute();
    return value;
  };
};

/** The example of each row as one-hot columns, [K, S, B]: what sums rows into examples. */
const membership = (batch: Batch): tf.Tensor | undefined => {
  if (!batch.examples) return undefined;
  const { of } = batch.examples;
  const [B, S] = [batch.size, mostExamples(batch)];
  const K = batch.examples.rows.length;
  const out = new Float32Array(K * S * B);
  of.forEach((example, i) => {
    const [k, b] = [Math.floor(i / B), i % B];
    if (example >= 0) out[(k * S + example) * B + b] = 1;
  });
  return tf.tensorOf(out, [K, S, B]);
};

/** Of each row its place in its example and the rows of that example, [K, B] each. */
const within = (batch: Batch, K: number): Rows['within'] => {
  const { size } = batch;
  const [place, length] = [new Float32Array(K * size), new Float32Array(K * size).fill(1)];
  for (let k = 0; k < K; k++) {
    const of = batch.examples ? (exampleOf(batch, k) as Int32Array) : new Int32Array();
    for (let b = 0, first = 0; b < of.length; b++) {
      if (of[b] !== of[first]) first = b;
      place[k * size + b] = b - first;
      length.fill(b - first + 1, k * size + first, k * size + b + 1);
    }
  }
  return { place: tf.tensorOf(place, [K, size]), length: tf.tensorOf(length, [K, size]) };
};

/** Of the first of B places in each lane, 1 for those that are taken, [K, B]. */
const ones = (K: number, B: number, taken: (k: number) => number): tf.Tensor =>
  tf.tensorOf(
    Float32Array.from({ length: K * B }, (_, i) => (i % B < taken(Math.floor(i / B)) ? 1 : 0)),
    [K, B],
  );

/** What is read in the same way under both heads. */
interface Reading {
  /** log p of targets under outputs, [K, B]. */
  readonly logP: (outputs: () => tf.Tensor, targets: tf.Tensor) => tf.Tensor;
  /** KL(p̂ ‖ p) from outputs and those of the original model, [K, B]. */
  readonly divergence: (outputs: () => tf.Tensor, reference: () => tf.Tensor) => tf.Tensor;
}

/** Outputs are log-probabilities. */
const categorical = (C: number): Reading => ({
  logP: (outputs, targets) => tf.sum(tf.mul(outputs(), tf.cast(tf.oneHot(targets, C), 'float32')), -1),
  divergence: (outputs, reference) => tf.sum(tf.mul(tf.exp(reference()), tf.sub(reference(), outputs())), -1),
});

/** Outputs are means. */
const real = (variance: number): Reading => {
  const square = (a: tf.Tensor, b: tf.Tensor) => tf.div(tf.sum(tf.square(tf.sub(a, b)), -1), 2 * variance);
  return {
    logP: (outputs, targets) => tf.neg(square(outputs(), targets)),
    divergence: (outputs, reference) => square(outputs(), reference()),
  };
};

/**
 * The rows of logits [K, B, C] as tensors.
 *
 * @param otherLogits what the network says of the alternative examples, where the batch has some
 */
export const rowsOf = (logits: tf.Tensor, batch: Batch, otherLogits?: tf.Tensor): Rows => {
  const [K, B, C] = logits.shape as [number, number, number];
  const head = batch.head ?? { kind: 'categorical' };
  const reading = head.kind === 'real' ? real(head.variance) : categorical(C);
  const classes = <T>(what: string, value: T): T => (head.kind === 'real' ? notUnder('real', what) : value);
  const logProbs = once(() => logProbsOf(logits));
  const probs = once(() => tf.exp(logProbs()));
  const outputs = head.kind === 'real' ? () => logits : logProbs;
  const reference = () => batch.reference ?? missing('the original model');
  const oneHot = once(() => tf.cast(tf.oneHot(batch.y, C), 'float32'));
  const members = once(() => membership(batch) as tf.Tensor);
  const summed = (rows: () => tf.Tensor) =>
    once(() => (batch.examples ? tf.sum(tf.mul(members(), tf.expandDims(rows(), 1)), 2) : rows()));
  const rowLogP = once(() => reading.logP(outputs, batch.y));
  const logP = summed(rowLogP);
  const rowLogPReference = once(() => reading.logP(reference, batch.y));
  const logPReference = summed(rowLogPReference);
  const alternatives = () => batch.alternatives ?? missing('alternative labels');
  const { alternativeExamples } = batch;
  const others = otherLogits && alternativeExamples && rowsOf(otherLogits, alternativeExamples);
  const rowLogPAlternative = others ? () => others.rowLogP : once(() => reading.logP(outputs, alternatives()));
  const logPAlternative = others ? () => others.logP : summed(rowLogPAlternative);
  const logPReferenceAlternative = others
    ? () => others.logPReference
    : summed(() => reading.logP(reference, alternatives()));
  const divergence = once(() => reading.divergence(outputs, reference));
  const exampleLength = once(() => (batch.examples ? tf.maximum(tf.sum(members(), 2), 1) : tf.onesLike(logP())));
  const isRow = once(() => ones(K, B, (k) => rowsIn(batch, k)));
  const isExample = once(() => ones(K, mostExamples(batch), (k) => examplesIn(batch, k)));
  return {
    logits,
    ...(others && { others }),
    get oneHot() {
      return classes('labels', oneHot)();
    },
    get teacherLogProbs() {
      return classes('probabilities of classes', batch.teacher) ?? missing('a teacher');
    },
    get probs() {
      return classes('probabilities of classes', probs)();
    },
    get logProbs() {
      return classes('probabilities of classes', logProbs)();
    },
    get logP() {
      return logP();
    },
    get logPAlternative() {
      return logPAlternative();
    },
    get referenceLogProbs() {
      return classes('probabilities of classes', reference)();
    },
    get logPReference() {
      return logPReference();
    },
    get logPReferenceAlternative() {
      return logPReferenceAlternative();
    },
    get rowLogP() {
      return rowLogP();
    },
    get rowLogPReference() {
      return rowLogPReference();
    },
    get rowLogPAlternative() {
      return rowLogPAlternative();
    },
    get isAlternativeRow() {
      return others ? others.isRow : isRow();
    },
    get exampleLength() {
      return exampleLength();
    },
    get within() {
      return within(batch, K);
    },
    get divergence() {
      return divergence();
    },
    get isRow() {
      return isRow();
    },
    get isExample() {
      return isExample();
    },
  };
};

/** E[-log p_y]: cross-entropy on a split; under a real head the mean squared error. */
export const crossEntropy = (on: Split): RowTerm<unknown, unknown> => ({
  on,
  pulls: [{ towards: 'label', weight: () => 1 }],
  loss: (rows) => tf.neg(rows.rowLogP),
});
