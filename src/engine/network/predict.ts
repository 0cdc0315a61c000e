import { exp, log } from '../base/math.ts';
import type { Decisions } from '../contracts/network.ts';

/** log softmax of each row of logits [n * C], in double precision, by the max shift. */
export const logSoftmax = (logits: Float32Array, classes: number): Float32Array => {
  const out = new Float32Array(logits.length);
  for (let row = 0; row < logits.length; row += classes) {
    let largest = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < classes; c++) largest = Math.max(largest, logits[row + c] as number);
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += exp((logits[row + c] as number) - largest);
    const shift = largest + log(sum);
    for (let c = 0; c < classes; c++) out[row + c] = (logits[row + c] as number) - shift;
  }
  return out;
};

/** Most probable class and its probability (0..255) for each row of logits. */
export const decisions = (logits: Float32Array, classes: number): Decisions => {
  const rows = logits.length / classes;
  const winner = new Uint8Array(rows);
  const confidence = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const at = row * classes;
    let best = 0;
    for (let c = 1; c < classes; c++) if ((logits[at + c] as number) > (logits[at + best] as number)) best = c;
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += exp((logits[at + c] as number) - (logits[at + best] as number));
    winner[row] = best;
    confidence[row] = Math.round(255 / sum);
  }
  return { winner, confidence };
};
