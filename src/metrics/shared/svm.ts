import { exp } from '../../engine/base/math.ts';
import { squared } from '../../engine/contracts/metric.ts';

/** A binary support vector machine with a radial kernel, for attacks that want one. */
export interface Svm {
  /** Above zero: the positive class. `x`: one row. */
  readonly decide: (x: readonly number[]) => number;
}

export interface SvmOptions {
  /** The cost of a point on the wrong side. */
  readonly cost: number;
  /** exp(-gamma ‖a - b‖²) */
  readonly gamma: number;
}

/** How far the optimality conditions may be missed. */
const TOLERANCE = 1e-4;
const MOST_STEPS = 20_000;

/**
 * Trains on rows of equal length by sequential minimal optimization, the pair of most violation first (Platt 1998;
 * Fan, Chen, Lin 2005). Deterministic. O(n²) memory: meant for a few hundred rows.
 *
 * @param isPositive the class of each row; both must occur
 */
export const trainSvm = (
  rows: readonly (readonly number[])[],
  isPositive: readonly boolean[],
  { cost, gamma }: SvmOptions,
): Svm => {
  const n = rows.length;
  const kernel = (a: readonly number[], b: readonly number[]): number => {
    let sum = 0;
    for (let d = 0; d < a.length; d++) sum += squared((a[d] as number) - (b[d] as number));
    return exp(-gamma * sum);
  };
  const K = Float64Array.from({ length: n * n }, (_, at) =>
    kernel(rows[Math.floor(at / n)] as readonly number[], rows[at % n] as readonly number[]),
  );
  const y = Float64Array.from(isPositive, (positive) => (positive ? 1 : -1));
  const alpha = new Float64Array(n);
  /** Of ½ αᵀQα - Σα by α. */
  const gradient = new Float64Array(n).fill(-1);
  const mayGrow = (i: number): boolean => (y[i] === 1 ? (alpha[i] as number) < cost : (alpha[i] as number) > 0);
  const mayFall = (i: number): boolean => (y[i] === 1 ? (alpha[i] as number) > 0 : (alpha[i] as number) < cost);

  let [highest, lowest] = [0, 0];
  for (let step = 0; step < MOST_STEPS; step++) {
    let [up, down] = [-1, -1];
    highest = Number.NEGATIVE_INFINITY;
    lowest = Number.POSITIVE_INFINITY;
    for (let i = 0; i < n; i++) {
      const slope = -(y[i] as number) * (gradient[i] as number);
      if (slope > highest && mayGrow(i)) {
        highest = slope;
        up = i;
      }
      if (slope < lowest && mayFall(i)) {
        lowest = slope;
        down = i;
      }
    }
    if (highest - lowest < TOLERANCE || up < 0 || down < 0) break;
    const curvature = Math.max(1e-12, 2 - 2 * (K[up * n + down] as number));
    // How far both may go: α_up by y_up t, α_down by -y_down t.
    const room = (i: number, sign: number): number =>
      (y[i] as number) * sign > 0 ? cost - (alpha[i] as number) : (alpha[i] as number);
    const t = Math.min((highest - lowest) / curvature, room(up, 1), room(down, -1));
    alpha[up] = (alpha[up] as number) + (y[up] as number) * t;
    alpha[down] = (alpha[down] as number) - (y[down] as number) * t;
    for (let i = 0; i < n; i++) {
      const change = t * ((K[i * n + up] as number) - (K[i * n + down] as number));
      gradient[i] = (gradient[i] as number) + (y[i] as number) * change;
    }
  }
  const bias = (highest + lowest) / 2;
  return {
    decide: (x) => {
      let sum = bias;
      for (let i = 0; i < n; i++) {
        if (alpha[i] !== 0) sum += (alpha[i] as number) * (y[i] as number) * kernel(rows[i] as readonly number[], x);
      }
      return sum;
    },
  };
};
