import { SimError } from '../../engine/base/errors.ts';
import { dot, norm, solve, solveByProducts } from '../../engine/base/linear.ts';
import { exp, log, sigmoid } from '../../engine/base/math.ts';

/**
 * Linear heads on fixed features, trained by Newton's method in double precision, and the removal of rows from them by
 * one Newton step (Guo et al., ICML 2020). Features X [N * d] carry a constant as their last number.
 */
interface Head {
  readonly X: Float64Array;
  /** d */
  readonly features: number;
  readonly lambda: number;
  /** B, the random linear term of the objective perturbation: d numbers per output. Absent: none. */
  readonly noise?: Float64Array;
}

/** A softmax head W [d * C]: mean cross-entropy + λ/2 ‖W‖² + ⟨B, W⟩ / N. Labels [N]. */
export interface SoftmaxHead extends Head {
  readonly y: Int32Array;
  readonly classes: number;
}

/** A binary head w [d]: mean log(1 + e^(-y ⟨x, w⟩)) + λ/2 ‖w‖² + ⟨B, w⟩ / N. Labels +1 and -1, [N]. */
export interface BinaryHead extends Head {
  readonly y: Float64Array;
}

const SYSTEM = { what: 'the head', field: 'lambda' };
const EXACT = { tolerance: 1e-12, most: 5000 };

/** An objective at some weights, as Newton's method needs it. */
interface Local {
  readonly value: number;
  readonly gradient: Float64Array;
  /** H⁻¹ of a vector. */
  readonly solved: (right: Float64Array) => Float64Array;
}

const MOST_STEPS = 100;

/** The minimum of a strictly convex objective, by Newton's method with halved steps where a whole one climbs. */
const minimum = (at: (w: Float64Array) => Local, from: Float64Array): Float64Array => {
  let w = from;
  let here = at(w);
  for (let step = 0; step < MOST_STEPS; step++) {
    if (norm(here.gradient) <= 1e-11 * (1 + norm(w))) return w;
    const move = here.solved(here.gradient);
    const fall = dot(move, here.gradient);
    for (let share = 1; ; share /= 2) {
      const next = w.map((value, i) => value - share * (move[i] as number));
      const there = at(next);
      // Near the minimum the value cannot tell two points apart any more, and a whole step is right.
      const falls = there.value <= here.value - 1e-4 * share * fall || fall < 1e-12 * (1 + Math.abs(here.value));
      if (!falls && share > 1e-6) continue;
      if (fall < 1e-20 * (1 + Math.abs(here.value))) return next;
      [w, here] = [next, there];
      break;
    }
  }
  throw new SimError('method/failed', `The head is not trained after ${MOST_STEPS} Newton steps.`, [
    { path: '/params/lambda', expected: 'more regularization', found: 'a head that does not settle' },
  ]);
};

const softmaxAt = (head: SoftmaxHead, W: Float64Array): Local => {
  const { X, y, features: d, classes: C, lambda, noise } = head;
  const N = y.length;
  const probs = new Float64Array(N * C);
  const gradient = W.map((w, i) => lambda * w + (noise ? (noise[i] as number) / N : 0));
  let value = (lambda / 2) * dot(W, W) + (noise ? dot(noise, W) / N : 0);
  for (let row = 0; row < N; row++) {
    const z = probs.subarray(row * C, (row + 1) * C);
    for (let i = 0; i < d; i++) {
      const x = X[row * d + i] as number;
      if (x !== 0) for (let c = 0; c < C; c++) z[c] = (z[c] as number) + x * (W[i * C + c] as number);
    }
    const largest = z.reduce((a, b) => Math.max(a, b));
    const ofLabel = z[y[row] as number] as number;
    let sum = 0;
    for (let c = 0; c < C; c++) {
      z[c] = exp((z[c] as number) - largest);
      sum += z[c] as number;
    }
    for (let c = 0; c < C; c++) z[c] = (z[c] as number) / sum;
    value += (largest + log(sum) - ofLabel) / N;
    for (let i = 0; i < d; i++) {
      const x = (X[row * d + i] as number) / N;
      if (x === 0) continue;
      for (let c = 0; c < C; c++) {
        gradient[i * C + c] = (gradient[i * C + c] as number) + x * ((z[c] as number) - (c === y[row] ? 1 : 0));
      }
    }
  }
  const hessianTimes = (V: Float64Array): Float64Array => {
    const out = V.map((v) => lambda * v);
    const t = new Float64Array(C);
    for (let row = 0; row < N; row++) {
      t.fill(0);
      for (let i = 0; i < d; i++) {
        const x = X[row * d + i] as number;
        if (x !== 0) for (let c = 0; c < C; c++) t[c] = (t[c] as number) + x * (V[i * C + c] as number);
      }
      const p = probs.subarray(row * C, (row + 1) * C);
      const mean = dot(p, t);
      for (let c = 0; c < C; c++) t[c] = ((p[c] as number) * ((t[c] as number) - mean)) / N;
      for (let i = 0; i < d; i++) {
        const x = X[row * d + i] as number;
        if (x !== 0) for (let c = 0; c < C; c++) out[i * C + c] = (out[i * C + c] as number) + x * (t[c] as number);
      }
    }
    return out;
  };
  return { value, gradient, solved: (right) => solveByProducts(hessianTimes, right, SYSTEM, EXACT) };
};

