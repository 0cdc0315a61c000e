import { exp } from '../../base/math.ts';
import type { LaneOutputs } from '../../contracts/rows.ts';
import type { LaneRows, Target } from './lane-rows.ts';

/** Adds w (p - t) of every row for a distribution t that `at` tells of each output. */
const towardsOutput = (
  { rows, classes, probs }: LaneOutputs,
  weights: Float32Array,
  out: Float32Array,
  at: (i: number) => number,
): void => {
  for (let i = 0; i < rows * classes; i++) {
    const weight = weights[Math.floor(i / classes)] as number;
    out[i] = (out[i] as number) + weight * ((probs[i] as number) - at(i));
  }
};

/** Rows of a softmax over classes: the gradient of -log p_y with respect to the logits is p - e_y. */
export const categoricalRows = (outputs: LaneOutputs): LaneRows => {
  const { rows, classes, logProbs, probs } = outputs;
  const labelsOf = (target: Target) => (target === 'label' ? outputs.labels : outputs.alternatives);
  const pick = (from: Float32Array, labels: Int32Array) =>
    Float32Array.from({ length: rows }, (_, b) => from[b * classes + (labels[b] as number)] as number);
  return {
    rows,
    width: classes,
    logP: (target) => pick(logProbs, labelsOf(target)),
    logPReference: (target) => pick(outputs.reference, labelsOf(target)),
    pull: (towards, weights, out) => {
      if (towards === 'uniform') return towardsOutput(outputs, weights, out, () => 1 / classes);
      if (towards === 'reference') {
        const { reference } = outputs;
        return towardsOutput(outputs, weights, out, (i) => exp(reference[i] as number));
      }
      const labels = labelsOf(towards);
      for (let b = 0; b < rows; b++) {
        const weight = weights[b] as number;
        for (let c = 0; c < classes; c++) {
          const at = b * classes + c;
          out[at] = (out[at] as number) + weight * ((probs[at] as number) - (c === labels[b] ? 1 : 0));
        }
      }
    },
  };
};
