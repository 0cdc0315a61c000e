/** The q-quantile of some numbers, linear between neighbors; NaN of none. */
const quantile = (values: readonly number[], q: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const at = q * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(at)] ?? Number.NaN, sorted[Math.ceil(at)] ?? Number.NaN];
  return low + (high - low) * (at - Math.floor(at));
};

/** Middle and quartiles. */
export interface Summary {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

export const summarize = (values: readonly number[]): Summary => ({
  median: quantile(values, 0.5),
  low: quantile(values, 0.25),
  high: quantile(values, 0.75),
});

/** How many times larger `a` is than `b`, pair by pair: what one repetition measured one after the other. */
export const ratios = (a: readonly number[], b: readonly number[]): number[] =>
  a.slice(0, b.length).map((value, i) => value / (b[i] as number));

/**
 * The exponent p of time ~ size^p: the slope of log time against log size by least squares.
 *
 * @throws {RangeError} unless there are two different sizes and all numbers are positive
 */
export const exponent = (sizes: readonly number[], times: readonly number[]): number => {
  if (new Set(sizes).size < 2 || sizes.length !== times.length || ![...sizes, ...times].every((value) => value > 0)) {
    throw new RangeError('an exponent takes as many positive times as sizes, and two different sizes at least');
  }
  const [xs, ys] = [sizes.map(Math.log), times.map(Math.log)];
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x0, y0] = [mean(xs), mean(ys)];
  const covariance = mean(xs.map((x, i) => (x - x0) * ((ys[i] as number) - y0)));
  return covariance / mean(xs.map((x) => (x - x0) * (x - x0)));
};
