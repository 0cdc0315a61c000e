import { exp } from '../../engine/base/math.ts';

/** N rows of D features each, [N * D], with their classes [N]. */
export interface Features {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly width: number;
}

const ITERATIONS = 200;

/** Mean and inverse deviation of every feature; a feature that does not vary is left out by a factor of 0. */
const scalingOf = ({ x, y, width }: Features) => {
  const n = y.length;
  const mean = new Float64Array(width);
  const factor = new Float64Array(width);
  const each = (visit: (value: number, d: number) => void): void => {
    for (let i = 0; i < n * width; i++) visit(at(x, i), i % width);
  };
  each((value, d) => {
    mean[d] = at(mean, d) + value / n;
  });
  each((value, d) => {
    const gap = value - at(mean, d);
    factor[d] = at(factor, d) + (gap * gap) / n;
  });
  for (let d = 0; d < width; d++) factor[d] = at(factor, d) > 1e-12 ? 1 / Math.sqrt(at(factor, d)) : 0;
  return { mean, factor };
};

const at = (values: ArrayLike<number>, i: number): number => values[i] as number;

/**
 * A linear classifier on fixed features: softmax regression with the ridge ½ λ ‖W‖² on standardized features, by
 * accelerated gradient descent from zero (Nesterov), in double precision. It gives the class of rows of the same width.
 */
export const softmaxRegression = (
  train: Features,
  classes: number,
  ridge: number,
): ((x: ArrayLike<number>) => Int32Array) => {
  const { width: D, y } = train;
  const n = y.length;
  const { mean, factor } = scalingOf(train);
  const columns = D + 1; // the bias comes last
  const standardized = (x: ArrayLike<number>): Float64Array => {
    const rows = x.length / D;
    const out = new Float64Array(rows * columns).fill(1);
    for (let i = 0; i < rows; i++) {
      for (let d = 0; d < D; d++) out[i * columns + d] = (at(x, i * D + d) - at(mean, d)) * at(factor, d);
    }
    return out;
  };
  const scoresOf = (features: Float64Array, row: number, weights: Float64Array, out: Float64Array): void => {
    for (let c = 0; c < classes; c++) {
      let sum = 0;
      for (let d = 0; d < columns; d++) sum += at(features, row * columns + d) * at(weights, c * columns + d);
      out[c] = sum;
    }
  };

  const features = standardized(train.x);
  const scores = new Float64Array(classes);
  const gradientAt = (weights: Float64Array): Float64Array => {
    const gradient = new Float64Array(classes * columns);
    for (let i = 0; i < n; i++) {
      scoresOf(features, i, weights, scores);
      const top = scores.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
      let total = 0;
      for (let c = 0; c < classes; c++) {
        scores[c] = exp(at(scores, c) - top);
        total += at(scores, c);
      }
      for (let c = 0; c < classes; c++) {
        const slope = (at(scores, c) / total - (at(y, i) === c ? 1 : 0)) / n;
        for (let d = 0; d < columns; d++) {
          gradient[c * columns + d] = at(gradient, c * columns + d) + slope * at(features, i * columns + d);
        }
      }
    }
    for (let c = 0; c < classes; c++) {
      for (let d = 0; d < D; d++) {
        gradient[c * columns + d] = at(gradient, c * columns + d) + ridge * at(weights, c * columns + d);
      }
    }
    return gradient;
  };

  // The curvature is at most half the largest eigenvalue of the second moments, found by power iteration, plus the ridge.
  let direction = Float64Array.from({ length: columns }, (_, d) => 1 + (d % 7) / 7);
  let largest = 1;
  for (let round = 0; round < 20; round++) {
    const next = new Float64Array(columns);
    for (let i = 0; i < n; i++) {
      let product = 0;
      for (let d = 0; d < columns; d++) product += at(features, i * columns + d) * at(direction, d);
      for (let d = 0; d < columns; d++) next[d] = at(next, d) + (product * at(features, i * columns + d)) / n;
    }
    largest = Math.sqrt(next.reduce((sum, value) => sum + value * value, 0));
    direction = next.map((value) => value / Math.max(largest, 1e-300));
  }
  const rate = 1 / (0.5 * 1.05 * largest + ridge);
  let weights = new Float64Array(classes * columns);
  let ahead = weights;
  for (let t = 0; t < ITERATIONS; t++) {
    const gradient = gradientAt(ahead);
    const next = ahead.map((value, i) => value - rate * at(gradient, i));
    const push = t / (t + 3);
    const before = weights;
    ahead = next.map((value, i) => value + push * (value - at(before, i)));
    weights = next;
  }

  return (x) => {
    const rows = standardized(x);
    return Int32Array.from({ length: rows.length / columns }, (_, row) => {
      scoresOf(rows, row, weights, scores);
      let best = 0;
      for (let c = 1; c < classes; c++) if (at(scores, c) > at(scores, best)) best = c;
      return best;
    });
  };
};
