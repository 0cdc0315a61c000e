import type { Batch, Examples } from '../contracts/rows.ts';

/** The examples of a batch, from the number of rows that each example of each lane has; rows stand in that order. */
export const stackExamples = (lengths: readonly (readonly number[])[]): Examples & { readonly size: number } => {
  const rows = lengths.map((lane) => lane.reduce((sum, n) => sum + n, 0));
  const size = Math.max(0, ...rows);
  const of = new Int32Array(lengths.length * size).fill(-1);
  lengths.forEach((lane, k) => {
    let at = k * size;
    lane.forEach((n, example) => {
      of.fill(example, at, at + n);
      at += n;
    });
  });
  return { of, rows, count: lengths.map((lane) => lane.length), size };
};

/** Rows of a lane that are no padding. */
export const rowsIn = ({ examples, size }: Batch, k: number): number => examples?.rows[k] ?? size;

/** Examples of a lane. */
export const examplesIn = ({ examples, size }: Batch, k: number): number => examples?.count[k] ?? size;

/** The largest number of examples that a lane has, S. */
export const mostExamples = ({ examples, size }: Batch): number => (examples ? Math.max(...examples.count) : size);

/** The example of each row of a lane; undefined where every row is its own. */
export const exampleOf = ({ examples, size }: Batch, k: number): Int32Array | undefined =>
  examples?.of.subarray(k * size, k * size + rowsIn({ examples, size } as Batch, k));

/** The sums of rows' numbers over each example, [examples]. */
export const sumOverExamples = (values: Float32Array, of: Int32Array, examples: number): Float64Array => {
  const sums = new Float64Array(examples);
  of.forEach((example, row) => {
    sums[example] = (sums[example] as number) + (values[row] as number);
  });
  return sums;
};

/** For each row the number of its example. */
export const overRows = (values: ArrayLike<number>, of: Int32Array): Float32Array =>
  Float32Array.from(of, (example) => values[example] as number);
