import { afterEach, describe, expect, it } from 'vitest';
import { languageOf } from '../../src/ui/hooks/language.ts';
import german from '../../src/ui/text/de/language.ts';
import { catalogue, speak } from '../../src/ui/text/language.ts';
import { termsOf } from '../../src/ui/text/terms.ts';
import { term, text } from '../../src/ui/text.ts';
import { verdict } from '../../src/ui/verdict.ts';

afterEach(() => speak(null));

describe('a catalogue', () => {
  it('is said in the language of the moment, what it leaves open in English, and English comes back', () => {
    const english = text.header.share;
    speak(german);
    expect(text.header.share).toBe('Teilen');
    expect(text.brand).toBe('Unlearn Lab');
    expect(term('Learning rate')).toBe('Lernrate');
    expect(term('Something else')).toBe('Something else');
    speak(null);
    expect(text.header.share).toBe(english);
  });

  it('takes lists whole, and no words that are not in English', () => {
    const words = catalogue('test', { columns: ['one', 'two'], deep: { a: 'a', b: (n: number) => `${n} b` } });
    const { columns, deep } = words;
    expect([columns[1], deep.b(2)]).toEqual(['two', '2 b']);
    speak({ words: () => ({ columns: ['eins', 'zwei'], deep: { a: 'ä' }, more: 'mehr' }), term: () => undefined });
    expect(words).not.toHaveProperty('more');
    expect([words.columns, words.deep.a, words.deep.b(2)]).toEqual([['eins', 'zwei'], 'ä', '2 b']);
  });
});

describe('a table of terms', () => {
  const look = termsOf({
    'a number from {} to {}': 'eine Zahl von {} bis {}',
    '{} of {}': '{2}, davon {1}',
    blue: 'blau',
    'nothing (yet)': 'noch nichts',
  });

  it('fills the gaps of a sentence, each looked up itself', () => {
    expect(look('a number from 0.5 to 10')).toBe('eine Zahl von 0.5 bis 10');
    expect(look('3 of blue')).toBe('blau, davon 3');
    expect(look('nothing (yet)')).toBe('noch nichts');
  });

  it('knows nothing else', () => {
    expect(look('a number')).toBeUndefined();
    expect(look('nothing yet')).toBeUndefined();
    expect(look('')).toBeUndefined();
  });
});

describe('German', () => {
  it('makes whole sentences of the numbers', () => {
    speak(german);
    const run = { collapsedAt: null, divergedAt: null, failure: null };
    const { finding, reference } = verdict({
      target: text.target.class('C'),
      isWholeClass: true,
      step: 400,
      original: { forget: 0.95, keep: 0.94 },
      retrained: { forget: 0, keep: 0.95 },
      runs: [
        { ...run, label: 'GA', forget: 0, keep: 0.32, collapsedAt: 50 },
        { ...run, label: 'NPO', forget: 0, keep: 0.93 },
      ],
      lostTrainings: [],
    });
    expect(`${finding} ${reference}`.replaceAll('\u00a0', ' ')).toBe(
      'Beide haben vergessen: Bei Klasse C ist noch 0 % richtig. Bei allem anderen: GA kollabiert bei Schritt 50 und fällt von 94 % auf 32 %; NPO fällt auf 93 %. Das neu trainierte Modell hat bei Klasse C 0 % richtig und bei allem anderen 95 %.',
    );
  });
});

describe('German of a training that diverged', () => {
  it('says which model, where, and what follows', () => {
    speak(german);
    const lost = (model: 'original' | 'retrained', seeds: number, of: number) =>
      text.verdict.words.trainingDiverged({ model, step: 4, seeds, of });
    expect(lost('original', 1, 1)).toMatch(/^Das Training des ursprünglichen Modells ist bei Schritt 4 divergiert: /);
    expect(lost('retrained', 2, 5)).toMatch(/des neu trainierten Modells .* unter 2 von 5 Seeds .* Maßstab/);
  });
});

describe('the language of the page', () => {
  it('is the first of the browser’s that the page speaks, unless one was chosen', () => {
    expect(languageOf('system', ['fr-FR', 'de-AT', 'en'])).toBe('de');
    expect(languageOf('system', ['fr'])).toBe('en');
    expect(languageOf('system', [])).toBe('en');
    expect(languageOf('en', ['de'])).toBe('en');
    expect(languageOf('en-XA', ['de'])).toBe('en-XA');
    expect(languageOf('en-xa', ['de'])).toBe('en-XA');
    expect(languageOf('tlh', ['de'])).toBe('de');
  });
});
