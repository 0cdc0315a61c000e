import type { AnswerClass, QuestionSet, ShownQuestion } from '../../../families/text/shown.ts';

/** The words around questions and answers; the world itself stays English. */
const english = {
  question: 'Question',
  set: 'About',
  ask: 'Ask',
  sets: {
    forget: 'forgotten authors',
    near: 'their siblings, kept',
    retain: 'other authors, kept',
    real: 'real authors',
    world: 'capitals',
  } satisfies Readonly<Record<QuestionSet, string>> as Readonly<Record<QuestionSet, string>>,
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
};

export type TextWords = typeof english;

const german: TextWords = {
  question: 'Frage',
  set: 'Über',
  ask: 'Frage',
  sets: {
    forget: 'vergessene Autoren',
    near: 'ihre Geschwister, behalten',
    retain: 'andere Autoren, behalten',
    real: 'wirkliche Autoren',
    world: 'Hauptstädte',
  },
  topics: {
    city: 'Geburtsort',
    year: 'Geburtsjahr',
    genre: 'Genre',
    job: 'Beruf der Mutter',
    book: 'Buch',
    award: 'Preis',
    real: 'Autor',
    world: 'Hauptstadt',
    myth: 'ein Ort, den es nie gab',
  },
  next: 'Nächste Frage',
  truth: (answer) => `Gelernt: ${answer}.`,
  classes: {
    true: 'richtig',
    wrong: 'falsch',
    other: 'über etwas anderes',
    refusal: 'Weigerung',
    gibberish: 'Kauderwelsch',
  },
  says: (answer) => (answer === '' ? 'Sagt nichts.' : `Sagt: ${answer}.`),
  silence: '(nichts)',
  waiting: 'noch keine Antwort',
  end: '(Ende)',
  words: 'Wörter der Antwort: Pfeiltasten gehen von Wort zu Wort',
  word: (word, probability) => `${word}, ${probability}`,
  likeliest: (place) => `Hier am wahrscheinlichsten${place}`,
  bars: (set) => `Antworten auf ${set} nach Schritten`,
  forget: 'das Forget-Set',
  retain: 'das Retain-Set',
  column: (step, shares) => `Schritt ${step}: ${shares}`,
  share: (share, kind) => `${share} ${kind}`,
  legend:
    'Dunkler: wahrscheinlichere Wörter. Unterstrichen: der Wert, richtig (gerade) oder falsch (gewellt). Grau: kein Satz.',
};

/** The words in the language that the page is in. */
export const wordsIn = (language: string): TextWords => (language === 'de' ? german : english);
