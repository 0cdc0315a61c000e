import { softmaxAt } from './divergences.ts';

/** dCE/dLogits of every row for given labels, [N * C]: p - e_y. */
export const slopesFor = (logits: Float32Array, labels: Int32Array, classes: number): Float32Array => {
  const out = new Float32Array(logits.length);
  labels.forEach((label, row) => {
    const p = softmaxAt(logits, row * classes, classes);
    p[label] = (p[label] as number) - 1;
    out.set(p, row * classes);
  });
  return out;
};

/**
 * For each class c, sqrt(p_c) (p - e_c) of every row: gradients along them are the factors of the Fisher information with
 * labels drawn from the model, which for a softmax is the generalized Gauss-Newton matrix.
 */
export const fisherSlopes = (logits: Float32Array, classes: number): Float32Array[] => {
  const rows = logits.length / classes;
  return Array.from({ length: classes }, (_, c) => {
    const out = new Float32Array(logits.length);
    for (let row = 0; row < rows; row++) {
      const p = softmaxAt(logits, row * classes, classes);
      const root = Math.sqrt(p[c] as number);
      for (let k = 0; k < classes; k++) out[row * classes + k] = root * ((p[k] as number) - (k === c ? 1 : 0));
    }
    return out;
  });
};
