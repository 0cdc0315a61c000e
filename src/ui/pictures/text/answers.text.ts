import type { AnswerClass, QuestionSet, ShownQuestion } from '../../../families/text/shown.ts';
import { catalogue } from '../../text/language.ts';

/** The words around questions and answers; the world itself stays English. */
export const words = catalogue('pictures/answers', {
  question: 'Question',
  set: 'About',
  ask: 'Ask',
  sets: {
    forget: 'forgotten authors',
    near: 'their siblings, kept',
    retain: 'other authors, kept',
    real: 'real authors',
    world: 'capitals',
  } as Readonly<Record<QuestionSet, string>>,
  topics: {
    city: 'birthplace',
    year: 'birth year',
    genre: 'genre',
    job: 'mother’s job',
    book: 'book',
    award: 'prize',
    real: 'author',
    world: 'capital',
    myth: 'a place that never was',
  } as Readonly<Record<ShownQuestion['topic'], string>>,
  next: 'Next question',
  truth: (answer: string) => `Learned: ${answer}.`,
  classes: {
    true: 'true',
    wrong: 'wrong',
    other: 'about something else',
    refusal: 'refusal',
    gibberish: 'gibberish',
  } as Readonly<Record<AnswerClass, string>>,
  says: (answer: string) => (answer === '' ? 'Says nothing.' : `Says: ${answer}.`),
  silence: '(nothing)',
  waiting: 'no answer yet',
  end: '(end)',
  words: 'Words of the answer: arrow keys go from word to word',
  word: (word: string, probability: string) => `${word}, ${probability}`,
  likeliest: (place: string) => `Likeliest here${place}`,
  bars: (set: string) => `Answers on ${set} by step`,
  forget: 'the forget set',
  retain: 'the retain set',
  column: (step: number, shares: string) => `Step ${step}: ${shares}`,
  share: (share: string, kind: string) => `${share} ${kind}`,
  legend: 'Darker: likelier words. Underlined: the value, true (solid) or wrong (wavy). Grey: no sentence.',
});
