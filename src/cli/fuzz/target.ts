import type { Chance } from './chance.ts';

/**
 * A reader that takes what others wrote. `corpus` holds the inputs to begin with, all of one type: texts are changed by
 * the character, bytes by the bit, other values part by part. `run` reads one: it returns or throws a SimError when all
 * is well, and throws anything else when it is not.
 */
export interface FuzzTarget {
  readonly name: string;
  readonly corpus: readonly unknown[];
  /** Inputs that ask for too much, and are changed seldom since they take long. */
  readonly extremes?: readonly unknown[];
  /** Makes an input of its own, where changing others would seldom lead far: every second one is made by it. */
  readonly draw?: (chance: Chance) => unknown;
  readonly run: (input: unknown) => void;
}
