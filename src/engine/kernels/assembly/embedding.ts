// A table of vectors, one for each token id. A row of ids becomes their vectors side by side, without padding.

/** to[i] = the vector of ids[i], for `count` ids, one after the other. */
export function gather(table: usize, width: i32, ids: usize, count: i32, to: usize): void {
  const bytes = <usize>width << 2;
  for (let i = 0; i < count; i++) {
    memory.copy(to, table + <usize>load<i32>(ids + (<usize>i << 2)) * bytes, bytes);
    to += bytes;
  }
}

/** Adds each vector of `from` to the one of its id: rows of `slots` vectors, `row` bytes apart, in the order of the ids. */
export function scatterAdd(table: usize, width: i32, ids: usize, rows: i32, slots: i32, from: usize, row: usize): void {
  const bytes = <usize>width << 2;
  const whole = <usize>(width & ~3) << 2;
  for (let i = 0; i < rows; i++) {
    let at = from;
    for (let slot = 0; slot < slots; slot++) {
      const to = table + <usize>load<i32>(ids) * bytes;
      for (let c: usize = 0; c < whole; c += 16) v128.store(to + c, f32x4.add(v128.load(to + c), v128.load(at + c)));
      for (let c = whole; c < bytes; c += 4) store<f32>(to + c, load<f32>(to + c) + load<f32>(at + c));
      ids += 4;
      at += bytes;
    }
    from += row;
  }
}
