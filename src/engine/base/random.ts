import { cos, log } from './math.ts';

/**
 * Stateless randomness: a number is a pure function of a key and an index, so nothing needs saving for
 * pause or rewind, and methods with the same seed see the same initial weights and the same batches.
 * The block function is threefry-2x32 with 20 rounds (Salmon et al., "Parallel random numbers: as easy as
 * 1, 2, 3", SC 2011), checked against its public known-answer vectors.
 */
export type Key = readonly [number, number];

const ROTATIONS = [13, 15, 26, 6, 17, 29, 16, 24] as const;
const PARITY = 0x1bd11bda;

/** One block: two 32-bit words from a key and a two-word counter. */
export const threefry2x32 = (key: Key, counter: Key): Key => {
  const schedule = [key[0], key[1], key[0] ^ key[1] ^ PARITY] as const;
  let a = (counter[0] + schedule[0]) | 0;
  let b = (counter[1] + schedule[1]) | 0;
  for (let round = 0; round < 20; round++) {
    const r = ROTATIONS[round % 8] as number;
    a = (a + b) | 0;
    b = ((b << r) | (b >>> (32 - r))) ^ a;
    if (round % 4 === 3) {
      const injection = (round + 1) / 4;
      a = (a + (schedule[injection % 3] as number)) | 0;
      b = (b + (schedule[(injection + 1) % 3] as number) + injection) | 0;
    }
  }
  return [a >>> 0, b >>> 0];
};

// The second counter word keeps apart what a key is used for.
const DRAW = 0;
const FOLD_NUMBER = 1;
const FOLD_STRING = 2;

/** The root key of a seed (a whole number, 0 to 2^53 - 1). */
export const keyOf = (seed: number): Key => [Math.floor(seed / 0x1_0000_0000) >>> 0, seed >>> 0];

/** FNV-1a over UTF-16 code units. */
const hash = (text: string): number => {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
};

/** A key of its own for each purpose: `foldIn(keyOf(seed), 'batches', 'forget', epoch)`. */
export const foldIn = (key: Key, ...path: readonly (string | number)[]): Key => {
  let folded = key;
  for (const part of path) {
    folded =
      typeof part === 'string'
        ? threefry2x32(folded, [hash(part), FOLD_STRING])
        : threefry2x32(folded, [part >>> 0, FOLD_NUMBER]);
  }
  return folded;
};

/** The i-th uniform number of a key, in (0, 1), 32 bits fine. */
export const uniform = (key: Key, i: number): number => (threefry2x32(key, [i, DRAW])[0] + 0.5) / 0x1_0000_0000;

/** The i-th standard normal number of a key (Box-Muller). */
export const normal = (key: Key, i: number): number => {
  const [a, b] = threefry2x32(key, [i, DRAW]);
  const u = (a + 0.5) / 0x1_0000_0000;
  const v = (b + 0.5) / 0x1_0000_0000;
  return Math.sqrt(-2 * log(u)) * cos(2 * Math.PI * v);
};

/** The i-th whole number of a key, uniform over 0..bound-1. */
export const integer = (key: Key, i: number, bound: number): number => Math.floor(uniform(key, i) * bound);

/** A uniformly drawn order of 0..n-1 (Fisher-Yates). */
export const permutation = (key: Key, n: number): Int32Array => {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = integer(key, i, i + 1);
    const held = order[i] as number;
    order[i] = order[j] as number;
    order[j] = held;
  }
  return order;
};

/** `count` of 0..n-1, drawn without replacement, ascending. */
export const sample = (key: Key, n: number, count: number): Int32Array => permutation(key, n).slice(0, count).sort();
