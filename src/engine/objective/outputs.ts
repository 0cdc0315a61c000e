import type { LaneOutputs } from '../contracts/rows.ts';

/** How the rows of one lane's outputs are put together as examples: for terms that look at a whole batch. */

/** Examples of a lane. */
export const examplesIn = ({ rows, exampleOf }: LaneOutputs): number =>
  exampleOf ? (exampleOf.at(-1) ?? -1) + 1 : rows;

/** The share of each row in a mean over examples of means over their rows, as what to divide by: examples times rows of its own. */
export const sharesOf = (outputs: LaneOutputs): Float64Array => {
  const { rows, exampleOf } = outputs;
  const examples = examplesIn(outputs);
  if (!exampleOf) return new Float64Array(rows).fill(examples);
  const lengths = new Int32Array(examples);
  for (const example of exampleOf) lengths[example] = (lengths[example] as number) + 1;
  return Float64Array.from(exampleOf, (example) => examples * (lengths[example] as number));
};

/** For each row the sum over its example of a number for each row. */
export const sumsOverExamples = ({ exampleOf }: LaneOutputs, own: Float64Array): Float64Array => {
  if (!exampleOf) return own;
  const sums = new Float64Array((exampleOf.at(-1) ?? -1) + 1);
  exampleOf.forEach((example, b) => {
    sums[example] = (sums[example] as number) + (own[b] as number);
  });
  return Float64Array.from(exampleOf, (example) => sums[example] as number);
};
