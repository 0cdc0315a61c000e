import { foldIn, keyOf, uniform } from '../engine/random.ts';

/** What a band over seeds spans: all of them, the middle half, or where their mean may lie (bootstrap, 95 %). */
export const SPREADS = ['range', 'iqr', 'bootstrap'] as const;
export type Spread = (typeof SPREADS)[number];

const RESAMPLES = 200;
const OUTSIDE = 0.025;

/** The same draws with replacement for every sample of n: tables of indices, [RESAMPLES * n]. */
const tables = new Map<number, Int32Array>();
const drawsOf = (n: number): Int32Array => {
  const known = tables.get(n);
  if (known) return known;
  const key = foldIn(keyOf(0), 'bootstrap', n);
  const table = Int32Array.from({ length: RESAMPLES * n }, (_, i) => Math.floor(uniform(key, i) * n));
  tables.set(n, table);
  return table;
};

/** A quantile between the two nearest of ascending values. */
const quantile = (sorted: ArrayLike<number>, share: number): number => {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const [a, b] = [sorted[below] as number, sorted[Math.min(sorted.length - 1, below + 1)] as number];
  return a + (at - below) * (b - a);
};

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The middle and both ends of a band; `sorted` ascends and is not empty. The middle is the median, for bootstrap the mean. */
export const spreadOf = (
  sorted: readonly number[],
  spread: Spread,
): readonly [middle: number, low: number, high: number] => {
  const n = sorted.length;
  const median = quantile(sorted, 0.5);
  switch (spread) {
    case 'range':
      return [median, sorted[0] as number, sorted[n - 1] as number];
    case 'iqr':
      return [median, quantile(sorted, 0.25), quantile(sorted, 0.75)];
    case 'bootstrap': {
      const draws = drawsOf(n);
      const means = new Float64Array(RESAMPLES);
      for (let i = 0; i < draws.length; i++) {
        const at = Math.floor(i / n);
        means[at] = (means[at] as number) + (sorted[draws[i] as number] as number) / n;
      }
      means.sort();
      return [meanOf(sorted), quantile(means, OUTSIDE), quantile(means, 1 - OUTSIDE)];
    }
  }
};
