import fc from 'fast-check';
import * as tf from '../../src/engine/base/tf.ts';
import type { AnyTerm, Batch } from '../../src/engine/contracts/rows.ts';
import { rowGradient } from '../../src/engine/objective/row-gradient.ts';
import { rowsOf, termLoss } from '../../src/engine/objective/rows.ts';
import { methods } from '../../src/methods/registry.ts';

/** Outputs of one lane for some rows, as plain numbers. */
export interface MadeUp {
  readonly classes: number;
  readonly logits: readonly (readonly number[])[];
  readonly reference: readonly (readonly number[])[];
  readonly labels: readonly number[];
  readonly alternatives: readonly number[];
}

/** Outputs with logits up to +-`size`. */
export const outputs = (size = 6): fc.Arbitrary<MadeUp> =>
  fc.tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 1, max: 7 })).chain(([classes, rows]) => {
    const z = fc.double({ min: -size, max: size, noNaN: true });
    const table = fc.array(fc.array(z, { minLength: classes, maxLength: classes }), {
      minLength: rows,
      maxLength: rows,
    });
    const labels = fc.array(fc.integer({ min: 0, max: classes - 1 }), { minLength: rows, maxLength: rows });
    return fc.record({
      classes: fc.constant(classes),
      logits: table,
      reference: table,
      labels,
      alternatives: labels,
    });
  });

const batchOf = ({ classes, logits, reference, labels, alternatives }: MadeUp): Batch => {
  const B = logits.length;
  const classesOf = (values: readonly number[]) => tf.tensorOf(Int32Array.from(values), [1, B]);
  return {
    x: tf.tensorOf(new Float32Array(B), [1, B, 1]),
    y: classesOf(labels),
    alternatives: classesOf(alternatives),
    reference: tf.logSoftmax(tf.tensorOf(Float32Array.from(reference.flat()), [1, B, classes])),
    size: B,
  };
};

const termOf = (method: string): AnyTerm => {
  const term = methods.get(method)?.terms?.[0];
  if (!term) throw new Error(`${method} has no terms`);
  return term;
};

/** dLoss/dLogits of a method's first term, row by row. */
export const gradientOf = (method: string, settings: object, made: MadeUp): number[][] =>
  tf.tidy(() => {
    const B = made.logits.length;
    const z = tf.tensorOf(Float32Array.from(made.logits.flat()), [1, B, made.classes]);
    const flat = rowGradient([{ term: termOf(method), settings: [settings] }], z, batchOf(made)).dataSync();
    return made.logits.map((row, b) => row.map((_, c) => flat[b * made.classes + c] as number));
  });

/** The value of a method's first term. */
export const lossOf = (method: string, settings: object, made: MadeUp): number =>
  tf.tidy(() => {
    const B = made.logits.length;
    const z = tf.tensorOf(Float32Array.from(made.logits.flat()), [1, B, made.classes]);
    const tensors = Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [
        name,
        typeof value === 'number' ? tf.tensor2d([[value]]) : value,
      ]),
    );
    return termLoss(termOf(method), rowsOf(z, batchOf(made)), tensors).dataSync()[0] as number;
  });

/** The largest difference of two tables. */
export const farthest = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number =>
  Math.max(...a.flatMap((row, i) => row.map((value, c) => Math.abs(value - (b[i]?.[c] as number)))));
