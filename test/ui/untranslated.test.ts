import { describe, expect, it } from 'vitest';
import german from '../../src/ui/text/de/language.ts';
import { englishCatalogues, englishTerms, leavesOf } from '../support/english-texts.ts';

/** Words that German says as English does. */
const SAME =
  /^page (\/brand|\/share\/field|\/embed\/(snippet|frame)|\/training\/optimizers\/|\/model\/(inits\/(glorot|he)|kinds\/linear)|\/forget\/radius|\/take\/pytorch|\/take\/weightsSeed)/;

const pathsIn = (catalogue: object | undefined): ReadonlyMap<string, unknown> => new Map(leavesOf(catalogue));

/** Sentences of the tables of German, with something in each gap. */
const FAULTS = [
  'a number in [0, 10]',
  'a whole number from 0 to 399',
  'a known field (did you mean "beta"?)',
  'a class with at least two rows',
  'numbers, separated by commas',
  '3 diverged',
  'A worker died 4 times: The worker ended without a word.',
  'The worker does not answer.',
  'a table: JSON opens under File',
  'a value in each column: write a sparse table (LIBSVM) out in full',
];

describe('German', () => {
  it('says what was expected where an input has a fault', () => {
    expect(FAULTS.filter((english) => (german.term(english) ?? english) === english)).toEqual([]);
    expect(german.term('a number in [0.5, 10]')).toBe('eine Zahl in [0.5, 10]');
  });

  it('has every catalogue of the page, and every text in it in the same form', () => {
    const faults: string[] = [];
    const catalogues = englishCatalogues();
    expect(catalogues.size).toBeGreaterThan(20);
    for (const [id, english] of catalogues) {
      const own = pathsIn(english);
      const other = pathsIn(german.words(id, english));
      for (const [path, value] of own) {
        if (!other.has(path)) {
          if (!SAME.test(`${id} ${path}`)) faults.push(`${id} ${path} has no German`);
        } else if (typeof other.get(path) !== typeof value) faults.push(`${id} ${path} is of another form`);
      }
      for (const path of other.keys()) if (!own.has(path)) faults.push(`${id} ${path} is no text of the page`);
    }
    expect(faults).toEqual([]);
  });

  it('has a word for everything that the engine, presets and lessons say', () => {
    const faults = [...englishTerms()]
      .filter(([english]) => german.term(english) === undefined)
      .map(([english, path]) => `${path}: ${english}`);
    expect(faults).toEqual([]);
  });
});
