import { afterEach, describe, expect, it } from 'vitest';
import { languageOf } from '../../src/ui/hooks/language.ts';
import { german } from '../../src/ui/text/de.ts';
import { speak, term, text } from '../../src/ui/text.ts';
import { verdict } from '../../src/ui/verdict.ts';

afterEach(() => speak(null));

/** Every text and function of a catalogue by its path. */
const leaves = (value: unknown, path = ''): readonly (readonly [string, unknown])[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, child]) => leaves(child, `${path}/${key}`))
    : [[path, value]];

/** Words that are the same in both languages, or not yet translated. */
const SAME = /^\/(brand|share\/field|embed\/(snippet|frame)|training\/optimizers\/|shortcuts\/rows\/|terms)/;

describe('the German catalogue', () => {
  it('says everything that the English one says, in the same form', () => {
    const english = new Map(leaves(text));
    const other = new Map(leaves(german));
    const missing = [...english.keys()].filter((path) => !other.has(path) && !SAME.test(path));
    expect(missing).toEqual([]);
    for (const [path, value] of other) {
      if (path.startsWith('/terms')) continue;
      expect(english.has(path), `${path} is no text of the page`).toBe(true);
      expect(typeof value, path).toBe(typeof english.get(path));
    }
  });

  it('is spoken after `speak`, what it leaves open is English, and English comes back', () => {
    const english = text.header.share;
    speak(german);
    expect(text.header.share).toBe('Teilen');
    expect(text.brand).toBe('Unlearn Lab');
    expect(term('Learning rate')).toBe('Lernrate');
    expect(term('Something else')).toBe('Something else');
    speak(null);
    expect(text.header.share).toBe(english);
  });

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
    });
    expect(`${finding} ${reference}`.replaceAll('\u00a0', ' ')).toBe(
      'Beide haben vergessen: Bei Klasse C ist noch 0 % richtig. Bei allem anderen: GA kollabiert bei Schritt 50 und fällt von 94 % auf 32 %; NPO fällt auf 93 %. Das neu trainierte Modell hat bei Klasse C 0 % richtig und bei allem anderen 95 %.',
    );
  });
});

describe('the language of the page', () => {
  it('is the first of the browser’s that the page speaks, unless one was chosen', () => {
    expect(languageOf('system', ['fr-FR', 'de-AT', 'en'])).toBe('de');
    expect(languageOf('system', ['fr'])).toBe('en');
    expect(languageOf('system', [])).toBe('en');
    expect(languageOf('en', ['de'])).toBe('en');
  });
});
