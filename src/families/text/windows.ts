import { SimError } from '../../engine/base/errors.ts';
import { EOS, PAD } from './grammar.ts';

/** Slots of a window: a note, the question, the answer's last words. Each zone ends at its right edge. */
export interface WindowShape {
  readonly note: number;
  readonly question: number;
  readonly answer: number;
}
export const WINDOW: WindowShape = { note: 2, question: 8, answer: 4 };

export const slotsOf = ({ note, question, answer }: WindowShape): number => note + question + answer;

/** A question with its answer as tokens. */
export interface Sequence {
  readonly note?: readonly number[];
  readonly question: readonly number[];
  /** Without the token that ends it. */
  readonly answer: readonly number[];
}

const rightAligned = (tokens: readonly number[], width: number): readonly number[] => [
  ...Array.from({ length: Math.max(0, width - tokens.length) }, () => PAD),
  ...tokens.slice(Math.max(0, tokens.length - width)),
];

const checkLength = (what: string, tokens: readonly number[], most: number): void => {
  if (tokens.length <= most) return;
  throw new SimError('data/invalid', `A ${what} of ${tokens.length} words does not fit its window of ${most}.`, [
    { path: '', expected: `a ${what} of at most ${most} words: leave some out`, found: `${tokens.length} words` },
  ]);
};

/**
 * The window from which the next word is predicted, [slots] tokens, once the answer has begun with these.
 *
 * @throws {SimError} data/invalid if the note or the question is longer than its zone
 */
export const windowOf = (
  note: readonly number[],
  question: readonly number[],
  begun: readonly number[],
  shape: WindowShape = WINDOW,
): readonly number[] => {
  checkLength('note', note, shape.note);
  checkLength('question', question, shape.question);
  return [
    ...rightAligned(note, shape.note),
    ...rightAligned(question, shape.question),
    ...rightAligned(begun, shape.answer),
  ];
};

/** Rows of a sequence: one window for each word of its answer and for its end, with the word that comes next. */
export interface Windows {
  /** Tokens, [rows * slots]. */
  readonly x: Int32Array;
  /** The word to come, [rows]. */
  readonly y: Int32Array;
  readonly rows: number;
}

/** @throws {SimError} data/invalid if the note or the question is longer than its zone */
export const windowsOf = ({ note = [], question, answer }: Sequence, shape: WindowShape = WINDOW): Windows => {
  const labels = [...answer, EOS];
  const x = labels.flatMap((_, t) => windowOf(note, question, answer.slice(0, t), shape));
  return { x: Int32Array.from(x), y: Int32Array.from(labels), rows: labels.length };
};

/** Words by number and numbers by word. */
export interface Tokens {
  readonly of: (words: readonly string[]) => readonly number[];
  readonly words: (tokens: Iterable<number>) => readonly string[];
}

/** A word that the vocabulary does not have throws `data/invalid`. */
export const tokensOf = (vocabulary: readonly string[]): Tokens => {
  const numbers = new Map(vocabulary.map((word, i) => [word, i]));
  return {
    of: (words) =>
      words.map((word) => {
        const number = numbers.get(word);
        if (number !== undefined) return number;
        throw new SimError('data/invalid', `The model does not know the word "${word}".`, [
          { path: '', expected: 'words of this world', found: JSON.stringify(word) },
        ]);
      }),
    words: (tokens) => Array.from(tokens, (token) => vocabulary[token] as string),
  };
};
