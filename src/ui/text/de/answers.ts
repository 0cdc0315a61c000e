import type { words } from '../../pictures/text/answers.text.ts';
import type { Partly } from '../language.ts';

/** The German words around questions and answers. */
export const answers: Partly<typeof words> = {
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
  way: 'Wie gefragt wird',
  ways: {
    learned: 'wie gelernt',
    paraphrased: 'in anderen Worten',
    note: 'mit der Antwort auf einem Zettel',
    prefix: 'erste Wörter vorgesagt',
    bits: 'an Gewichte mit 4 Bit',
  },
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
