import { softmaxAt } from './divergences.ts';
import { dot, norm, solve, spectralNorm } from './linear.ts';
import { sigmoid } from './math.ts';

/**
 * Linear heads on fixed features, trained by Newton's method in double precision, and the removal of rows from them by
 * one Newton step (Guo et al., ICML 2020). Features X [N * d] carry a constant as their last number.
 */

const HEAD = { what: 'the head', field: 'lambda' };

/** A regularized softmax head W [d * C]: mean cross-entropy + λ/2 ‖W‖² + ⟨B, W⟩ / N. */
export interface SoftmaxHead {
  readonly X: Float64Array;
  readonly y: Int32Array;
  /** d */
  readonly features: number;
  readonly classes: number;
  readonly lambda: number;
  /** The random linear term of the objective perturbation, [d * C]. */
  readonly noise?: Float64Array;
}

const probabilities = ({ X, features: d, classes: C }: SoftmaxHead, W: Float64Array, row: number): Float32Array => {
  const z = new Float32Array(C);
  for (let c = 0; c < C; c++) {
    let sum = 0;
    for (let i = 0; i < d; i++) sum += (X[row * d + i] as number) * (W[i * C + c] as number);
    z[c] = sum;
  }
  return softmaxAt(z, 0, C);
};

/** Gradient and, where asked for, Hessian [n * n], n = d C, over all rows. */
const derivatives = (head: SoftmaxHead, W: Float64Array, withHessian: boolean) => {
  const { X, y, features: d, classes: C, lambda, noise } = head;
  const n = d * C;
  const N = y.length;
  const gradient = W.map((w, i) => lambda * w + (noise ? (noise[i] as number) / N : 0));
  const hessian = withHessian ? new Float64Array(n * n) : undefined;
  for (let row = 0; row < N; row++) {
    const p = probabilities(head, W, row);
    for (let i = 0; i < d; i++) {
      const x = X[row * d + i] as number;
      for (let c = 0; c < C; c++) {
        const at = i * C + c;
        gradient[at] = (gradient[at] as number) + (x * ((p[c] as number) - (c === y[row] ? 1 : 0))) / N;
        if (!hessian) continue;
        for (let j = 0; j < d; j++) {
          const both = (x * (X[row * d + j] as number)) / N;
          for (let k = 0; k < C; k++) {
            const curve = (p[c] as number) * ((c === k ? 1 : 0) - (p[k] as number));
            hessian[at * n + j * C + k] = (hessian[at * n + j * C + k] as number) + both * curve;
          }
        }
      }
    }
  }
  if (hessian) for (let i = 0; i < n; i++) hessian[i * n + i] = (hessian[i * n + i] as number) + lambda;
  return { gradient, hessian };
};

/** One Newton step of the head on its rows. @throws {SimError} method/failed if the Hessian is singular */
export const newtonStep = (head: SoftmaxHead, W: Float64Array): Float64Array => {
  const { gradient, hessian } = derivatives(head, W, true);
  const step = solve(hessian as Float64Array, gradient, HEAD);
  return W.map((w, i) => w - (step[i] as number));
};

/** Norm of the gradient of the summed objective: what is left of the removed rows. */
export const residualNorm = (head: SoftmaxHead, W: Float64Array): number =>
  head.y.length * norm(derivatives(head, W, false).gradient);

/** The head at its optimum, from W. */
export const trainedHead = (head: SoftmaxHead, from: Float64Array, most = 30): Float64Array => {
  let W = from;
  for (let step = 0; step < most; step++) {
    const next = newtonStep(head, W);
    const moved = norm(next.map((w, i) => w - (W[i] as number)));
    W = next;
    if (moved < 1e-9 * (1 + norm(W))) break;
  }
  return W;
};

/** A binary logistic head w [d], labels +1 and -1: mean log(1 + e^(-y ⟨x, w⟩)) + λ/2 ‖w‖². */
export interface BinaryHead {
  readonly X: Float64Array;
  readonly y: Float64Array;
  readonly features: number;
  readonly lambda: number;
}

const rowOf = ({ X, features: d }: Pick<BinaryHead, 'X' | 'features'>, row: number) =>
  X.subarray(row * d, (row + 1) * d);

const binaryDerivatives = (head: BinaryHead, w: Float64Array, rows: readonly number[]) => {
  const { y, features: d, lambda } = head;
  const gradient = w.map((value) => lambda * value);
  const hessian = new Float64Array(d * d);
  for (const row of rows) {
    const x = rowOf(head, row);
    const label = y[row] as number;
    const s = sigmoid(label * dot(x, w));
    for (let i = 0; i < d; i++) {
      gradient[i] = (gradient[i] as number) + (label * (s - 1) * (x[i] as number)) / rows.length;
      for (let j = 0; j < d; j++) {
        hessian[i * d + j] =
          (hessian[i * d + j] as number) + (s * (1 - s) * (x[i] as number) * (x[j] as number)) / rows.length;
      }
    }
  }
  for (let i = 0; i < d; i++) hessian[i * d + i] = (hessian[i * d + i] as number) + lambda;
  return { gradient, hessian };
};

/** The binary head at its optimum over some rows. */
export const trainedBinary = (head: BinaryHead, rows: readonly number[]): Float64Array => {
  let w: Float64Array = new Float64Array(head.features);
  for (let step = 0; step < 50; step++) {
    const { gradient, hessian } = binaryDerivatives(head, w, rows);
    const move = solve(hessian, gradient, HEAD);
    w = w.map((value, i) => value - (move[i] as number));
    if (norm(move) < 1e-12 * (1 + norm(w))) break;
  }
  return w;
};

/**
 * Removes rows one after the other, each by one Newton step, and bounds the gradient of the summed objective that is left
 * after each: ‖H⁻¹Δ‖ ‖X H⁻¹Δ‖ ‖X‖₂ / 4 (Guo et al. 2020, corollary 1; facebookresearch/certified-removal, test_removal.py).
 */
export const removeRows = (head: BinaryHead, from: Float64Array, removed: readonly number[]) => {
  const { features: d, lambda, y } = head;
  let left = Array.from(y.keys());
  let w = from;
  const bounds: number[] = [];
  for (const row of removed) {
    left = left.filter((other) => other !== row);
    const { hessian } = binaryDerivatives(head, w, left);
    const x = rowOf(head, row);
    const label = y[row] as number;
    const pull = label * (sigmoid(label * dot(x, w)) - 1);
    // The removed row's own gradient with its share of the regularizer, against the summed Hessian of the rest.
    const delta = w.map((value, i) => lambda * value + pull * (x[i] as number));
    const step = solve(
      hessian.map((h) => h * left.length),
      delta,
      HEAD,
    );
    w = w.map((value, i) => value + (step[i] as number));
    const rest = new Float64Array(left.length * d);
    left.forEach((other, i) => {
      rest.set(rowOf(head, other), i * d);
    });
    const along = left.map((_, i) => dot(rest.subarray(i * d, (i + 1) * d), step));
    bounds.push((norm(step) * norm(along) * spectralNorm(rest, d)) / 4);
  }
  const { gradient } = binaryDerivatives(head, w, left);
  return { w, bounds, residual: left.length * norm(gradient) };
};
