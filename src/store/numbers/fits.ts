/** A curve that was fitted to points by least squares. */
export interface Fit {
  /** y = rate * t + offset, or y = rate * log(1 + pace * t). */
  readonly rate: number;
  readonly offset: number;
  readonly pace: number;
  /** 1 less the part of the variance that is left over. */
  readonly r2: number;
}

interface Points {
  readonly t: readonly number[];
  readonly y: readonly number[];
}

const r2Of = (y: readonly number[], predicted: readonly number[]): number => {
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  const total = y.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const left = y.reduce((sum, value, i) => sum + (value - (predicted[i] as number)) ** 2, 0);
  return total === 0 ? Number.NaN : 1 - left / total;
};

/** The straight line nearest to the points; null for fewer than three. */
export const lineFit = ({ t, y }: Points): Fit | null => {
  const n = t.length;
  if (n < 3) return null;
  const meanT = t.reduce((a, b) => a + b, 0) / n;
  const meanY = y.reduce((a, b) => a + b, 0) / n;
  const spread = t.reduce((sum, value) => sum + (value - meanT) ** 2, 0);
  const product = t.reduce((sum, value, i) => sum + (value - meanT) * ((y[i] as number) - meanY), 0);
  const rate = product / spread;
  const offset = meanY - rate * meanT;
  const predicted = t.map((value) => rate * value + offset);
  return { rate, offset, pace: 0, r2: r2Of(y, predicted) };
};

/** y = rate * log(1 + pace * t) at one pace. */
const logFitAt = ({ t, y }: Points, pace: number): Fit => {
  const basis = t.map((value) => Math.log1p(pace * value));
  const square = basis.reduce((sum, b) => sum + b * b, 0);
  const rate = basis.reduce((sum, b, i) => sum + b * (y[i] as number), 0) / square;
  const predicted = basis.map((b) => rate * b);
  return { rate, offset: 0, pace, r2: r2Of(y, predicted) };
};

/** The logarithm through the origin nearest to the points, its pace searched between 1e-6 and 1e3; null for fewer than three. */
export const logFit = (points: Points): Fit | null => {
  if (points.t.length < 3 || points.t.every((value) => value === 0)) return null;
  let [low, high] = [-6, 3];
  for (let round = 0; round < 6; round++) {
    const width = (high - low) / 16;
    const tries = Array.from({ length: 17 }, (_, i) => low + i * width);
    const scores = tries.map((exponent) => logFitAt(points, 10 ** exponent).r2);
    const best = tries[scores.indexOf(Math.max(...scores))] ?? low;
    [low, high] = [best - width, best + width];
  }
  return logFitAt(points, 10 ** ((low + high) / 2));
};
