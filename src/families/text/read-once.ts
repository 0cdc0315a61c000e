import type { ReadWindows } from './generate.ts';

/** Windows that have been read: the tokens of one, and where what was said to it begins. */
interface Place {
  readonly x: Int32Array;
  readonly from: number;
  readonly said: Float32Array;
  readonly at: number;
}

/** A number from a window's tokens, in whole numbers that a double holds. */
const hashOf = (x: Int32Array, from: number, slots: number): number => {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (let i = from; i < from + slots; i++) {
    const token = x[i] as number;
    a = Math.imul(a ^ token, 0x01000193);
    b = Math.imul(b + token, 0x85ebca6b) ^ (b >>> 13);
  }
  return (a >>> 0) * 0x20_0000 + (b >>> 11);
};

const isSame = (a: Int32Array, i: number, b: Int32Array, j: number, slots: number): boolean => {
  for (let slot = 0; slot < slots; slot++) if (a[i + slot] !== b[j + slot]) return false;
  return true;
};

/**
 * A reader that puts each window to the model once, however often it is asked for: a true answer and the wrong ones of its form
 * share all windows up to the value, and what a good model says is what it has read. Rows share nothing, so the numbers are the same.
 */
export const readOnce = (read: ReadWindows, vocabulary: number): ReadWindows => {
  const known = new Map<number, Place>();
  return (x, rows) => {
    const slots = rows === 0 ? 0 : x.length / rows;
    const own = new Int32Array(x.length);
    const said = new Float32Array(x.length === 0 ? 0 : rows * vocabulary);
    const places: Place[] = [];
    let fresh = 0;
    for (let row = 0; row < rows; row++) {
      const from = row * slots;
      let key = hashOf(x, from, slots);
      let place = known.get(key);
      while (place && !isSame(place.x, place.from, x, from, slots)) place = known.get(++key);
      if (!place) {
        own.set(x.subarray(from, from + slots), fresh * slots);
        place = { x: own, from: fresh * slots, said, at: fresh * vocabulary };
        known.set(key, place);
        fresh++;
      }
      places.push(place);
    }
    if (fresh > 0) said.set(read(own.subarray(0, fresh * slots), fresh));
    const out = new Float32Array(rows * vocabulary);
    for (const [row, { said: values, at }] of places.entries()) {
      out.set(values.subarray(at, at + vocabulary), row * vocabulary);
    }
    return out;
  };
};
