// A layer of one output without biases: matrix by vector and back. The general product would spend three quarters of its
// work on padding. Rows of x are not padded; each sum has one order, whatever the blocking.

// @ts-ignore: decorator
@inline
function madd(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
}

/** Writes a logit and three zeros: the sum of four partial sums and of the numbers that do not fill a vector. */
// @ts-ignore: decorator
@inline
function finish(sum: v128, x: usize, w: usize, left: i32, out: usize): void {
  const pairs = f32x4.add(sum, v128.shuffle<i32>(sum, sum, 2, 3, 0, 1));
  let z = f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
  for (let i = 0; i < left; i++) z += load<f32>(x + (<usize>i << 2)) * load<f32>(w + (<usize>i << 2));
  v128.store(out, f32x4.replace_lane(f32x4.splat(0), 0, z));
}

/**
 * out[i] = (x_i w, 0, 0, 0) for rows of x, `row` bytes apart; w has n numbers side by side. Two sums for each row: one would
 * wait for its own last addition.
 */
export function dotRows(rows: i32, n: i32, x: usize, row: usize, w: usize, out: usize): void {
  const left = n & 3;
  const end = w + (<usize>(n & ~3) << 2);
  const pairs = w + (<usize>(n & ~7) << 2);
  let i = 0;
  for (; i + 4 <= rows; i += 4) {
    let x0 = x;
    let x1 = x0 + row;
    let x2 = x1 + row;
    let x3 = x2 + row;
    let s0 = f32x4.splat(0);
    let t0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    let t1 = f32x4.splat(0);
    let s2 = f32x4.splat(0);
    let t2 = f32x4.splat(0);
    let s3 = f32x4.splat(0);
    let t3 = f32x4.splat(0);
    let at = w;
    for (; at < pairs; at += 32) {
      const v = v128.load(at);
      const u = v128.load(at, 16);
      s0 = madd(s0, v128.load(x0), v);
      t0 = madd(t0, v128.load(x0, 16), u);
      s1 = madd(s1, v128.load(x1), v);
      t1 = madd(t1, v128.load(x1, 16), u);
      s2 = madd(s2, v128.load(x2), v);
      t2 = madd(t2, v128.load(x2, 16), u);
      s3 = madd(s3, v128.load(x3), v);
      t3 = madd(t3, v128.load(x3, 16), u);
      x0 += 32;
      x1 += 32;
      x2 += 32;
      x3 += 32;
    }
    if (at < end) {
      const v = v128.load(at);
      s0 = madd(s0, v128.load(x0), v);
      s1 = madd(s1, v128.load(x1), v);
      s2 = madd(s2, v128.load(x2), v);
      s3 = madd(s3, v128.load(x3), v);
      x0 += 16;
      x1 += 16;
      x2 += 16;
      x3 += 16;
    }
    finish(f32x4.add(s0, t0), x0, end, left, out);
    finish(f32x4.add(s1, t1), x1, end, left, out + 16);
    finish(f32x4.add(s2, t2), x2, end, left, out + 32);
    finish(f32x4.add(s3, t3), x3, end, left, out + 48);
    x += 4 * row;
    out += 64;
  }
  for (; i < rows; i++) {
    let x0 = x;
    let s0 = f32x4.splat(0);
    let t0 = f32x4.splat(0);
    let at = w;
    for (; at < pairs; at += 32) {
      const v = v128.load(at);
      const u = v128.load(at, 16);
      s0 = madd(s0, v128.load(x0), v);
      t0 = madd(t0, v128.load(x0, 16), u);
      x0 += 32;
    }
    if (at < end) {
      const v = v128.load(at);
      s0 = madd(s0, v128.load(x0), v);
      x0 += 16;
    }
    finish(f32x4.add(s0, t0), x0, end, left, out);
    x += row;
    out += 16;
  }
}

/** g += the sum over the rows of delta_i x_i; deltas are four numbers apart. */
export function addRows(rows: i32, n: i32, x: usize, row: usize, delta: usize, g: usize): void {
  const whole = <usize>(n & ~3) << 2;
  const end = g + whole;
  const last = g + (<usize>n << 2);
  let i = 0;
  for (; i + 4 <= rows; i += 4) {
    const d0 = v128.load32_splat(delta);
    const d1 = v128.load32_splat(delta, 16);
    const d2 = v128.load32_splat(delta, 32);
    const d3 = v128.load32_splat(delta, 48);
    let x0 = x;
    let x1 = x0 + row;
    let x2 = x1 + row;
    let x3 = x2 + row;
    for (let at = g; at < end; at += 16) {
      let s = madd(v128.load(at), v128.load(x0), d0);
      s = madd(s, v128.load(x1), d1);
      s = madd(s, v128.load(x2), d2);
      v128.store(at, madd(s, v128.load(x3), d3));
      x0 += 16;
      x1 += 16;
      x2 += 16;
      x3 += 16;
    }
    for (let at = end; at < last; at += 4) {
      let s = load<f32>(at) + load<f32>(x0) * load<f32>(delta);
      s += load<f32>(x1) * load<f32>(delta + 16);
      s += load<f32>(x2) * load<f32>(delta + 32);
      store<f32>(at, s + load<f32>(x3) * load<f32>(delta + 48));
      x0 += 4;
      x1 += 4;
      x2 += 4;
      x3 += 4;
    }
    x += 4 * row;
    delta += 64;
  }
  for (; i < rows; i++) {
    const d = v128.load32_splat(delta);
    let from = x;
    for (let at = g; at < end; at += 16, from += 16) v128.store(at, madd(v128.load(at), v128.load(from), d));
    for (let at = end; at < last; at += 4, from += 4) store<f32>(at, load<f32>(at) + load<f32>(from) * load<f32>(delta));
    x += row;
    delta += 16;
  }
}
