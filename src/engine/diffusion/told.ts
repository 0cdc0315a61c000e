import * as tf from '../base/tf.ts';
import type { Batch, Noised } from '../contracts/rows.ts';
import { CODE_AT, inputsOf } from './process.ts';

/** How a batch's rows came about. @throws {Error} if they are no noised points, which `conditions` of a method rules out */
const noisedOf = ({ noised }: Batch): Noised => {
  if (!noised) throw new Error('these rows are no noised points under conditions');
  return noised;
};

/** A batch's rows [K, B, D] told under other conditions [K * B]: the same points, the same times. */
export const underConditions = (batch: Batch, conditions: Int32Array): tf.Tensor => {
  const { process } = noisedOf(batch);
  const { codes, codeWidth } = process;
  const width = inputsOf(process);
  const x = Float32Array.from(tf.valuesOf(batch.x));
  for (let row = 0; row < conditions.length; row++) {
    const from = (conditions[row] as number) * codeWidth;
    for (let i = 0; i < codeWidth; i++) x[row * width + CODE_AT + i] = codes[from + i] as number;
  }
  return tf.tensorOf(x, batch.x.shape);
};
