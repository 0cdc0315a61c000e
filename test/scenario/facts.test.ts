import { describe, expect, it } from 'vitest';
import type { FactsSpec } from '../../src/engine/base/schema.ts';
import { listedFaults, nameOf, readFacts, readNames, writeFacts } from '../../src/scenario/facts/read-facts.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';

const spec = catalogueInfo.families
  .flatMap(({ generators }) => generators)
  .find(({ params }) => params['own'] !== undefined)?.params['own'] as FactsSpec;

const faultsIn = (text: string): string =>
  listedFaults(readFacts(text, spec).faults)
    .map(({ path, expected, found }) => `${path}: expected ${expected}, found ${found}`)
    .join('\n');

describe('a table of facts', () => {
  it('is read with commas, semicolons or tabs, with or without a header, in any case', () => {
    const facts = [
      { first: 'ada', family: 'lovelace', relation: 'city', value: ['london'] },
      { family: 'homer', relation: 'book', value: ['difference', 'engine'] },
    ];
    for (const sign of [',', ';', '\t']) {
      const rows = [
        ['Ada Lovelace', 'City', 'London'],
        ['"Homer"', 'book', ' Difference Engine '],
      ];
      const text = rows.map((cells) => cells.join(sign)).join('\r\n');
      expect(readFacts(text, spec)).toEqual({ facts, faults: [] });
      expect(readFacts(`Name${sign}Relation${sign}Value\n\n${text}\n`, spec)).toEqual({ facts, faults: [] });
    }
  });

  it('is written so that it is read as the same', () => {
    const { facts } = readFacts('Ada Lovelace;city;London\nada lovelace;city;london\nJosé;job;poet', spec);
    expect(facts.map(nameOf)).toEqual(['ada lovelace', 'josé']);
    expect(readFacts(writeFacts(facts), spec)).toEqual({ facts, faults: [] });
  });

  it('says by line and column what cannot be, and keeps the rest', () => {
    expect(faultsIn('ada lovelace,town,london')).toMatch(/^line 1, column 2 \(relation\): expected one of city, year/);
    expect(faultsIn('\nada lovelace,city,new york')).toBe(
      'line 2, column 3 (value): expected one word, found 2: "new york"',
    );
    expect(faultsIn('ada lovelace,book,notes')).toMatch(/column 3 \(value\): expected 2 words, found 1: "notes"/);
    expect(faultsIn('ada king lovelace,city,london')).toMatch(/column 1 \(name\): expected 1 or 2 words, found 3/);
    expect(faultsIn('ada,city')).toMatch(/^line 1: expected three values: a name, a relation, a value, found 2/);
    expect(faultsIn(',,')).toMatch(/column 1 \(name\): expected words of letters.*found nothing/);
    const mixed = readFacts('ada,city,rome\nada,city\nbo,city,oslo', spec);
    expect(mixed.facts.map(nameOf)).toEqual(['ada', 'bo']);
    expect(mixed.faults).toHaveLength(1);
  });

  it('says which of two facts contradicts which', () => {
    expect(faultsIn('ada lovelace,city,london\nbo,city,rome\nAda Lovelace,city,paris')).toBe(
      'line 3, column 3 (value): expected "london", as in line 1: one of the two contradicts the other, found "paris"',
    );
  });

  it('takes no markup and no signs that turn the direction of writing, and shows those by their numbers', () => {
    expect(faultsIn('<b>ada</b> lovelace,city,london')).toMatch(/words of letters.*found "<b>ada<\/b>"/);
    expect(faultsIn('a\u202Eda,city,london')).toMatch(/found "a\\u202eda"/);
    expect(faultsIn('ada,city,<pad>')).toMatch(/found "<pad>"/);
  });

  it('says how much may be brought along', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => `n${i},city,rome`);
    expect(faultsIn(many.join('\n'))).toBe(': expected at most 240 facts: leave some out, found 10000 lines');
    const { facts, faults } = readFacts(many.slice(0, 42).join('\n'), spec);
    expect(facts).toHaveLength(40);
    expect(faults.map(({ path }) => path)).toEqual(['line 41, column 1 (name)', 'line 42, column 1 (name)']);
    expect(faultsIn(Array.from({ length: 30 }, () => ',x,').join('\n'))).toMatch(/fewer faults, found 40 more/);
    expect(faultsIn(`${'a'.repeat(25)},city,rome`)).toMatch(/at most 24 characters each/);
  });
});

describe('names', () => {
  const names = { kind: 'names', label: '', help: '', default: '', most: 3, letters: 24 } as const;

  it('are read from commas or lines, each once', () => {
    expect(readNames('Ada Lovelace, homer\nada lovelace', names)).toEqual({
      names: ['ada lovelace', 'homer'],
      faults: [],
    });
  });

  it('are refused by number', () => {
    expect(readNames('ada, <i>, b c d, e', names).faults.map(({ path, found }) => `${path} ${found}`)).toEqual([
      'name 2 "<i>"',
      'name 3 3: " b c d"',
      ' 4',
    ]);
  });
});
