// One matrix product for everything: C[M, N] = start + A[M, K] B[K, N], in single precision.
// Each element of C is one running sum over k = 0, 1, ..., whatever the blocking: the bits depend on nothing else.

// @ts-ignore: decorator
@inline
function madd(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
}

/** What C starts from. */
export const FROM_ZERO = 0;
/** The row at `bias`, for every row of C. */
export const FROM_BIAS = 1;
/** What is in C already. */
export const FROM_C = 2;

// @ts-ignore: decorator
@inline
function first(mode: i32, bias: usize, c: usize): v128 {
  if (mode == FROM_ZERO) return f32x4.splat(0);
  return v128.load(mode == FROM_BIAS ? bias : c);
}

/**
 * A is read at a + i * aRow + k * aColumn, so that a matrix and its transpose use the same routine; B and C have rows
 * of bRow and cRow and adjacent columns. All strides in bytes; N is a multiple of 4.
 */
export function gemm(
  M: i32,
  N: i32,
  K: i32,
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  c: usize,
  cRow: usize,
  mode: i32,
  bias: usize,
): void {
  let j = 0;
  for (; j + 8 <= N; j += 8) {
    const bColumn = b + (<usize>j << 2);
    const biasHere = bias + (<usize>j << 2);
    let i = 0;
    for (; i + 4 <= M; i += 4) {
      const c0 = c + <usize>i * cRow + (<usize>j << 2);
      const c1 = c0 + cRow;
      const c2 = c1 + cRow;
      const c3 = c2 + cRow;
      let s00 = first(mode, biasHere, c0);
      let s01 = first(mode, biasHere + 16, c0 + 16);
      let s10 = first(mode, biasHere, c1);
      let s11 = first(mode, biasHere + 16, c1 + 16);
      let s20 = first(mode, biasHere, c2);
      let s21 = first(mode, biasHere + 16, c2 + 16);
      let s30 = first(mode, biasHere, c3);
      let s31 = first(mode, biasHere + 16, c3 + 16);
      let a0 = a + <usize>i * aRow;
      let a1 = a0 + aRow;
      let a2 = a1 + aRow;
      let a3 = a2 + aRow;
      let bk = bColumn;
      for (let k = 0; k < K; k++) {
        const b0 = v128.load(bk);
        const b1 = v128.load(bk, 16);
        let x = v128.load32_splat(a0);
        s00 = madd(s00, x, b0);
        s01 = madd(s01, x, b1);
        x = v128.load32_splat(a1);
        s10 = madd(s10, x, b0);
        s11 = madd(s11, x, b1);
        x = v128.load32_splat(a2);
        s20 = madd(s20, x, b0);
        s21 = madd(s21, x, b1);
        x = v128.load32_splat(a3);
        s30 = madd(s30, x, b0);
        s31 = madd(s31, x, b1);
        a0 += aColumn;
        a1 += aColumn;
        a2 += aColumn;
        a3 += aColumn;
        bk += bRow;
      }
      v128.store(c0, s00);
      v128.store(c0, s01, 16);
      v128.store(c1, s10);
      v128.store(c1, s11, 16);
      v128.store(c2, s20);
      v128.store(c2, s21, 16);
      v128.store(c3, s30);
      v128.store(c3, s31, 16);
    }
    for (; i + 2 <= M; i += 2) {
      const c0 = c + <usize>i * cRow + (<usize>j << 2);
      const c1 = c0 + cRow;
      let s00 = first(mode, biasHere, c0);
      let s01 = first(mode, biasHere + 16, c0 + 16);
      let s10 = first(mode, biasHere, c1);
      let s11 = first(mode, biasHere + 16, c1 + 16);
      let a0 = a + <usize>i * aRow;
      let a1 = a0 + aRow;
      let bk = bColumn;
      for (let k = 0; k < K; k++) {
        const b0 = v128.load(bk);
        const b1 = v128.load(bk, 16);
        let x = v128.load32_splat(a0);
        s00 = madd(s00, x, b0);
        s01 = madd(s01, x, b1);
        x = v128.load32_splat(a1);
        s10 = madd(s10, x, b0);
        s11 = madd(s11, x, b1);
        a0 += aColumn;
        a1 += aColumn;
        bk += bRow;
      }
      v128.store(c0, s00);
      v128.store(c0, s01, 16);
      v128.store(c1, s10);
      v128.store(c1, s11, 16);
    }
    for (; i < M; i++) {
      const ci = c + <usize>i * cRow + (<usize>j << 2);
      let s0 = first(mode, biasHere, ci);
      let s1 = first(mode, biasHere + 16, ci + 16);
      let ai = a + <usize>i * aRow;
      let bk = bColumn;
      for (let k = 0; k < K; k++) {
        const x = v128.load32_splat(ai);
        s0 = madd(s0, x, v128.load(bk));
        s1 = madd(s1, x, v128.load(bk, 16));
        ai += aColumn;
        bk += bRow;
      }
      v128.store(ci, s0);
      v128.store(ci, s1, 16);
    }
  }
  if (j < N) lastFour(M, K, a, aRow, aColumn, b + (<usize>j << 2), bRow, c + (<usize>j << 2), cRow, mode, bias + (<usize>j << 2));
}