/** The head at its optimum, from W. @throws {SimError} method/failed */
export const trainedHead = (head: SoftmaxHead, from: Float64Array): Float64Array =>
  minimum((W) => softmaxAt(head, W), from);

/** One Newton step of the head on its rows. */
export const newtonStep = (head: SoftmaxHead, W: Float64Array): Float64Array => {
  const { gradient, solved } = softmaxAt(head, W);
  const step = solved(gradient);
  return W.map((w, i) => w - (step[i] as number));
};

/** Norm of the gradient of the summed objective: what is left of rows that are no longer among it. */
export const residualNorm = (head: SoftmaxHead, W: Float64Array): number =>
  head.y.length * norm(softmaxAt(head, W).gradient);

const rowOf = ({ X, features: d }: Head, row: number): Float64Array => X.subarray(row * d, (row + 1) * d);

/** The summed objective of a binary head over some rows. */
const binaryAt = (head: BinaryHead, rows: readonly number[], w: Float64Array): Local => {
  const { y, features: d, lambda, noise } = head;
  const gradient = w.map((value, i) => rows.length * lambda * value + (noise ? (noise[i] as number) : 0));
  const hessian = new Float64Array(d * d);
  let value = ((rows.length * lambda) / 2) * dot(w, w) + (noise ? dot(noise, w) : 0);
  for (const row of rows) {
    const x = rowOf(head, row);
    const label = y[row] as number;
    const margin = label * dot(x, w);
    const s = sigmoid(margin);
    value += margin > 0 ? log(1 + exp(-margin)) : log(1 + exp(margin)) - margin;
    const curve = s * (1 - s);
    for (let i = 0; i < d; i++) {
      gradient[i] = (gradient[i] as number) + label * (s - 1) * (x[i] as number);
      const scaled = curve * (x[i] as number);
      if (scaled !== 0) {
        for (let j = 0; j <= i; j++) hessian[i * d + j] = (hessian[i * d + j] as number) + scaled * (x[j] as number);
      }
    }
  }
  for (let i = 0; i < d; i++) hessian[i * d + i] = (hessian[i * d + i] as number) + rows.length * lambda;
  return { value, gradient, solved: (right) => solve(hessian.slice(), right, SYSTEM) };
};

/** The binary head at its optimum over some rows. @throws {SimError} method/failed */
export const trainedBinary = (head: BinaryHead, rows: readonly number[]): Float64Array =>
  minimum((w) => binaryAt(head, rows, w), new Float64Array(head.features));

/**
 * ‖X‖₂ of the rows that are left after each removal: the root of the largest eigenvalue of XᵀX, which loses one outer
 * product at a time, by power iteration that goes on from the vector before.
 */
export const spectralNorms = (head: Head, rows: readonly number[], removed: readonly number[]): number[] => {
  const { features: d } = head;
  const gram = new Float64Array(d * d);
  const add = (row: number, sign: number): void => {
    const x = rowOf(head, row);
    for (let i = 0; i < d; i++) {
      const scaled = sign * (x[i] as number);
      for (let j = 0; j < d; j++) gram[i * d + j] = (gram[i * d + j] as number) + scaled * (x[j] as number);
    }
  };
  for (const row of rows) add(row, 1);
  let v = new Float64Array(d).fill(1 / Math.sqrt(d));
  return removed.map((row) => {
    add(row, -1);
    let value = 0;
    for (let step = 0; step < 1000; step++) {
      const next = v.map((_, i) => dot(gram.subarray(i * d, (i + 1) * d), v));
      const before = value;
      value = norm(next);
      if (value === 0) return 0;
      v = next.map((one) => one / value);
      if (Math.abs(value - before) <= 1e-12 * value) break;
    }
    return Math.sqrt(value);
  });
};

/**
 * Removes rows one after the other, each by one Newton step, and bounds by how much the gradient of the summed objective
 * grows with each: ‖H⁻¹Δ‖ ‖X H⁻¹Δ‖ ‖X‖₂ / 4 (Guo et al. 2020, corollary 1; facebookresearch/certified-removal,
 * test_removal.py). `norms` are those of spectralNorms.
 */
export const removeRows = (
  head: BinaryHead,
  from: Float64Array,
  rows: readonly number[],
  removed: readonly number[],
  norms: readonly number[],
) => {
  const { lambda, y } = head;
  let left = rows;
  let w = from;
  const bounds = removed.map((row, i) => {
    left = left.filter((other) => other !== row);
    const x = rowOf(head, row);
    const label = y[row] as number;
    const pull = label * (sigmoid(label * dot(x, w)) - 1);
    // The row's own gradient with its share of the regularizer, against the Hessian of the rest.
    const delta = w.map((value, j) => lambda * value + pull * (x[j] as number));
    const step = binaryAt(head, left, w).solved(delta);
    w = w.map((value, j) => value + (step[j] as number));
    const along = norm(left.map((other) => dot(rowOf(head, other), step)));
    return (norm(step) * along * (norms[i] as number)) / 4;
  });
  return { w, bounds, residual: norm(binaryAt(head, left, w).gradient) };
};
