/** Those of 0..n-1 for which a test holds, ascending. */
export const where = (n: number, holds: (i: number) => boolean): Int32Array => {
  const found: number[] = [];
  for (let i = 0; i < n; i++) if (holds(i)) found.push(i);
  return Int32Array.from(found);
};

/** Those of 0..n-1 that are not among the indices, ascending. */
export const complement = (indices: Int32Array, n: number): Int32Array => {
  const members = new Set(indices);
  return where(n, (i) => !members.has(i));
};

/** A fraction of n as a whole number, at least one. */
export const countOf = (fraction: number, n: number): number => Math.min(n, Math.max(1, Math.round(fraction * n)));

/** The members of either, ascending. */
export const merged = (a: Int32Array, b: Int32Array): Int32Array => Int32Array.from(new Set([...a, ...b])).sort();
