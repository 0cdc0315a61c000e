import { integer, type Key } from '../../engine/base/random.ts';

/** Draws one after another from a key: the same ones for the same key. */
export interface Chance {
  /** A whole number from 0 to bound - 1. */
  readonly below: (bound: number) => number;
  /** True once in `n` draws. */
  readonly oneIn: (n: number) => boolean;
  readonly pick: <T>(list: readonly T[]) => T;
}

export const chanceOf = (key: Key): Chance => {
  let drawn = 0;
  const below = (bound: number): number => integer(key, drawn++, bound);
  return {
    below,
    oneIn: (n) => below(n) === 0,
    pick: (list) => {
      if (list.length === 0) throw new Error('nothing to pick from');
      return list[below(list.length)] as never;
    },
  };
};
