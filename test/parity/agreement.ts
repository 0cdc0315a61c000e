import { expect } from 'vitest';
import * as tf from '../../src/engine/base/tf.ts';
import type { AnyTerm, Rows } from '../../src/engine/contracts/rows.ts';
import { isRowTerm, rowsOf, termLoss, weighRows } from '../../src/engine/objective/rows.ts';
import { methods } from '../../src/methods/registry.ts';

export interface Tolerance {
  readonly rtol: number;
  readonly atol: number;
}

/** The largest |a - b| / (atol + rtol |b|), with |b| the largest of the whole tensor, as the files ask: 1 at most is agreement. */
export const excess = (found: ArrayLike<number>, expected: ArrayLike<number>, { rtol, atol }: Tolerance): number => {
  if (found.length !== expected.length) {
    throw new Error(`${found.length} numbers computed here, ${expected.length} in the file`);
  }
  const largest = Array.from(expected).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return Array.from(expected).reduce((worst, value, i) => {
    const gap = Math.abs((found[i] as number) - value);
    return Math.max(worst, Number.isNaN(gap) ? Number.POSITIVE_INFINITY : gap / (atol + rtol * largest));
  }, 0);
};

/** Holds computed numbers to those of a file. */
export const agrees = (
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: Tolerance,
  what: string,
): void => {
  expect(excess(found, expected, tolerance), `${what}, in units of the tolerance`).toBeLessThanOrEqual(1);
};

/** The first term of a method, which is the one on the forget set. */
const forgetTerm = (method: string): AnyTerm => {
  const term = methods.get(method)?.terms?.[0];
  if (!term) throw new Error(`${method} has no terms`);
  return term as AnyTerm;
};

type Settings = Readonly<Record<string, number | string>>;

const tensorsOf = (settings: Settings) =>
  Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [name, typeof value === 'number' ? tf.tensor2d([[value]]) : value]),
  );

/** What a method's forget term comes to on rows of logits [B][C] with their labels, whatever network gave them. */
export const lossOnLogits = (
  method: string,
  settings: Settings,
  logits: readonly (readonly number[])[],
  labels: readonly number[],
): number =>
  tf.tidy(() => {
    const z = tf.tensor3d([logits.map((row) => [...row])]);
    const y = tf.tensorOf(Int32Array.from(labels), [1, labels.length]);
    const rows = rowsOf(z, { x: z, y, size: labels.length });
    return termLoss(forgetTerm(method), rows, tensorsOf(settings)).dataSync()[0] as number;
  });

/** Loss and weights W [B] of a method's forget term from log p and log p̂ of each row or example, whatever they are of. */
export const fromLogProbs = (
  method: string,
  settings: Settings,
  logP: readonly number[],
  logPReference: readonly number[],
): { readonly value: number; readonly weights: number[] } =>
  tf.tidy(() => {
    const term = forgetTerm(method);
    const pull = isRowTerm(term) ? term.pulls[0] : undefined;
    if (!pull) throw new Error(`${method} has no pulls`);
    const weights = new Float32Array(logP.length);
    const columns = { logP: Float32Array.from(logP), logPReference: Float32Array.from(logPReference) };
    weighRows(pull, settings, 1, columns, logP.length, weights);
    const rows = {
      logP: tf.tensor2d([[...logP]]),
      logPReference: tf.tensor2d([[...logPReference]]),
    } as unknown as Rows;
    return {
      value: termLoss(term, rows, tensorsOf(settings)).dataSync()[0] as number,
      weights: Array.from(weights, Math.abs),
    };
  });
