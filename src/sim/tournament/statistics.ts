import { exp, log } from '../../engine/base/math.ts';
import { type Key, uniform } from '../../engine/base/random.ts';
import { meanOf } from '../../engine/base/statistics.ts';

/** Continued fraction of the incomplete beta function, by the method of Lentz. */
const betaFraction = (x: number, a: number, b: number): number => {
  const TINY = 1e-300;
  const away = (value: number): number => (Math.abs(value) < TINY ? TINY : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m <= 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return h;
};

/** Γ((ν + 1)/2) / (Γ(ν/2) √π) for a whole number ν > 0: 1 / B(ν/2, 1/2). */
const inverseBeta = (freedom: number): number => {
  const isOdd = freedom % 2 === 1;
  let value = isOdd ? 1 / Math.PI : 1 / 2;
  for (let v = isOdd ? 1 : 2; v < freedom; v += 2) value *= (v + 1) / v;
  return value;
};

/** The probability that Student's t with ν degrees of freedom (a whole number) is at least as far from 0 as `t`. */
export const studentTail = (t: number, freedom: number): number => {
  if (Number.isNaN(t)) return Number.NaN;
  if (!Number.isFinite(t)) return 0;
  const t2 = t * t;
  const x = freedom / (freedom + t2);
  const y = t2 / (freedom + t2); // 1 - x without its cancellation
  if (y === 0) return 1;
  const a = freedom / 2;
  const front = inverseBeta(freedom) * exp(a * log(x) + log(y) / 2);
  // The fraction converges fast on one side only; the other follows by symmetry.
  return x < (a + 1) / (a + 2.5) ? (front * betaFraction(x, a, 0.5)) / a : 1 - (front * betaFraction(y, 0.5, a)) / 0.5;
};

/**
 * Two-sided p of the paired t-test: that differences with mean 0 come out as far from it as these. NaN of fewer than
 * two; differences that are all the same and not 0 give 0.
 */
export const pairedT = (differences: readonly number[]): number => {
  const n = differences.length;
  if (n < 2) return Number.NaN;
  const size = Math.max(...differences.map(Math.abs));
  if (size === 0) return 1;
  const scaled = differences.map((d) => d / size); // the square of a tiny number is no number
  const mean = meanOf(scaled);
  const variance = scaled.reduce((sum, d) => sum + (d - mean) * (d - mean), 0) / (n - 1);
  const isConstant = differences.every((d) => d === differences[0]);
  return isConstant ? 0 : studentTail(mean / Math.sqrt(variance / n), n - 1);
};

/** Up to this many differences every choice of signs is looked at. */
const MOST_EXACT = 14;
const DRAWN_SIGNS = 20_000;

/** The smallest p that the sign-flip test can give for n differences. */
export const smallestSignFlip = (n: number): number => (n <= MOST_EXACT ? 2 / (1 << n) : 1 / (DRAWN_SIGNS + 1));

/**
 * Two-sided p of the sign-flip permutation test: the share of all choices of signs whose mean is at least as far from 0.
 * Exact for up to 14 differences; of more, 20 000 choices are drawn from the key, and the one that was found is added.
 */
export const signFlip = (differences: readonly number[], key: Key): number => {
  const n = differences.length;
  if (n === 0) return Number.NaN;
  const size = differences.reduce((sum, d) => sum + Math.abs(d), 0);
  const found = Math.abs(differences.reduce((sum, d) => sum + d, 0));
  const isAsFar = (sum: number): boolean => Math.abs(sum) >= found - 1e-12 * size;
  let far = 0;
  if (n <= MOST_EXACT) {
    for (let signs = 0; signs < 1 << n; signs++) {
      if (isAsFar(differences.reduce((sum, d, i) => sum + ((signs >> i) & 1 ? d : -d), 0))) far++;
    }
    return far / (1 << n);
  }
  for (let draw = 0; draw < DRAWN_SIGNS; draw++) {
    if (isAsFar(differences.reduce((sum, d, i) => sum + (uniform(key, draw * n + i) < 0.5 ? d : -d), 0))) far++;
  }
  return (far + 1) / (DRAWN_SIGNS + 1);
};

/**
 * Holm's step-down correction: p-values that may be compared with the level although there are several of them. NaN stays
 * NaN and does not count.
 */
export const holm = (ps: readonly number[]): number[] => {
  const order = [...ps.keys()]
    .filter((i) => !Number.isNaN(ps[i]))
    .sort((a, b) => (ps[a] as number) - (ps[b] as number));
  const adjusted = ps.map(() => Number.NaN);
  let least = 0;
  order.forEach((i, rank) => {
    least = Math.max(least, Math.min(1, (ps[i] as number) * (order.length - rank)));
    adjusted[i] = least;
  });
  return adjusted;
};
