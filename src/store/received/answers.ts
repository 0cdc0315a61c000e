import type { ModelRef } from '../../sim/events.ts';

/** What the worker said of the models of one run, as far as it was asked. */
export interface AnswerBook<T> {
  /** Those given longest ago go when there are too many. */
  readonly put: (model: ModelRef, seed: number, step: number, answer: T) => void;
  readonly at: (model: ModelRef, seed: number, step: number) => T | undefined;
  /** Called after every new answer. */
  readonly subscribe: (listener: () => void) => () => void;
}

/** Under what a model's answer is kept: the original and the retrained model say the same at every step. */
export const answerKey = (model: ModelRef, seed: number, step: number): string =>
  typeof model === 'string' ? `${model}/${seed}` : `${model}/${seed}/${step}`;

export const createAnswerBook = <T>(most: number): AnswerBook<T> => {
  const kept = new Map<string, T>();
  const listeners = new Set<() => void>();
  return {
    put: (model, seed, step, answer) => {
      kept.delete(answerKey(model, seed, step));
      kept.set(answerKey(model, seed, step), answer);
      const oldest = kept.keys().next().value;
      if (kept.size > most && oldest !== undefined) kept.delete(oldest);
      for (const listener of listeners) listener();
    },
    at: (model, seed, step) => kept.get(answerKey(model, seed, step)),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
};
