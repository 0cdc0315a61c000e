// What is said row by row about logits z[rows, C]: probabilities, the pull of an objective, decisions.
// Rows have a stride of C padded to four numbers; a block has room for a multiple of four rows.
import { exp4, log4 } from './math';

// @ts-ignore: decorator
@inline
function column(at: usize, row: usize): v128 {
  let v = v128.load32_zero(at);
  v = v128.load_lane<f32>(at + row, v, 1);
  v = v128.load_lane<f32>(at + 2 * row, v, 2);
  return v128.load_lane<f32>(at + 3 * row, v, 3);
}
// @ts-ignore: decorator
@inline
function putColumn(at: usize, row: usize, v: v128): void {
  v128.store_lane<f32>(at, v, 0);
  v128.store_lane<f32>(at + row, v, 1);
  v128.store_lane<f32>(at + 2 * row, v, 2);
  v128.store_lane<f32>(at + 3 * row, v, 3);
}

/** Stores four columns as four rows. */
// @ts-ignore: decorator
@inline
function putRows(at: usize, c0: v128, c1: v128, c2: v128, c3: v128): void {
  const a = v128.shuffle<i32>(c0, c1, 0, 4, 1, 5);
  const b = v128.shuffle<i32>(c2, c3, 0, 4, 1, 5);
  const c = v128.shuffle<i32>(c0, c1, 2, 6, 3, 7);
  const d = v128.shuffle<i32>(c2, c3, 2, 6, 3, 7);
  v128.store(at, v128.shuffle<i32>(a, b, 0, 1, 4, 5));
  v128.store(at, v128.shuffle<i32>(a, b, 2, 3, 6, 7), 16);
  v128.store(at, v128.shuffle<i32>(c, d, 0, 1, 4, 5), 32);
  v128.store(at, v128.shuffle<i32>(c, d, 2, 3, 6, 7), 48);
}

/** The same as `softmax` for three or four classes, without going through memory; the missing ones have p = 0. */
function softmaxOfFour(z: usize, rows: i32, classes: i32, logProbs: usize, probs: usize): void {
  const never = f32x4.splat(-Infinity);
  for (let i = 0; i < rows; i += 4) {
    const r0 = v128.load(z);
    const r1 = v128.load(z, 16);
    const r2 = v128.load(z, 32);
    const r3 = v128.load(z, 48);
    const a = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5);
    const b = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5);
    const c = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
    const d = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
    let z0 = v128.shuffle<i32>(a, b, 0, 1, 4, 5);
    let z1 = v128.shuffle<i32>(a, b, 2, 3, 6, 7);
    let z2 = v128.shuffle<i32>(c, d, 0, 1, 4, 5);
    let z3 = classes > 3 ? v128.shuffle<i32>(c, d, 2, 3, 6, 7) : never;
    const largest = f32x4.pmax(f32x4.pmax(f32x4.pmax(z0, z1), z2), z3);
    z0 = f32x4.sub(z0, largest);
    z1 = f32x4.sub(z1, largest);
    z2 = f32x4.sub(z2, largest);
    z3 = f32x4.sub(z3, largest);
    const e0 = exp4(z0);
    const e1 = exp4(z1);
    const e2 = exp4(z2);
    const e3 = classes > 3 ? exp4(z3) : f32x4.splat(0);
    const sum = f32x4.add(f32x4.add(f32x4.add(e0, e1), e2), e3);
    const logSum = log4(sum);
    putRows(logProbs, f32x4.sub(z0, logSum), f32x4.sub(z1, logSum), f32x4.sub(z2, logSum), f32x4.sub(z3, logSum));
    putRows(probs, f32x4.div(e0, sum), f32x4.div(e1, sum), f32x4.div(e2, sum), f32x4.div(e3, sum));
    z += 64;
    logProbs += 64;
    probs += 64;
  }
}

/**
 * The same for two classes, to the bit: the larger of two exponentials is 1, so that one is computed and not three.
 * Missing classes have p = 0.
 */
function softmaxOfTwo(z: usize, rows: i32, logProbs: usize, probs: usize): void {
  const never = f32x4.splat(-Infinity);
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  for (let i = 0; i < rows; i += 4) {
    const a = v128.shuffle<i32>(v128.load(z), v128.load(z, 16), 0, 4, 1, 5);
    const b = v128.shuffle<i32>(v128.load(z, 32), v128.load(z, 48), 0, 4, 1, 5);
    const z0 = v128.shuffle<i32>(a, b, 0, 1, 4, 5);
    const z1 = v128.shuffle<i32>(a, b, 2, 3, 6, 7);
    const largest = f32x4.pmax(z0, z1);
    const smaller = exp4(f32x4.neg(f32x4.abs(f32x4.sub(z0, z1))));
    const isFirst = f32x4.ge(z0, z1);
    const e0 = v128.bitselect(one, smaller, isFirst);
    const e1 = v128.bitselect(smaller, one, isFirst);
    const sum = f32x4.add(e0, e1);
    const logSum = log4(sum);
    const l0 = f32x4.sub(f32x4.sub(z0, largest), logSum);
    const l1 = f32x4.sub(f32x4.sub(z1, largest), logSum);
    putRows(logProbs, l0, l1, never, never);
    putRows(probs, f32x4.div(e0, sum), f32x4.div(e1, sum), zero, zero);
    z += 64;
    logProbs += 64;
    probs += 64;
  }
}

