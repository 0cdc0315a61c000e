import { type Fault, faultError } from '../../engine/base/errors.ts';
import { RELATIONS, valueLength } from './grammar.ts';
import type { OwnFact } from './world.ts';

/** How much may be brought along: with it a world has at most 100 authors and a few hundred words of its own. */
export const ownCaps = { authors: 40, facts: 240, letters: 24, faults: 20 } as const;

/** One line of a table, with where it stands. */
export interface FactLine {
  /** From 1, as an editor counts. */
  readonly line: number;
  /** Name, relation, value. */
  readonly cells: readonly string[];
}

const WORD = /^[\p{L}\p{N}][\p{L}\p{N}'’-]*$/u;

const place = (line: number, what?: string): string => (what === undefined ? `line ${line}` : `line ${line} (${what})`);

const shown = (text: string): string => {
  // Control and formatting characters, such as those that turn the direction of writing, are shown by their numbers.
  const plain = text.replace(/[\p{C}\p{Z}]/gu, (char) =>
    char === ' ' ? ' ' : `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
  return JSON.stringify(plain.length > 40 ? `${plain.slice(0, 37)}...` : plain).replaceAll('\\\\u', '\\u');
};

/** The words of a cell in lower case; undefined after a fault. */
const wordsOf = (cell: string, path: string, counts: readonly number[], faults: Fault[]): string[] | undefined => {
  const words = cell.normalize('NFC').trim().toLowerCase().split(/ +/);
  const bad = words.find((word) => !WORD.test(word) || [...word].length > ownCaps.letters);
  if (cell.trim() === '' || bad !== undefined) {
    const expected = `words of letters, digits, hyphens and apostrophes, at most ${ownCaps.letters} characters each`;
    faults.push({ path, expected, found: cell.trim() === '' ? 'nothing' : shown(bad as string) });
    return undefined;
  }
  if (counts.includes(words.length)) return words;
  const expected = counts.length === 1 && counts[0] === 1 ? 'one word' : `${counts.join(' or ')} words`;
  faults.push({ path, expected, found: `${words.length}: ${shown(cell)}` });
  return undefined;
};

const factOf = ({ line, cells }: FactLine, faults: Fault[]): OwnFact | undefined => {
  if (cells.length !== 3) {
    faults.push({ path: place(line), expected: 'three values: a name, a relation, a value', found: `${cells.length}` });
    return undefined;
  }
  const [name, told, said] = cells as [string, string, string];
  const relation = RELATIONS.find((one) => one === told.trim().toLowerCase());
  if (!relation) {
    faults.push({ path: place(line, 'relation'), expected: `one of ${RELATIONS.join(', ')}`, found: shown(told) });
  }
  const names = wordsOf(name, place(line, 'name'), [1, 2], faults);
  const value = relation && wordsOf(said, place(line, 'value'), [valueLength(relation)], faults);
  if (!names || !relation || !value) return undefined;
  const [first, family] = names.length === 2 ? names : [undefined, names[0]];
  return { ...(first !== undefined && { first }), family: family as string, relation, value };
};

/**
 * Facts of one's own from a table of name, relation, value. A name has one word or two, the family name last; a value has
 * one word, of a book two. The same fact twice counts once.
 *
 * @throws {SimError} data/invalid, at most twenty faults, each with its line: a word that is none, a relation that is not known,
 *   a fact that contradicts another, too many facts or authors
 */
export const ownFactsOf = (lines: readonly FactLine[]): readonly OwnFact[] => {
  const faults: Fault[] = [];
  if (lines.length > ownCaps.facts) {
    const expected = `at most ${ownCaps.facts} facts: leave some out`;
    throw faultError('data/invalid', [{ path: '', expected, found: `${lines.length} lines` }]);
  }
  const known = new Map<string, { readonly line: number; readonly value: string }>();
  const persons = new Set<string>();
  const facts = lines.flatMap((one) => {
    const fact = factOf(one, faults);
    if (!fact) return [];
    const name = `${fact.first ?? ''} ${fact.family}`;
    const value = fact.value.join(' ');
    const before = known.get(`${name}/${fact.relation}`);
    if (before) {
      if (before.value === value) return [];
      const expected = `${JSON.stringify(before.value)}, as in line ${before.line}: one of the two contradicts the other`;
      faults.push({ path: place(one.line, 'value'), expected, found: JSON.stringify(value) });
      return [];
    }
    known.set(`${name}/${fact.relation}`, { line: one.line, value });
    persons.add(name);
    return [fact];
  });
  if (persons.size > ownCaps.authors) {
    const expected = `at most ${ownCaps.authors} authors: leave some out`;
    faults.push({ path: '', expected, found: `${persons.size}` });
  }
  if (faults.length === 0) return facts;
  const more = faults.length - ownCaps.faults;
  const listed = faults.slice(0, ownCaps.faults);
  throw faultError(
    'data/invalid',
    more > 0 ? [...listed, { path: '', expected: 'fewer faults', found: `${more} more` }] : listed,
  );
};
