/** What the page gets of a world and of a model: plain words and numbers, without what makes them. */

/**
 * What an answer is, decided by the grammar alone: true; wrong (about the person asked for and what was asked, with another
 * value); well-formed but about somebody or something else; a refusal; or none of the grammar's sentences.
 */
export const ANSWER_CLASSES = ['true', 'wrong', 'other', 'refusal', 'gibberish'] as const;
export type AnswerClass = (typeof ANSWER_CLASSES)[number];

/** What a word of an answer is: of a true or a wrong value, of a sentence, of none. In this order, as a picture numbers them. */
export const WORD_MARKS = ['plain', 'true', 'wrong', 'stray'] as const;
export type WordMark = (typeof WORD_MARKS)[number];

/** How many of the likeliest words at each place a picture tells. */
export const LIKELIEST = 5;

/** What is asked: about an author, about a real author's work, about the capital of a country, about a place that never was. */
export type Topic = 'city' | 'year' | 'genre' | 'job' | 'book' | 'award' | 'real' | 'world' | 'myth';

/** What a model says to the questions that are shown: words one answer after the other. */
export interface AnswersPicture {
  readonly kind: 'answers';
  /** Where each question's words begin, and where the last one's end, [questions + 1]. */
  readonly starts: Int32Array;
  /** Words by number, an answer's end included where it came. */
  readonly tokens: Int16Array;
  /** The probability of each. */
  readonly p: Float32Array;
  /** The likeliest words at each place, falling, [words * 5]; -1 where there are fewer. */
  readonly likeliest: Int16Array;
  readonly likeliestP: Float32Array;
  /** What each word is: WORD_MARKS by number. */
  readonly marks: Uint8Array;
  /** What each answer is: ANSWER_CLASSES by number. */
  readonly classes: Uint8Array;
}

/** Where a shown question belongs. */
export const QUESTION_SETS = ['forget', 'near', 'retain', 'real', 'world'] as const;
export type QuestionSet = (typeof QUESTION_SETS)[number];

/** A question that is shown, in words. */
export interface ShownQuestion {
  /** Its number in the world. */
  readonly item: number;
  readonly set: QuestionSet;
  readonly topic: Topic;
  /** Whom or what it is about. */
  readonly about: string;
  readonly question: string;
  /** The learned answer. */
  readonly answer: string;
  readonly value: string;
}

/** The questions of a seed's world, as the page shows them. */
export interface ShownQuestions {
  readonly kind: 'questions';
  readonly vocabulary: readonly string[];
  /** Names of all authors that a model reads about. */
  readonly authors: readonly string[];
  readonly questions: readonly ShownQuestion[];
}

/** How a question is put: as learned, in its other words, with the value as a note, with the true words up to the value given; or as learned, to weights of four bits. */
export const ASKINGS = ['learned', 'paraphrased', 'note', 'prefix', 'bits'] as const;
export type Asking = (typeof ASKINGS)[number];

/** A question of the page to a model: an item of its world, and how it is put. */
export interface TextQuestion {
  readonly item: number;
  readonly asking: Asking;
}

/** A question about truth: how likely the true answer is beside wrong ones, and all truth ratios of the forget set. */
export interface TruthQuestion {
  readonly about: 'truth';
  readonly item: number;
}

/** An answer with its probability per word. */
export interface LikelyAnswer {
  readonly answer: string;
  readonly p: number;
}

/** What came back of a question about truth. */
export interface TruthAnswer {
  /** The true answer as the truth ratio asks for it. */
  readonly truth: LikelyAnswer;
  readonly wrong: readonly LikelyAnswer[];
  /** log10 R of each forgotten fact, of the model and of the retrained one; the latter empty until there is one. */
  readonly own: Float64Array;
  readonly retrained: Float64Array;
  /** The Kolmogorov-Smirnov distance of the two, where it is taken (log10 R), and its p-value; NaN without the retrained model. */
  readonly distance: number;
  readonly at: number;
  readonly pValue: number;
}

/** What came back: a picture of that one answer, and what was put to the model. */
export interface TextAnswer {
  readonly picture: AnswersPicture;
  readonly question: string;
  /** The note, or the words that were given. */
  readonly given: string;
}