/** log p by the max shift, and p, for four rows at a time. */
export function softmax(z: usize, rows: i32, classes: i32, stride: i32, logProbs: usize, probs: usize): void {
  if (stride == 4 && classes == 2) return softmaxOfTwo(z, rows, logProbs, probs);
  if (stride == 4 && classes > 2) return softmaxOfFour(z, rows, classes, logProbs, probs);
  const row = <usize>stride << 2;
  const width = <usize>classes << 2;
  for (let i = 0; i < rows; i += 4) {
    let largest = column(z, row);
    for (let c: usize = 4; c < width; c += 4) largest = f32x4.pmax(largest, column(z + c, row));
    let sum = f32x4.splat(0);
    for (let c: usize = 0; c < width; c += 4) {
      const shifted = f32x4.sub(column(z + c, row), largest);
      const e = exp4(shifted);
      sum = f32x4.add(sum, e);
      putColumn(logProbs + c, row, shifted);
      putColumn(probs + c, row, e);
    }
    const logSum = log4(sum);
    for (let c: usize = 0; c < width; c += 4) {
      putColumn(logProbs + c, row, f32x4.sub(column(logProbs + c, row), logSum));
      putColumn(probs + c, row, f32x4.div(column(probs + c, row), sum));
    }
    z += 4 * row;
    logProbs += 4 * row;
    probs += 4 * row;
  }
}

/** out[i] = from[i, labels[i]]. */
export function pick(from: usize, rows: i32, stride: i32, labels: usize, out: usize): void {
  for (let i = 0; i < rows; i++) {
    const label = load<i32>(labels + (<usize>i << 2));
    store<f32>(out + (<usize>i << 2), load<f32>(from + (<usize>(i * stride + label) << 2)));
  }
}

/** d += w (p - onehot(label)), row by row with its own w; with `fresh`, d = that. */
export function pullToLabel(
  d: usize,
  probs: usize,
  rows: i32,
  stride: i32,
  labels: usize,
  weights: usize,
  fresh: bool,
): void {
  const row = <usize>stride << 2;
  for (let i = 0; i < rows; i++) {
    const w = load<f32>(weights + (<usize>i << 2));
    const at = <usize>load<i32>(labels + (<usize>i << 2)) << 2;
    const before: f32 = fresh ? 0 : load<f32>(d + at);
    const w4 = f32x4.splat(w);
    for (let c: usize = 0; c < row; c += 16) {
      const share = f32x4.mul(w4, v128.load(probs + c));
      v128.store(d + c, fresh ? share : f32x4.add(v128.load(d + c), share));
    }
    store<f32>(d + at, before + w * (load<f32>(probs + at) - 1));
    d += row;
    probs += row;
  }
}

/** d += w (p - e^target), row by row with its own w; the rows of `target` (log-probabilities) are not padded. */
export function pullToOutput(
  d: usize,
  probs: usize,
  rows: i32,
  classes: i32,
  stride: i32,
  target: usize,
  weights: usize,
  fresh: bool,
): void {
  const row = <usize>stride << 2;
  for (let i = 0; i < rows; i++) {
    const w4 = v128.load32_splat(weights + (<usize>i << 2));
    // The last load reaches into the next row, or into the slack that every buffer has; those columns are padding.
    for (let c: usize = 0; c < row; c += 16) {
      const away = f32x4.sub(v128.load(probs + c), exp4(v128.load(target + c)));
      const share = f32x4.mul(w4, away);
      v128.store(d + c, fresh ? share : f32x4.add(v128.load(d + c), share));
    }
    d += row;
    probs += row;
    target += <usize>classes << 2;
  }
}

/** The most probable class of each row, the first of equals, and its probability in 255ths. */
export function decide(probs: usize, rows: i32, classes: i32, stride: i32, winner: usize, confidence: usize): void {
  for (let i = 0; i < rows; i++) {
    let best = 0;
    let largest = load<f32>(probs);
    for (let c = 1; c < classes; c++) {
      const p = load<f32>(probs + (<usize>c << 2));
      if (p > largest) {
        largest = p;
        best = c;
      }
    }
    store<u8>(winner + <usize>i, <u8>best);
    store<u8>(confidence + <usize>i, <u8>(<i32>(largest * 255 + 0.5)));
    probs += <usize>stride << 2;
  }
}
