import type { ModelRef } from './events.ts';

/** Weights that are kept so that any recorded step can be drawn again without training. */
export interface Snapshots {
  readonly put: (model: ModelRef, seed: number, step: number, weights: Float32Array) => void;
  /** The latest kept weights at or before a step. */
  readonly at: (model: ModelRef, seed: number, step: number) => { step: number; weights: Float32Array } | undefined;
}

/** The most bytes of weights that one run keeps. */
const SNAPSHOT_BYTES = 256 * 1024 * 1024;

/**
 * Keeps every n-th set of weights of each lane, n being the smallest number that keeps all of them within the cap,
 * and always the first of each lane.
 *
 * @param expected how many snapshots of how many numbers (P) the run would make in all
 */
export const createSnapshots = (expected: number, size: number, cap = SNAPSHOT_BYTES): Snapshots => {
  const stride = Math.max(1, Math.ceil((expected * size * 4) / cap));
  const lanes = new Map<string, { count: number; steps: number[]; weights: Float32Array[] }>();
  return {
    put: (model, seed, step, weights) => {
      const name = `${model}/${seed}`;
      const lane = lanes.get(name) ?? { count: 0, steps: [], weights: [] };
      lanes.set(name, lane);
      if (lane.count++ % stride !== 0) return;
      lane.steps.push(step);
      lane.weights.push(weights);
    },
    at: (model, seed, step) => {
      const lane = lanes.get(`${model}/${seed}`);
      if (!lane) return undefined;
      let found = lane.steps.findLastIndex((kept) => kept <= step);
      if (found < 0) found = 0;
      return { step: lane.steps[found] as number, weights: lane.weights[found] as Float32Array };
    },
  };
};
