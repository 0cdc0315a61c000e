import type { ModelRef } from '../sim/events.ts';

/** What the models of one run say of the training points, as far as it was asked for. */
export interface OutputBook {
  /** Probabilities of the classes: [N * C]. Those asked for longest ago go when there are too many. */
  readonly put: (model: ModelRef, seed: number, step: number, probabilities: Float32Array) => void;
  readonly at: (model: ModelRef, seed: number, step: number) => Float32Array | undefined;
}

const MOST = 64;

/** The original and the retrained model say the same at every step. */
const keyOf = (model: ModelRef, seed: number, step: number): string =>
  typeof model === 'string' ? `${model}/${seed}` : `${model}/${seed}/${step}`;

export const createOutputBook = (): OutputBook => {
  const kept = new Map<string, Float32Array>();
  return {
    put: (model, seed, step, probabilities) => {
      kept.delete(keyOf(model, seed, step));
      kept.set(keyOf(model, seed, step), probabilities);
      const oldest = kept.keys().next().value;
      if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);
    },
    at: (model, seed, step) => kept.get(keyOf(model, seed, step)),
  };
};
