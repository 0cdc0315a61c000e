import {
  ANSWER_CLASSES,
  type AnswerClass,
  type AnswersPicture,
  type ShownQuestions,
  WORD_MARKS,
} from '../../../families/text/shown.ts';

/** A word of an answer as it is drawn. */
export interface SaidWord {
  /** Its place in the picture. */
  readonly at: number;
  readonly word: string;
  readonly p: number;
  readonly mark: (typeof WORD_MARKS)[number];
  readonly likeliest: readonly { readonly word: string; readonly p: number }[];
}

/** What a model says to one question. */
export interface SaidAnswer {
  readonly words: readonly SaidWord[];
  /** The words as a sentence, without the end. */
  readonly sentence: string;
  readonly is: AnswerClass;
}

const END = 1;
const PER_WORD = 5;

/** The answer to question `index` of a picture, the end of an answer named as `end`; undefined if the picture has none. */
export const answerAt = (
  { vocabulary, questions }: ShownQuestions,
  picture: AnswersPicture,
  index: number,
  end: string,
): SaidAnswer | undefined => {
  const [from, to] = [picture.starts[index], picture.starts[index + 1]];
  if (from === undefined || to === undefined || index >= questions.length) return undefined;
  const nameOf = (token: number): string => (token === END ? end : (vocabulary[token] ?? ''));
  const words = Array.from({ length: to - from }, (_, i): SaidWord => {
    const at = from + i;
    return {
      at,
      word: nameOf(picture.tokens[at] as number),
      p: picture.p[at] as number,
      mark: WORD_MARKS[picture.marks[at] as number] ?? 'plain',
      likeliest: Array.from({ length: PER_WORD }, (__, rank) => ({
        token: picture.likeliest[at * PER_WORD + rank] as number,
        p: picture.likeliestP[at * PER_WORD + rank] as number,
      }))
        .filter(({ token }) => token >= 0)
        .map(({ token, p }) => ({ word: nameOf(token), p })),
    };
  });
  const sentence = words
    .filter(({ at }) => picture.tokens[at] !== END)
    .map(({ word }) => word)
    .join(' ');
  return { words, sentence, is: ANSWER_CLASSES[picture.classes[index] as number] ?? 'gibberish' };
};
