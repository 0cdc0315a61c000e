import type { ModelSpec } from './scenario.ts';

/** One named array of a network. */
export interface WeightPart {
  readonly name: string;
  /** [rows, columns] or [length]. */
  readonly shape: readonly number[];
}

/** One array with its values, row by row. */
export interface NamedArray extends WeightPart {
  /** Imported random features are kept as they were given. */
  readonly values: Float32Array | Float64Array;
}

/**
 * The trained arrays of a network by name, in the order of its weight vector: for an `mlp` W1 [in, out], b1 [out], ...;
 * for the other kinds `a` [features or inputs, classes - 1].
 */
export const trainedParts = (model: ModelSpec, inputs: number, classes: number): readonly WeightPart[] => {
  if (model.kind === 'network') return []; // its family knows
  if (model.kind !== 'mlp') {
    const rows = model.kind === 'linear' ? inputs : model.features;
    return [{ name: 'a', shape: [rows, classes - 1] }];
  }
  const widths = [inputs, ...model.hidden, classes];
  return widths.slice(1).flatMap((out, i) => [
    { name: `W${i + 1}`, shape: [widths[i] as number, out] },
    { name: `b${i + 1}`, shape: [out] },
  ]);
};

/** Number of trained weights and biases of a network. */
export const networkSize = (model: ModelSpec, inputs: number, classes: number): number =>
  trainedParts(model, inputs, classes).reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
