// One optimizer step of one lane: mask, clip, weight decay, update, restore. PyTorch's order and semantics.

const SGD = 0;
const MOMENTUM = 1;

/** The L2 norm of n numbers, a multiple of 4, summed in double precision. */
function norm(at: usize, n: i32): f64 {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  for (const end = at + (<usize>n << 2); at < end; at += 16) {
    const g = v128.load(at);
    const a = f64x2.promote_low_f32x4(g);
    const b = f64x2.promote_low_f32x4(i8x16.shuffle(g, g, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15));
    low = f64x2.add(low, f64x2.mul(a, a));
    high = f64x2.add(high, f64x2.mul(b, b));
  }
  const sum = f64x2.add(low, high);
  return Math.sqrt(f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
}

/** The gradient where the mask is 1, else 0; n is a multiple of 4. */
export function maskGradient(gradient: usize, mask: usize, n: i32): void {
  for (const end = gradient + (<usize>n << 2); gradient < end; gradient += 16, mask += 16) {
    v128.store(gradient, v128.and(v128.load(gradient), f32x4.gt(v128.load(mask), f32x4.splat(0))));
  }
}

/** Shortens the gradient to a largest norm. */
export function clipGradient(gradient: usize, n: i32, limit: f32): void {
  const factor = <f64>limit / (norm(gradient, n) + 1e-6);
  if (factor >= 1) return;
  const share = f32x4.splat(<f32>factor); // NaN goes on, so that the lane is seen to diverge
  for (const end = gradient + (<usize>n << 2); gradient < end; gradient += 16) {
    v128.store(gradient, f32x4.mul(v128.load(gradient), share));
  }
}

/**
 * Moves n weights, a multiple of 4, and their moments in place. `first` and `second` are the moments that the rule has.
 * `momentum` and `decay` may be 0. For Adam, `size` is the rate over the first bias correction, `root` the root of the
 * second one.
 */
export function update(
  rule: i32,
  n: i32,
  params: usize,
  gradient: usize,
  first: usize,
  second: usize,
  rate: f32,
  momentum: f32,
  decay: f32,
  beta1: f32,
  oneMinusBeta1: f32,
  beta2: f32,
  oneMinusBeta2: f32,
  root: f32,
  epsilon: f32,
): void {
  const rate4 = f32x4.splat(rate);
  const end = <usize>n << 2;
  for (let i: usize = 0; i < end; i += 16) {
    const p = v128.load(params + i);
    let g = v128.load(gradient + i);
    if (decay != 0) g = f32x4.add(g, f32x4.mul(p, f32x4.splat(decay)));
    let step: v128;
    if (rule == SGD) {
      step = g;
    } else if (rule == MOMENTUM) {
      step = f32x4.add(f32x4.mul(v128.load(first + i), f32x4.splat(momentum)), g);
      v128.store(first + i, step);
    } else {
      const squared = f32x4.mul(f32x4.mul(g, g), f32x4.splat(oneMinusBeta2));
      const m = f32x4.add(f32x4.mul(v128.load(first + i), f32x4.splat(beta1)), f32x4.mul(g, f32x4.splat(oneMinusBeta1)));
      const v = f32x4.add(f32x4.mul(v128.load(second + i), f32x4.splat(beta2)), squared);
      v128.store(first + i, m);
      v128.store(second + i, v);
      const denominator = f32x4.add(f32x4.div(f32x4.sqrt(v), f32x4.splat(root)), f32x4.splat(epsilon));
      step = f32x4.div(m, denominator);
    }
    v128.store(params + i, f32x4.sub(p, f32x4.mul(step, rate4)));
  }
}

/** Where the mask is 0: the numbers at `from`. With `from` 0: zeros. n numbers of one lane, any n. */
export function restore(at: usize, mask: usize, from: usize, n: i32): void {
  for (let i: usize = 0, end = <usize>n << 2; i < end; i += 4) {
    if (load<f32>(mask + i) == 0) store<f32>(at + i, from == 0 ? 0 : load<f32>(from + i));
  }
}
