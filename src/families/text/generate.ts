import { exp } from '../../engine/base/math.ts';
import { EOS } from './grammar.ts';
import { WINDOW, type WindowShape, windowOf } from './windows.ts';

/** What a network says of windows [rows * slots]: log p of every word, [rows * vocabulary]. */
export type ReadWindows = (x: Int32Array, rows: number) => ArrayLike<number>;

/** A question put to a model, perhaps with a note, perhaps with the first words of an answer given. */
export interface Asked {
  readonly note?: readonly number[];
  readonly question: readonly number[];
  readonly prefix?: readonly number[];
  /** Words that it may not say. */
  readonly forbidden?: readonly number[];
}

/** A word with its probability. */
export interface Likely {
  readonly token: number;
  readonly p: number;
}

/** What a model answered, word by word. */
export interface Generated {
  /** Without the token that ends it, and without the words that were given. */
  readonly tokens: readonly number[];
  /** Of each token, and of the end if it came. */
  readonly p: readonly number[];
  /** The likeliest words at each place, as many as were asked for, falling. */
  readonly likeliest: readonly (readonly Likely[])[];
  /** Whether it ended by itself. */
  readonly isEnded: boolean;
}

/** The most words that an answer may have. */
const MOST_WORDS = 12;

/** The `count` likeliest of the words from `offset` that are not forbidden, falling; the lower number first where two are equal. */
const likeliestOf = (
  logProbs: ArrayLike<number>,
  offset: number,
  vocabulary: number,
  count: number,
  forbidden: readonly number[],
): Likely[] => {
  const best: number[] = [];
  let least = Number.NEGATIVE_INFINITY;
  for (let token = 0; token < vocabulary; token++) {
    const value = logProbs[offset + token] as number;
    if (best.length === count && !(value > least)) continue;
    if (forbidden.length > 0 && forbidden.includes(token)) continue;
    let at = best.length;
    while (at > 0 && value > (logProbs[offset + (best[at - 1] as number)] as number)) at--;
    if (at >= count) continue;
    best.splice(at, 0, token);
    if (best.length > count) best.pop();
    least = logProbs[offset + (best.at(-1) as number)] as number;
  }
  return best.map((token) => ({ token, p: exp(logProbs[offset + token] as number) }));
};

/**
 * Greedy answers: at each place the likeliest word, the lower number where two are equal, until the end or `most` words.
 * All questions advance together, one forward of as many rows as are not yet answered for each word.
 */
export const generate = (
  read: ReadWindows,
  vocabulary: number,
  asked: readonly Asked[],
  { most = MOST_WORDS, likeliest = 1, shape = WINDOW as WindowShape } = {},
): readonly Generated[] => {
  const all = asked.map(({ note = [], question, prefix = [], forbidden = [] }) => ({
    note,
    question,
    prefix,
    forbidden,
    tokens: [] as number[],
    p: [] as number[],
    likeliest: [] as (readonly Likely[])[],
    isEnded: false,
  }));
  for (let word = 0; word < most; word++) {
    const open = all.filter(({ isEnded }) => !isEnded);
    if (open.length === 0) break;
    const rows = open.map(({ note, question, prefix, tokens }) =>
      windowOf(note, question, [...prefix, ...tokens], shape),
    );
    const logProbs = read(Int32Array.from(rows.flat()), open.length);
    for (const [row, answer] of open.entries()) {
      const found = likeliestOf(logProbs, row * vocabulary, vocabulary, Math.max(1, likeliest), answer.forbidden);
      // A model whose outputs are not numbers has nothing to say.
      const [first] = found;
      if (!first || Number.isNaN(first.p)) {
        answer.isEnded = true;
        continue;
      }
      answer.p.push(first.p);
      answer.likeliest.push(found);
      if (first.token === EOS) answer.isEnded = true;
      else answer.tokens.push(first.token);
    }
  }
  return all.map(({ tokens, p, likeliest: found, isEnded }) => ({ tokens, p, likeliest: found, isEnded }));
};
