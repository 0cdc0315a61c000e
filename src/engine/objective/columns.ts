import type { AnyRowTerm, Batch, Columns, LaneTerm, Pull, Towards } from '../contracts/rows.ts';
import { exampleOf, examplesIn, overRows, rowsIn, sumOverExamples } from './examples.ts';
import type { LaneRows } from './heads/lane-rows.ts';
import { meanOf, weighRows } from './rows.ts';

/** log p of a lane's rows one by one, [rows] each. */
export interface RowLogs {
  readonly logP: Float32Array;
  readonly logPReference?: Float32Array | undefined;
  readonly logPAlternative?: Float32Array | undefined;
  readonly logPReferenceAlternative?: Float32Array | undefined;
}

/** What can be said of the rows of a batch by themselves. */
export const rowLogs = (rows: Pick<LaneRows, 'logP' | 'logPReference'>, batch: Batch): RowLogs => {
  const [hasAlternatives, hasReference] = [batch.alternatives !== undefined, batch.reference !== undefined];
  return {
    logP: rows.logP('label'),
    ...(hasAlternatives && { logPAlternative: rows.logP('alternative') }),
    ...(hasReference && { logPReference: rows.logPReference('label') }),
    ...(hasAlternatives && hasReference && { logPReferenceAlternative: rows.logPReference('alternative') }),
  };
};

/** What the weights of a lane's rows are read from, and those of its alternative examples' rows. */
export interface LaneColumns {
  readonly own: Columns;
  readonly others?: Columns;
}

const identity = (n: number): Int32Array => Int32Array.from({ length: n }, (_, i) => i);

/** Sums log p over the examples of a lane, and says the sums for each of their rows. */
export const laneColumns = (batch: Batch, k: number, own: RowLogs, others?: RowLogs): LaneColumns => {
  const { alternativeExamples } = batch;
  if (!batch.examples && !alternativeExamples) return { own };
  const S = examplesIn(batch, k);
  const of = exampleOf(batch, k) ?? identity(S);
  const ofOthers = alternativeExamples && (exampleOf(alternativeExamples, k) ?? identity(S));
  const sum = (values: Float32Array | undefined, by: Int32Array) => values && sumOverExamples(values, by, S);
  const sums = {
    logP: sum(own.logP, of),
    logPReference: sum(own.logPReference, of),
    logPAlternative: ofOthers ? sum(others?.logP, ofOthers) : sum(own.logPAlternative, of),
    logPReferenceAlternative: ofOthers
      ? own.logPReference && sum(others?.logPReference, ofOthers)
      : sum(own.logPReferenceAlternative, of),
    exampleLength: sum(new Float32Array(of.length).fill(1), of),
  };
  const spread = (by: Int32Array, rows: RowLogs): Columns => ({
    ...Object.fromEntries(Object.entries(sums).map(([name, values]) => [name, values && overRows(values, by)])),
    logP: overRows(sums.logP as Float64Array, by),
    rowLogP: rows.logP,
    rowLogPReference: rows.logPReference,
  });
  return { own: spread(of, own), ...(ofOthers && others && { others: spread(ofOthers, others) }) };
};

/** A pull of every row with its weight, the factor of the mean included. */
export interface WeighedPull {
  readonly towards: Towards;
  readonly weights: Float32Array;
}

/** Whether no pull of some terms depends on a row. */
export const areConstant = (terms: readonly LaneTerm<AnyRowTerm>[]): boolean =>
  terms.every(({ term }) => (term.pulls as readonly Pull<unknown>[]).every(({ weight }) => weight.length === 0));

/**
 * The pulls of some terms on a lane's rows, and on those of its alternative examples: what goes towards the alternative goes
 * to their own targets there.
 */
export const weighed = (
  terms: readonly LaneTerm<AnyRowTerm>[],
  batch: Batch,
  k: number,
  { own, others }: LaneColumns,
): { readonly own: WeighedPull[]; readonly others: WeighedPull[] } => {
  const found = { own: [] as WeighedPull[], others: [] as WeighedPull[] };
  const { alternativeExamples } = batch;
  for (const { term, settings, scale } of terms) {
    for (const pull of term.pulls as readonly Pull<unknown>[]) {
      const isOther = pull.towards === 'alternative' && alternativeExamples !== undefined;
      const count = rowsIn(isOther ? alternativeExamples : batch, k);
      const weights = new Float32Array(count);
      const mean = meanOf(term, settings[k]) === 'examples' ? examplesIn(batch, k) : count;
      weighRows(pull, settings[k], (scale?.[k] ?? 1) / mean, isOther ? (others as Columns) : own, count, weights);
      if (isOther) found.others.push({ towards: 'label', weights });
      else found.own.push({ towards: pull.towards, weights });
    }
  }
  return found;
};
