import type { Dataset } from '../../engine/contracts/dataset.ts';

/** Data as the page draws it: [N * 2] each, x before y. */
export interface Projection {
  readonly train: Float32Array;
  readonly test: Float32Array;
  /** Whether the coordinates are not the inputs themselves. */
  readonly projected: boolean;
}

/** Mean of each input over the rows: [D]. */
const meanOf = (x: Float32Array, inputs: number): Float64Array => {
  const mean = new Float64Array(inputs);
  const n = x.length / inputs;
  for (let i = 0; i < x.length; i++) mean[i % inputs] = (mean[i % inputs] as number) + (x[i] as number) / n;
  return mean;
};

/** Covariance of the rows: D rows of [D]. */
const covarianceOf = (x: Float32Array, mean: Float64Array): Float64Array[] => {
  const inputs = mean.length;
  const n = x.length / inputs;
  const covariance = Array.from({ length: inputs }, () => new Float64Array(inputs));
  const centered = new Float64Array(inputs);
  for (let row = 0; row < n; row++) {
    for (let d = 0; d < inputs; d++) centered[d] = (x[row * inputs + d] as number) - (mean[d] as number);
    covariance.forEach((line, a) => {
      const factor = (centered[a] as number) / n;
      for (let b = 0; b < inputs; b++) line[b] = (line[b] as number) + factor * (centered[b] as number);
    });
  }
  return covariance;
};

/** Turns entries p and q of a vector by an angle of the given cosine and sine. */
const turn = (vector: Float64Array, p: number, q: number, cosine: number, sine: number): void => {
  const [a, b] = [vector[p] as number, vector[q] as number];
  vector[p] = cosine * a - sine * b;
  vector[q] = sine * a + cosine * b;
};

const MAX_SWEEPS = 60;

/**
 * Eigenvalues [D] and eigenvectors (D rows of [D]) of a symmetric matrix, by cyclic Jacobi rotations: only
 * + - * / and square roots, so the same everywhere.
 */
const eigen = (symmetric: readonly Float64Array[]): { values: number[]; vectors: Float64Array[] } => {
  const size = symmetric.length;
  const matrix = symmetric.map((line) => line.slice());
  const vectors = matrix.map((_, d) => Float64Array.from({ length: size }, (_, e) => (d === e ? 1 : 0)));
  const at = (p: number, q: number) => matrix[p]?.[q] as number;
  const negligible = 1e-16 * symmetric.reduce((trace, line, d) => trace + (line[d] as number), 0);
  for (let sweep = 0, isDone = false; sweep < MAX_SWEEPS && !isDone; sweep++) {
    isDone = true;
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        if (Math.abs(at(p, q)) <= negligible) continue;
        isDone = false;
        const theta = (at(q, q) - at(p, p)) / (2 * at(p, q));
        const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const cosine = 1 / Math.sqrt(tangent * tangent + 1);
        const sine = tangent * cosine;
        for (const line of matrix) turn(line, p, q, cosine, sine);
        for (let d = 0; d < size; d++) {
          const [a, b] = [at(p, d), at(q, d)];
          (matrix[p] as Float64Array)[d] = cosine * a - sine * b;
          (matrix[q] as Float64Array)[d] = sine * a + cosine * b;
        }
        for (const line of vectors) turn(line, p, q, cosine, sine);
      }
    }
  }
  const columns = matrix.map((_, q) => Float64Array.from(vectors, (line) => line[q] as number));
  return { values: matrix.map((_, d) => at(d, d)), vectors: columns };
};

/** The direction or its opposite: the one whose largest loading (the first of equals) is positive. */
const withFixedSign = (direction: Float64Array): Float64Array => {
  let largest = 0;
  for (const loading of direction) if (Math.abs(loading) > Math.abs(largest)) largest = loading;
  return largest < 0 ? direction.map((loading) => -loading) : direction;
};

/** The two directions in which the rows spread most, widest first: [D] each, of length 1. */
const principalDirections = (x: Float32Array, mean: Float64Array): Float64Array[] => {
  const { values, vectors } = eigen(covarianceOf(x, mean));
  const order = values.map((_, d) => d).sort((a, b) => (values[b] as number) - (values[a] as number) || a - b);
  return order.slice(0, 2).map((d) => withFixedSign(vectors[d] as Float64Array));
};

/**
 * A fixed two-dimensional picture of a data set: the inputs themselves if there are two, (x, 0) if there is
 * one, else the first two principal components of the training points, the same for train and test.
 */
export const project2d = ({ inputs, train, test }: Dataset): Projection => {
  if (inputs === 2) return { train: train.x, test: test.x, projected: false };
  if (inputs === 1) {
    const onAxis = (x: Float32Array) =>
      Float32Array.from({ length: 2 * x.length }, (_, i) => (i % 2 ? 0 : x[i / 2]) as number);
    return { train: onAxis(train.x), test: onAxis(test.x), projected: true };
  }
  const mean = meanOf(train.x, inputs);
  const directions = principalDirections(train.x, mean);
  const project = (x: Float32Array): Float32Array =>
    Float32Array.from({ length: (2 * x.length) / inputs }, (_, i) => {
      const direction = directions[i % 2] as Float64Array;
      const first = Math.floor(i / 2) * inputs;
      return direction.reduce((sum, loading, d) => sum + loading * ((x[first + d] as number) - (mean[d] as number)), 0);
    });
  return { train: project(train.x), test: project(test.x), projected: true };
};

const PADDING = 0.08;

/** The square that holds all points ([N * 2] each) with 8 % to spare on each side: [xMin, xMax, yMin, yMax]. */
export const extentOf = (...points: readonly Float32Array[]): readonly [number, number, number, number] => {
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const high = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const set of points) {
    set.forEach((value, i) => {
      low[i % 2] = Math.min(low[i % 2] as number, value);
      high[i % 2] = Math.max(high[i % 2] as number, value);
    });
  }
  const [left, bottom] = low as [number, number];
  const [right, top] = high as [number, number];
  if (left > right) return [-1, 1, -1, 1];
  const span = Math.max(right - left, top - bottom);
  const half = span > 0 ? span * (0.5 + PADDING) : 1;
  const [x, y] = [(left + right) / 2, (bottom + top) / 2];
  return [x - half, x + half, y - half, y + half];
};
