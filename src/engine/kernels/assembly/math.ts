// exp, log, tanh and the logistic function for four f32 at once, made of + - * / and bit operations only, so that
// every machine gives the same bits. Polynomials after Cephes (Moshier, single precision); within 2 ulp.

// @ts-ignore: decorator
@inline
const LN2_HIGH: f32 = 0.693359375; // 9 bits, so that k * LN2_HIGH is exact
// @ts-ignore: decorator
@inline
const LN2_LOW: f32 = -2.12194440e-4;

// @ts-ignore: decorator
@inline
function horner(sum: v128, x: v128, next: f32): v128 {
  return f32x4.add(f32x4.mul(sum, x), f32x4.splat(next));
}

/** 2^k for whole k in [-126, 127], given as i32x4. */
// @ts-ignore: decorator
@inline
function powerOfTwo(k: v128): v128 {
  return i32x4.shl(i32x4.add(k, i32x4.splat(127)), 23);
}

/** e^x: 0 below -104, Infinity above 88.8, NaN of NaN. */
export function exp4(x: v128): v128 {
  x = f32x4.max(f32x4.min(x, f32x4.splat(89.0)), f32x4.splat(-104.0));
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504088896341)));
  let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(LN2_HIGH)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(LN2_LOW)));
  let sum = f32x4.splat(1.9875691500e-4);
  sum = horner(sum, r, 1.3981999507e-3);
  sum = horner(sum, r, 8.3334519073e-3);
  sum = horner(sum, r, 4.1665795894e-2);
  sum = horner(sum, r, 1.6666665459e-1);
  sum = horner(sum, r, 5.0000001201e-1);
  sum = f32x4.add(f32x4.add(f32x4.mul(sum, f32x4.mul(r, r)), r), f32x4.splat(1.0));
  // In two halves: 2^128 and 2^-150 are no normal numbers.
  const k = i32x4.trunc_sat_f32x4_s(n);
  const half = i32x4.shr_s(k, 1);
  return f32x4.mul(f32x4.mul(sum, powerOfTwo(half)), powerOfTwo(i32x4.sub(k, half)));
}

/** Natural logarithm: -Infinity at 0, NaN below. */
export function log4(x: v128): v128 {
  const tiny = f32x4.lt(x, f32x4.splat(1.17549435e-38));
  const lifted = v128.bitselect(f32x4.mul(x, f32x4.splat(8388608.0)), x, tiny); // 2^23 makes subnormals normal
  // The exponent and a mantissa in [1/2, 1).
  let e = i32x4.sub(i32x4.shr_u(lifted, 23), i32x4.splat(126));
  e = i32x4.sub(e, v128.and(tiny, i32x4.splat(23)));
  let m = v128.or(v128.and(lifted, i32x4.splat(0x007fffff)), i32x4.splat(0x3f000000));
  const low = f32x4.lt(m, f32x4.splat(0.707106781186547524));
  const k = f32x4.convert_i32x4_s(i32x4.add(e, low)); // a true lane is -1
  m = f32x4.sub(f32x4.add(m, v128.and(m, low)), f32x4.splat(1.0));
  const square = f32x4.mul(m, m);
  let sum = f32x4.splat(7.0376836292e-2);
  sum = horner(sum, m, -1.1514610310e-1);
  sum = horner(sum, m, 1.1676998740e-1);
  sum = horner(sum, m, -1.2420140846e-1);
  sum = horner(sum, m, 1.4249322787e-1);
  sum = horner(sum, m, -1.6668057665e-1);
  sum = horner(sum, m, 2.0000714765e-1);
  sum = horner(sum, m, -2.4999993993e-1);
  sum = horner(sum, m, 3.3333331174e-1);
  let y = f32x4.mul(f32x4.mul(sum, m), square);
  y = f32x4.add(y, f32x4.mul(k, f32x4.splat(LN2_LOW)));
  y = f32x4.sub(y, f32x4.mul(f32x4.splat(0.5), square));
  y = f32x4.add(f32x4.add(m, y), f32x4.mul(k, f32x4.splat(LN2_HIGH)));
  const infinity = f32x4.splat(Infinity);
  y = v128.bitselect(x, y, f32x4.eq(x, infinity));
  y = v128.bitselect(f32x4.neg(infinity), y, f32x4.eq(x, f32x4.splat(0)));
  const bad = v128.or(f32x4.lt(x, f32x4.splat(0)), f32x4.ne(x, x));
  return v128.bitselect(f32x4.splat(NaN), y, bad);
}

/** tanh x: a polynomial near 0, elsewhere 1 - 2 / (e^2|x| + 1). */
export function tanh4(x: v128): v128 {
  const size = f32x4.abs(x);
  const square = f32x4.mul(x, x);
  let near = f32x4.splat(-5.70498872745e-3);
  near = horner(near, square, 2.06390887954e-2);
  near = horner(near, square, -5.37397155531e-2);
  near = horner(near, square, 1.33314422036e-1);
  near = horner(near, square, -3.33332819422e-1);
  near = f32x4.add(f32x4.mul(f32x4.mul(near, square), x), x);
  const one = f32x4.splat(1.0);
  const far = f32x4.sub(one, f32x4.div(f32x4.splat(2.0), f32x4.add(exp4(f32x4.add(size, size)), one)));
  const signed = v128.or(far, v128.and(x, i32x4.splat(0x80000000)));
  return v128.bitselect(near, signed, f32x4.lt(size, f32x4.splat(0.625)));
}

/** 1 / (1 + e^-x), by e^-|x| so that nothing overflows and both tails are exact. */
export function sigmoid4(x: v128): v128 {
  const one = f32x4.splat(1.0);
  const e = exp4(f32x4.neg(f32x4.abs(x)));
  const top = v128.bitselect(e, one, f32x4.lt(x, f32x4.splat(0)));
  return f32x4.div(top, f32x4.add(one, e));
}
