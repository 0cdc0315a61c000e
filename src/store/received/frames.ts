import type { ModelRef, Picture } from '../../sim/events.ts';
import { answerKey } from './answers.ts';

/** The pictures of one run, outside React: canvases subscribe to it. */
export interface FrameBook {
  /** Keeps a picture that the run sent. Of the original and the retrained model only the newest is kept. */
  readonly put: (model: ModelRef, seed: number, step: number, frame: Picture) => void;
  /** Keeps a picture that was asked for; the ones asked for longest ago go when there are too many. */
  readonly putAsked: (model: ModelRef, seed: number, step: number, frame: Picture) => void;
  /** The finest picture of a model at a step, or undefined. */
  readonly at: (model: ModelRef, seed: number, step: number) => Picture | undefined;
  /** Whether a finer picture than the streamed one is there. */
  readonly hasAsked: (model: ModelRef, seed: number, step: number, size: number) => boolean;
  /** Called after every new picture of that model. */
  readonly subscribe: (model: ModelRef, listener: () => void) => () => void;
}

const ASKED_FRAMES = 200;

export const createFrameBook = (): FrameBook => {
  const sent = new Map<string, Picture>();
  const asked = new Map<string, Picture>();
  const listeners = new Map<ModelRef, Set<() => void>>();
  const tell = (model: ModelRef): void => {
    for (const listener of listeners.get(model) ?? []) listener();
  };

  return {
    put: (model, seed, step, frame) => {
      const key = answerKey(model, seed, step);
      sent.set(key, frame);
      asked.delete(key);
      tell(model);
    },
    putAsked: (model, seed, step, frame) => {
      const key = answerKey(model, seed, step);
      asked.delete(key);
      asked.set(key, frame);
      const oldest = asked.keys().next().value;
      if (asked.size > ASKED_FRAMES && oldest !== undefined) asked.delete(oldest);
      tell(model);
    },
    at: (model, seed, step) => {
      const key = answerKey(model, seed, step);
      return asked.get(key) ?? sent.get(key);
    },
    hasAsked: (model, seed, step, size) => (asked.get(answerKey(model, seed, step))?.size ?? 0) >= size,
    subscribe: (model, listener) => {
      const set = listeners.get(model) ?? new Set();
      listeners.set(model, set);
      set.add(listener);
      return () => {
        set.delete(listener);
      };
    },
  };
};
