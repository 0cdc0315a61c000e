// exp, log, tanh and the logistic function for four f32 at once, made of + - * / and bit operations only, so that
// every machine gives the same bits. Polynomials after Cephes (Moshier, single precision); within 3 ulp.

// Constants are read from memory: a literal costs several instructions at every use.
const F = memory.data<f32>([
  1.44269504088896341, // 0: log2 e
  12582912.0, // 1: 1.5 * 2^23, which rounds to whole numbers when added
  0.693359375, // 2: ln 2 to 9 bits, so that k times it is exact
  -2.1219444e-4, // 3: the rest of ln 2
  1.98756915e-4, // 4: e^r
  1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1,
  1.0, // 10
  89.0, // 11: e^x overflows
  -104.0, // 12: e^x is 0
  7.0376836292e-2, // 13: log (1 + m)
  -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1,
  -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
  0.5, // 22
  1.17549435e-38, // 23: the smallest normal number
  8388608.0, // 24: 2^23
  0.70710678118654752, // 25
  0.0, // 26
  40.0, // 27: twice where tanh is 1
  2.0, // 28
]);
const I = memory.data<i32>([
  127, // 0: exponent of 1
  0x4b400000, // 1: bits of 1.5 * 2^23
  126, // 2
  23, // 3
  0x007fffff, // 4: mantissa
  0x3f000000, // 5: bits of 1/2
  0x7f800000, // 6: bits of infinity
  0xff800000, // 7: bits of -infinity
  0x7fc00000, // 8: bits of NaN
  0x80000000, // 9: sign
  0x4b3fff81, // 10: bits of 1.5 * 2^23, less 127
]);

// @ts-ignore: decorator
@inline
function f(index: usize): v128 {
  return v128.load32_splat(F + (index << 2));
}
// @ts-ignore: decorator
@inline
function i(index: usize): v128 {
  return v128.load32_splat(I + (index << 2));
}
/** sum * x + the coefficient. */
// @ts-ignore: decorator
@inline
function horner(sum: v128, x: v128, index: usize): v128 {
  return f32x4.add(f32x4.mul(sum, x), f(index));
}
/** 2^k for whole k in [-126, 127], given as i32x4. */
// @ts-ignore: decorator
@inline
function powerOfTwo(k: v128): v128 {
  return i32x4.shl(i32x4.add(k, i(0)), 23);
}

/** x / ln 2 rounded, with the bits of a whole number in its low end. */
// @ts-ignore: decorator
@inline
function rounded(x: v128): v128 {
  return f32x4.add(f32x4.mul(x, f(0)), f(1));
}
/** e^(x - n ln 2) - 1 for n nearest to x / ln 2. */
// @ts-ignore: decorator
@inline
function reduced(x: v128, n: v128): v128 {
  const r = f32x4.sub(f32x4.sub(x, f32x4.mul(n, f(2))), f32x4.mul(n, f(3)));
  const square = f32x4.mul(r, r);
  const high = horner(f(4), r, 5);
  const middle = horner(f(6), r, 7);
  const low = horner(f(8), r, 9);
  const sum = f32x4.add(f32x4.mul(f32x4.add(f32x4.mul(high, square), middle), square), low);
  return f32x4.add(f32x4.mul(sum, square), r);
}

/** e^x: 0 below -104, Infinity above 88.8, NaN of NaN. */
// @ts-ignore: decorator
@inline
export function exp4(at: v128): v128 {
  const x = f32x4.pmax(f32x4.pmin(at, f(11)), f(12));
  const t = rounded(x);
  const k = i32x4.sub(t, i(1));
  // In two halves: 2^128 and 2^-150 are no normal numbers.
  const half = i32x4.shr_s(k, 1);
  const value = f32x4.mul(f32x4.add(reduced(x, f32x4.sub(t, f(1))), f(10)), powerOfTwo(half));
  return f32x4.mul(value, powerOfTwo(i32x4.sub(k, half)));
}

/** Natural logarithm: -Infinity at 0, NaN below. */
// @ts-ignore: decorator
@inline
export function log4(x: v128): v128 {
  const tiny = f32x4.lt(x, f(23));
  const lifted = v128.bitselect(f32x4.mul(x, f(24)), x, tiny); // 2^23 makes subnormals normal
  // The exponent and a mantissa in [1/2, 1).
  let e = i32x4.sub(i32x4.shr_u(lifted, 23), i(2));
  e = i32x4.sub(e, v128.and(tiny, i(3)));
  let m = v128.or(v128.and(lifted, i(4)), i(5));
  const low = f32x4.lt(m, f(25));
  const k = f32x4.convert_i32x4_s(i32x4.add(e, low)); // a true lane is -1
  m = f32x4.sub(f32x4.add(m, v128.and(m, low)), f(10));
  const square = f32x4.mul(m, m);
  let sum = horner(f(13), m, 14);
  sum = horner(sum, m, 15);
  sum = horner(sum, m, 16);
  sum = horner(sum, m, 17);
  sum = horner(sum, m, 18);
  sum = horner(sum, m, 19);
  sum = horner(sum, m, 20);
  sum = horner(sum, m, 21);
  let y = f32x4.mul(f32x4.mul(sum, m), square);
  y = f32x4.add(y, f32x4.mul(k, f(3)));
  y = f32x4.sub(y, f32x4.mul(f(22), square));
  y = f32x4.add(f32x4.add(m, y), f32x4.mul(k, f(2)));
  y = v128.bitselect(x, y, f32x4.eq(x, i(6)));
  y = v128.bitselect(i(7), y, f32x4.eq(x, f(26)));
  const bad = v128.or(f32x4.lt(x, f(26)), f32x4.ne(x, x));
  return v128.bitselect(i(8), y, bad);
}

/** tanh |x| = m / (m + 2) with m = e^2|x| - 1, which is exact near 0 too; with the sign of x. */
// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const size = f32x4.abs(x);
  const double = f32x4.pmin(f32x4.add(size, size), f(27));
  const t = rounded(double);
  const scale = i32x4.shl(i32x4.sub(t, i(10)), 23);
  const rest = f32x4.mul(reduced(double, f32x4.sub(t, f(1))), scale);
  const m = f32x4.add(rest, f32x4.sub(scale, f(10)));
  return v128.or(f32x4.div(m, f32x4.add(m, f(28))), v128.and(x, i(9)));
}

/** 1 / (1 + e^-x), by e^-|x| so that nothing overflows and both tails are exact. */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  const e = exp4(v128.or(x, i(9))); // -|x|
  const top = v128.bitselect(e, f(10), f32x4.lt(x, f(26)));
  return f32x4.div(top, f32x4.add(f(10), e));
}
