/**
 * exp, log, sin and cos made of + - * / and bit operations only. `Math.exp` and its kin differ in the last
 * bit between JavaScript engines and versions; these do not, so data and metrics are the same everywhere.
 * Double precision, relative error below 1e-15 over the ranges given.
 */

const LN2_HIGH = 0.6931471803691238; // ln 2 to 33 bits, so that k * LN2_HIGH is exact
const LN2_LOW = 1.9082149292705877e-10; // the rest of ln 2

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
double[0] = 1;
/** Index of the high word: 1 on little-endian machines. */
const HIGH = words[1] === 0 ? 0 : 1;

const LEAST_EXPONENT = -1022;
/** 2^k for every k that a normal number has: a table, since exp is called for every row of a step. */
const POWERS = new Float64Array(1023 - LEAST_EXPONENT + 1);
for (let k = LEAST_EXPONENT; k <= 1023; k++) {
  words[HIGH] = (k + 1023) << 20;
  words[1 - HIGH] = 0;
  POWERS[k - LEAST_EXPONENT] = double[0] as number;
}
const powerOfTwo = (k: number): number => POWERS[k - LEAST_EXPONENT] as number;

/** 1/n!: the Taylor coefficients. */
const inverseFactorial: number[] = [1];
for (let n = 1; n <= 17; n++) inverseFactorial.push((inverseFactorial[n - 1] as number) / n);

type Coefficients = readonly [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];
const [, , C2, C3, C4, C5, C6, C7, C8, C9, C10, C11, C12, C13] = inverseFactorial as readonly number[] as Coefficients;

/** e^x. Infinity above 709.78, 0 below -745.1; NaN stays NaN. */
export const exp = (x: number): number => {
  if (!(x > -745.1332191019412)) return x < 0 ? 0 : Number.NaN;
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const r = x - k * LN2_HIGH - k * LN2_LOW; // in [-ln2/2, ln2/2]
  const high = (((((C13 * r + C12) * r + C11) * r + C10) * r + C9) * r + C8) * r + C7;
  const sum = ((((((high * r + C6) * r + C5) * r + C4) * r + C3) * r + C2) * r + 1) * r + 1;
  if (k > 1023) return sum * powerOfTwo(k - 1) * 2;
  if (k < -1022) return sum * powerOfTwo(k + 60) * powerOfTwo(-60);
  return sum * powerOfTwo(k);
};

/** 1 / (1 + e^-x), accurate in both tails. */
export const sigmoid = (x: number): number => {
  const e = exp(-Math.abs(x));
  return (x < 0 ? e : 1) / (1 + e);
};

/** tanh, exact at 0 and within 1. */
export const tanh = (x: number): number => 2 * sigmoid(2 * x) - 1;

/** log(1 + e^x), accurate in both tails. */
export const softplus = (x: number): number => {
  const e = exp(-Math.abs(x)); // in [0, 1]
  const whole = 1 + e;
  // What the sum has rounded away counts where e is small.
  const tail = whole === 1 ? e : (log(whole) * e) / (whole - 1);
  return (x > 0 ? x : 0) + tail;
};

/** base^exponent for base >= 0; 0^0 is 1. */
export const power = (base: number, exponent: number): number => {
  if (base > 0) return exp(exponent * log(base));
  return exponent === 0 ? 1 : 0;
};

/** Natural logarithm. -Infinity at 0, NaN below. */
export const log = (x: number): number => {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  let k = 0;
  let value = x;
  if (value < 2.2250738585072014e-308) {
    value *= 18014398509481984; // 2^54 lifts a subnormal into the normal range
    k = -54;
  }
  double[0] = value;
  k += ((words[HIGH] as number) >>> 20) - 1023;
  words[HIGH] = ((words[HIGH] as number) & 0x000fffff) | 0x3ff00000;
  let m = double[0] as number; // x = m * 2^k, m in [1, 2)
  if (m > Math.SQRT2) {
    m /= 2;
    k += 1;
  }
  const s = (m - 1) / (m + 1); // log m = 2 artanh s, |s| < 0.172
  const square = s * s;
  let sum = 0;
  for (let n = 23; n >= 3; n -= 2) sum = (sum + 1 / n) * square;
  return k * LN2_HIGH + (2 * s + (2 * s * sum + k * LN2_LOW));
};

// pi/2 in three parts: the first two have 33 bits, so that k times them is exact.
const PI_HALF_HIGH = 1.5707963267341256;
const PI_HALF_MIDDLE = 6.077100506303966e-11;
const PI_HALF_LOW = 2.0222662487959506e-21;

/** The quadrant of an angle (0..3) and what is left of it, in [-pi/4, pi/4]. */
const reduceAngle = (x: number): readonly [number, number] => {
  const k = Math.floor(x / (Math.PI / 2) + 0.5);
  return [((k % 4) + 4) % 4, x - k * PI_HALF_HIGH - k * PI_HALF_MIDDLE - k * PI_HALF_LOW];
};
const seriesFrom = (first: number, r: number): number => {
  const square = r * r;
  let sum = 0;
  for (let n = first + 16; n >= first; n -= 2) {
    const sign = ((n - first) / 2) % 2 === 0 ? 1 : -1;
    sum = sum * square + sign * (inverseFactorial[n] as number);
  }
  return sum;
};
const sinSmall = (r: number): number => r * seriesFrom(1, r);
const cosSmall = (r: number): number => seriesFrom(0, r);

/** Sine of an angle in radians, |x| up to 1e5. */
export const sin = (x: number): number => {
  const [quadrant, r] = reduceAngle(x);
  if (quadrant === 0) return sinSmall(r);
  if (quadrant === 1) return cosSmall(r);
  return quadrant === 2 ? -sinSmall(r) : -cosSmall(r);
};

/** Cosine of an angle in radians, |x| up to 1e5. */
export const cos = (x: number): number => {
  const [quadrant, r] = reduceAngle(x);
  if (quadrant === 0) return cosSmall(r);
  if (quadrant === 1) return -sinSmall(r);
  return quadrant === 2 ? -cosSmall(r) : sinSmall(r);
};
