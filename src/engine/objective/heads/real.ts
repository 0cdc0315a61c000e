import { notUnder } from '../rows.ts';
import type { LaneRows, Target } from './lane-rows.ts';

/** One lane's numbers under a real head, [rows * width] each; what is not there throws when it is read. */
export interface RealOutputs {
  readonly rows: number;
  readonly width: number;
  /** f */
  readonly outputs: Float32Array;
  /** y */
  readonly targets: Float32Array;
  readonly alternatives: Float32Array;
  /** f̂ */
  readonly reference: Float32Array;
}

/**
 * Rows of a normal distribution of variance τ²: log p = -‖f - y‖² / 2τ². The gradient of 2τ² (-log p) with respect to the
 * outputs is 2 (f - y).
 */
export const realRows = (own: RealOutputs, variance: number): LaneRows => {
  const { rows, width, outputs } = own;
  const targetsOf = (target: Target) => (target === 'label' ? own.targets : own.alternatives);
  const logPOf = (means: Float32Array, targets: Float32Array) =>
    Float32Array.from({ length: rows }, (_, row) => {
      let sum = 0;
      for (let i = row * width; i < (row + 1) * width; i++) {
        const away = (means[i] as number) - (targets[i] as number);
        sum += away * away;
      }
      return -sum / (2 * variance);
    });
  return {
    rows,
    width,
    logP: (target) => logPOf(outputs, targetsOf(target)),
    logPReference: (target) => logPOf(own.reference, targetsOf(target)),
    pull: (towards, weights, out) => {
      if (towards === 'uniform') return notUnder('real', 'classes to spread over');
      const targets = towards === 'reference' ? own.reference : targetsOf(towards);
      for (let i = 0; i < rows * width; i++) {
        const weight = weights[Math.floor(i / width)] as number;
        out[i] = (out[i] as number) + 2 * weight * ((outputs[i] as number) - (targets[i] as number));
      }
    },
  };
};
