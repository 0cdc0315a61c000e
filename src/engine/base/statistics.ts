import { integer, type Key } from './random.ts';

/** Statistics of small samples: in closed form, by exact counting, or by draws that a key fixes. */

/**
 * Area under the ROC curve: P(positive > negative) + ½ P(equal) for one value of each, a fraction of 1.
 * NaN if a side is empty.
 */
export const areaUnderCurve = (positive: readonly number[], negative: readonly number[]): number => {
  const [n, m] = [positive.length, negative.length];
  if (n === 0 || m === 0) return Number.NaN;
  const a = [...positive].sort((x, y) => x - y);
  const b = [...negative].sort((x, y) => x - y);
  let wins = 0;
  let [below, upTo] = [0, 0];
  for (const value of a) {
    while (below < m && (b[below] as number) < value) below++;
    while (upTo < m && (b[upTo] as number) <= value) upTo++;
    wins += below + 0.5 * (upTo - below);
  }
  return wins / (n * m);
};

export interface TwoSamples {
  /** The largest distance between the two empirical distribution functions. */
  readonly statistic: number;
  /** How often two samples of one distribution lie at least so far apart. */
  readonly pValue: number;
}

/** The largest |i m - j n| over the merged samples: the Kolmogorov-Smirnov statistic times n m, a whole number. */
const largestGap = (a: readonly number[], b: readonly number[]): number => {
  const [n, m] = [a.length, b.length];
  let [i, j, largest] = [0, 0, 0];
  while (i < n && j < m) {
    const value = Math.min(a[i] as number, b[j] as number);
    while (i < n && a[i] === value) i++;
    while (j < m && b[j] === value) j++;
    largest = Math.max(largest, Math.abs(i * m - j * n));
  }
  return largest;
};

/**
 * The share of all orders in which n and m values of one distribution may come that have |i m - j n| >= gap somewhere:
 * the exact two-sided p-value (Hodges 1958). Counts upward, so that a tiny p-value keeps its digits.
 */
const shareOutside = (n: number, m: number, gap: number): number => {
  let row = new Float64Array(m + 1);
  for (let i = 0; i <= n; i++) {
    const next = new Float64Array(m + 1);
    for (let j = 0; j <= m; j++) {
      if (Math.abs(i * m - j * n) >= gap) next[j] = 1;
      else if (i + j > 0) {
        const above = i > 0 ? ((row[j] as number) * i) / (i + j) : 0;
        const left = j > 0 ? ((next[j - 1] as number) * j) / (i + j) : 0;
        next[j] = above + left;
      }
    }
    row = next;
  }
  return row[m] as number;
};

/** Two-sample Kolmogorov-Smirnov test, two-sided and exact; NaN if a side is empty. */
export const kolmogorovSmirnov = (first: readonly number[], second: readonly number[]): TwoSamples => {
  const [n, m] = [first.length, second.length];
  if (n === 0 || m === 0) return { statistic: Number.NaN, pValue: Number.NaN };
  const gap = largestGap(
    [...first].sort((x, y) => x - y),
    [...second].sort((x, y) => x - y),
  );
  return { statistic: gap / (n * m), pValue: gap === 0 ? 1 : shareOutside(n, m, gap) };
};

/** Harmonic mean of numbers that are not below zero; 0 if one of them is 0, NaN for none. */
export const harmonicMean = (values: readonly number[]): number =>
  values.length === 0 ? Number.NaN : values.length / values.reduce((sum, value) => sum + 1 / value, 0);

/** Mean of those that exist; NaN if none does. */
export const meanOfKnown = (values: readonly number[]): number => {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
};

/** The area that points in the plane dominate above (0, 0), both coordinates being better when larger. */
export const hypervolume = (points: readonly (readonly [number, number])[]): number => {
  const sorted = points.filter(([x, y]) => x > 0 && y > 0).sort(([ax, ay], [bx, by]) => bx - ax || by - ay);
  let [area, height] = [0, 0];
  for (const [x, y] of sorted) {
    if (y <= height) continue;
    area += x * (y - height);
    height = y;
  }
  return area;
};

/** An estimate with the ends of its interval. */
export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** The mean of some numbers; NaN of none. */
export const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;

/** The q-quantile of ascending numbers, linear between neighbors (type 7 of Hyndman and Fan); NaN of none. */
export const quantileOf = (sorted: ArrayLike<number>, q: number): number => {
  const at = q * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(at)] ?? Number.NaN, sorted[Math.ceil(at)] ?? Number.NaN];
  return low === high ? low : low + (high - low) * (at - Math.floor(at));
};

/** The middle value, or the mean of the two in the middle; NaN without any. */
export const medianOf = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
};

/** Draws with replacement of 0..n-1, `count` times. The same draws for every method make its intervals paired. */
export const resample = (n: number, count: number, key: Key): readonly (readonly number[])[] =>
  Array.from({ length: count }, (_, b) => Array.from({ length: n }, (__, i) => integer(key, b * n + i, n)));

/**
 * The percentile bootstrap interval of a mean (Efron). Of few numbers it is narrower than it says: of five, an interval
 * of 95 % covers about 83 % of the time (docs/tournament.md). Of one number it is that number.
 */
export const bootstrapInterval = (
  values: readonly number[],
  draws: readonly (readonly number[])[],
  confidence: number,
): Interval => {
  const means = new Float64Array(draws.length);
  for (const [b, draw] of draws.entries()) {
    let sum = 0;
    for (const i of draw) sum += values[i] as number;
    means[b] = sum / draw.length;
  }
  means.sort();
  const tail = (1 - confidence) / 2;
  return { mean: meanOf(values), low: quantileOf(means, tail), high: quantileOf(means, 1 - tail) };
};