/** The last four columns, eight rows at a time. */
function lastFour(
  M: i32,
  K: i32,
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  c: usize,
  cRow: usize,
  mode: i32,
  bias: usize,
): void {
  let i = 0;
  for (; i + 8 <= M; i += 8) {
    let ci = c + <usize>i * cRow;
    let s0 = first(mode, bias, ci);
    let s1 = first(mode, bias, ci + cRow);
    let s2 = first(mode, bias, ci + 2 * cRow);
    let s3 = first(mode, bias, ci + 3 * cRow);
    let s4 = first(mode, bias, ci + 4 * cRow);
    let s5 = first(mode, bias, ci + 5 * cRow);
    let s6 = first(mode, bias, ci + 6 * cRow);
    let s7 = first(mode, bias, ci + 7 * cRow);
    let ai = a + <usize>i * aRow;
    let ah = ai + 4 * aRow;
    let bk = b;
    for (let k = 0; k < K; k++) {
      const y = v128.load(bk);
      s0 = madd(s0, v128.load32_splat(ai), y);
      s1 = madd(s1, v128.load32_splat(ai + aRow), y);
      s2 = madd(s2, v128.load32_splat(ai + 2 * aRow), y);
      s3 = madd(s3, v128.load32_splat(ai + 3 * aRow), y);
      s4 = madd(s4, v128.load32_splat(ah), y);
      s5 = madd(s5, v128.load32_splat(ah + aRow), y);
      s6 = madd(s6, v128.load32_splat(ah + 2 * aRow), y);
      s7 = madd(s7, v128.load32_splat(ah + 3 * aRow), y);
      ai += aColumn;
      ah += aColumn;
      bk += bRow;
    }
    v128.store(ci, s0);
    v128.store(ci + cRow, s1);
    v128.store(ci + 2 * cRow, s2);
    v128.store(ci + 3 * cRow, s3);
    ci += 4 * cRow;
    v128.store(ci, s4);
    v128.store(ci + cRow, s5);
    v128.store(ci + 2 * cRow, s6);
    v128.store(ci + 3 * cRow, s7);
  }
  for (; i < M; i++) {
    const ci = c + <usize>i * cRow;
    let s = first(mode, bias, ci);
    let ai = a + <usize>i * aRow;
    let bk = b;
    for (let k = 0; k < K; k++) {
      s = madd(s, v128.load32_splat(ai), v128.load(bk));
      ai += aColumn;
      bk += bRow;
    }
    v128.store(ci, s);
  }
}

/** The sum of each column of D[rows, N], rows of dRow bytes, added to `out`; N is a multiple of 4. */
export function columnSums(d: usize, rows: i32, N: i32, dRow: usize, out: usize): void {
  let j = 0;
  // Sixteen columns side by side: one addition need not wait for another.
  for (; j + 16 <= N; j += 16) {
    let at = d + (<usize>j << 2);
    const to = out + (<usize>j << 2);
    let s0 = v128.load(to);
    let s1 = v128.load(to, 16);
    let s2 = v128.load(to, 32);
    let s3 = v128.load(to, 48);
    for (let i = 0; i < rows; i++) {
      s0 = f32x4.add(s0, v128.load(at));
      s1 = f32x4.add(s1, v128.load(at, 16));
      s2 = f32x4.add(s2, v128.load(at, 32));
      s3 = f32x4.add(s3, v128.load(at, 48));
      at += dRow;
    }
    v128.store(to, s0);
    v128.store(to, s1, 16);
    v128.store(to, s2, 32);
    v128.store(to, s3, 48);
  }
  for (; j < N; j += 4) {
    let at = d + (<usize>j << 2);
    let sum = v128.load(out + (<usize>j << 2));
    for (let i = 0; i < rows; i++) {
      sum = f32x4.add(sum, v128.load(at));
      at += dRow;
    }
    v128.store(out + (<usize>j << 2), sum);
  }
}
