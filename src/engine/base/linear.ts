import { SimError } from './errors.ts';

/** Small dense linear algebra in double precision, the same on every machine. Matrices are rows in one array. */

export const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
};

export const norm = (a: ArrayLike<number>): number => Math.sqrt(dot(a, a));

/** What a system of equations is of, and the hyperparameter that makes it well behaved: for the errors. */
export interface SystemName {
  /** 'the curvature' */
  readonly what: string;
  /** 'damping' */
  readonly field: string;
}

/**
 * x with A x = b for a symmetric, positive definite A [n * n], by Cholesky's factors. A is overwritten.
 *
 * @throws {SimError} method/failed if A is singular to working precision
 */
export const solve = (A: Float64Array, b: ArrayLike<number>, system: SystemName): Float64Array => {
  const n = b.length;
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(A[i * n + i] as number));
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = A[i * n + j] as number;
      for (let k = 0; k < j; k++) sum -= (A[i * n + k] as number) * (A[j * n + k] as number);
      if (i > j) A[i * n + j] = sum / (A[j * n + j] as number);
      else if (sum > 1e-14 * largest) A[j * n + j] = Math.sqrt(sum);
      else throw unsolvable(system, 'is singular: there is no unique solution', 'a singular system');
    }
  }
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] = (x[i] as number) - (A[i * n + k] as number) * (x[k] as number);
    x[i] = (x[i] as number) / (A[i * n + i] as number);
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] = (x[i] as number) - (A[k * n + i] as number) * (x[k] as number);
    x[i] = (x[i] as number) / (A[i * n + i] as number);
  }
  return x;
};

const unsolvable = ({ what, field }: SystemName, why: string, found: string): SimError =>
  new SimError('method/failed', `The system of ${what} ${why}.`, [
    { path: `/params/${field}`, expected: 'a larger value, which makes the system easier to solve', found },
  ]);

/**
 * x with A x = b for a symmetric, positive definite A, given as a product, by conjugate gradients (Hestenes & Stiefel
 * 1952) until the residual is `tolerance` of b.
 *
 * @throws {SimError} method/failed if A is not positive definite, or `most` products are not enough
 */
export const solveByProducts = (
  product: (x: Float64Array) => Float64Array,
  b: ArrayLike<number>,
  system: SystemName,
  { tolerance = 1e-8, most = 1000 } = {},
): Float64Array => {
  const x = new Float64Array(b.length);
  const r = Float64Array.from(b);
  const p = r.slice();
  let square = dot(r, r);
  const goal = tolerance * tolerance * square;
  for (let i = 0; i < most && square > goal; i++) {
    const Ap = product(p);
    const curvature = dot(p, Ap);
    if (!(curvature > 0)) throw unsolvable(system, 'is singular: there is no unique solution', 'a singular system');
    const step = square / curvature;
    for (let j = 0; j < x.length; j++) {
      x[j] = (x[j] as number) + step * (p[j] as number);
      r[j] = (r[j] as number) - step * (Ap[j] as number);
    }
    const next = dot(r, r);
    for (let j = 0; j < p.length; j++) p[j] = (r[j] as number) + (next / square) * (p[j] as number);
    square = next;
  }
  if (square > goal) {
    const left = Math.sqrt(square / goal) * tolerance;
    throw unsolvable(system, `is not solved after ${most} products`, `a residual of ${left.toPrecision(2)}`);
  }
  return x;
};
