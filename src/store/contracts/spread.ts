import { foldIn, keyOf } from '../../engine/base/random.ts';
import { bootstrapInterval, quantileOf, resample } from '../../engine/base/statistics.ts';

/** What a band over seeds spans: all of them, the middle half, or where their mean may lie (bootstrap, 95 %). */
export const SPREADS = ['range', 'iqr', 'bootstrap'] as const;
export type Spread = (typeof SPREADS)[number];

const RESAMPLES = 200;
const CONFIDENCE = 0.95;

/** The same draws with replacement for every sample of n. */
const tables = new Map<number, ReturnType<typeof resample>>();
const drawsOf = (n: number): ReturnType<typeof resample> => {
  const draws = tables.get(n) ?? resample(n, RESAMPLES, foldIn(keyOf(0), 'bootstrap', n));
  tables.set(n, draws);
  return draws;
};

/** The middle and both ends of a band; `sorted` ascends and is not empty. The middle is the median, for bootstrap the mean. */
export const spreadOf = (
  sorted: readonly number[],
  spread: Spread,
): readonly [middle: number, low: number, high: number] => {
  const median = quantileOf(sorted, 0.5);
  switch (spread) {
    case 'range':
      return [median, sorted[0] as number, sorted.at(-1) as number];
    case 'iqr':
      return [median, quantileOf(sorted, 0.25), quantileOf(sorted, 0.75)];
    case 'bootstrap': {
      const { mean, low, high } = bootstrapInterval(sorted, drawsOf(sorted.length), CONFIDENCE);
      return [mean, low, high];
    }
  }
};

/** Lowest, quarter, median, three quarters, highest. */
export const fiveNumbers = (values: Iterable<number>): readonly number[] => {
  const sorted = [...values].sort((a, b) => a - b);
  return [0, 0.25, 0.5, 0.75, 1].map((q) => quantileOf(sorted, q));
};
