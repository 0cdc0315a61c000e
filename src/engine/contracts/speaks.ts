import type { Fault } from '../base/errors.ts';
import type { HeadKind } from './head.ts';

/** What a method or a retain term can work with. */
export interface Speaks {
  /** Absent: categorical only. */
  readonly heads?: readonly HeadKind[];
  /** Whether it works with examples of several rows, such as the words of an answer. Absent: no. */
  readonly sequences?: true;
  /** Needs rows that are noised points under conditions. Absent: no. */
  readonly conditions?: true;
}

/** What a family asks of the methods and retain terms that it runs. */
export interface Spoken {
  readonly head: HeadKind;
  /** Its examples have several rows. */
  readonly sequences: boolean;
  /** Its rows are noised points under conditions. */
  readonly conditions?: true;
}

const WORDS: Readonly<Record<HeadKind, string>> = {
  categorical: 'probabilities of classes',
  real: 'real numbers',
};

/** What does not fit between what works (a method, a retain term) and the examples of a family, if anything does not. */
export const refusalOf = (
  { id, heads = ['categorical'], sequences, conditions }: Speaks & { readonly id: string },
  spoken: Spoken,
  path: string,
): Fault | undefined => {
  if (!heads.includes(spoken.head)) {
    return {
      path,
      expected: `one that works with ${WORDS[spoken.head]}`,
      found: `${id}, which works with ${heads.map((head) => WORDS[head]).join(' and ')}`,
    };
  }
  if (spoken.sequences && !sequences) {
    return { path, expected: 'one that works with examples of several words', found: `${id}, which pulls single rows` };
  }
  if (conditions && !spoken.conditions) {
    return {
      path,
      expected: 'one that works without conditions',
      found: `${id}, which reads what is drawn under a condition`,
    };
  }
  return undefined;
};
