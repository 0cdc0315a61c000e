import { type Fault, faultError, type SimError } from '../../engine/base/errors.ts';
import type { FactsSpec, NamesSpec } from '../../engine/base/schema.ts';

/** One fact of the reader's own: the value of a relation for a person of one or two names, all in lower case. */
export interface TableFact {
  readonly first?: string;
  readonly family: string;
  readonly relation: string;
  readonly value: readonly string[];
}

/** A table of facts as far as it could be read. */
export interface ReadFacts {
  readonly facts: readonly TableFact[];
  /** Each with its place: 'line 3, column 2 (relation)', or '' for the table as a whole. */
  readonly faults: readonly Fault[];
}

const MOST_FAULTS = 20;
const WORD = /^[\p{L}\p{N}][\p{L}\p{N}'’-]*$/u;
const COLUMNS = ['name', 'relation', 'value'] as const;

const place = (line: number, column?: number): string =>
  column === undefined ? `line ${line}` : `line ${line}, column ${column + 1} (${COLUMNS[column]})`;

/** A text as a fault shows it: short, and what cannot be seen, such as what turns the direction of writing, by its number. */
const shown = (text: string): string => {
  const plain = text.replace(/[\p{C}\p{Z}]/gu, (char) =>
    char === ' ' ? ' ' : `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
  return JSON.stringify(plain.length > 40 ? `${[...plain].slice(0, 37).join('')}...` : plain).replaceAll(
    '\\\\u',
    '\\u',
  );
};

interface Cell {
  readonly text: string;
  readonly path: string;
}

/** The words of a cell in lower case; undefined after a fault. */
const wordsOf = (
  { text, path }: Cell,
  counts: readonly number[],
  letters: number,
  faults: Fault[],
): string[] | undefined => {
  const words = text.normalize('NFC').trim().toLowerCase().split(/ +/);
  const bad = words.find((word) => !WORD.test(word) || [...word].length > letters);
  if (text.trim() === '' || bad !== undefined) {
    const expected = `words of letters, digits, hyphens and apostrophes, at most ${letters} characters each`;
    faults.push({ path, expected, found: text.trim() === '' ? 'nothing' : shown(bad as string) });
    return undefined;
  }
  if (counts.includes(words.length)) return words;
  const expected = counts.length === 1 && counts[0] === 1 ? 'one word' : `${counts.join(' or ')} words`;
  faults.push({ path, expected, found: `${words.length}: ${shown(text)}` });
  return undefined;
};

/** Cells of a line, without the quotation marks around them. */
const cellsOf = (line: string, separator: string): readonly string[] =>
  line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));

const separatorOf = (text: string): string =>
  ['\t', ';', ','].find((one) => text.split('\n').some((line) => line.split(one).length >= COLUMNS.length)) ?? ',';

const isHeader = (cells: readonly string[]): boolean =>
  cells.length === COLUMNS.length && COLUMNS.every((name, i) => cells[i]?.toLowerCase() === name);

const factOf = (cells: readonly string[], line: number, spec: FactsSpec, faults: Fault[]): TableFact | undefined => {
  if (cells.length !== COLUMNS.length) {
    const expected = 'three values: a name, a relation, a value';
    faults.push({ path: place(line), expected, found: `${cells.length}` });
    return undefined;
  }
  const [name, told, said] = cells as [string, string, string];
  const relations = Object.keys(spec.relations);
  const relation = relations.find((one) => one === told.toLowerCase());
  const { letters } = spec.most;
  if (relation === undefined) {
    faults.push({ path: place(line, 1), expected: `one of ${relations.join(', ')}`, found: shown(told) });
  }
  const names = wordsOf({ text: name, path: place(line, 0) }, [1, 2], letters, faults);
  const lengths = relation === undefined ? undefined : [spec.relations[relation] as number];
  const value = lengths && wordsOf({ text: said, path: place(line, 2) }, lengths, letters, faults);
  if (!names || relation === undefined || !value) return undefined;
  const [first, family] = names.length === 2 ? names : [undefined, names[0]];
  return { ...(first !== undefined && { first }), family: family as string, relation, value };
};

/** The name of a fact's person as a whole. */
export const nameOf = ({ first, family }: Pick<TableFact, 'first' | 'family'>): string =>
  first === undefined ? family : `${first} ${family}`;

/**
 * Facts from lines of name, relation and value, separated by commas, semicolons or tabs; a first line that names these three
 * is a header. A name has one word or two, the family name last. The same fact twice counts once; a fact that contradicts an
 * earlier one is a fault, and the earlier one stays.
 */
export const readFacts = (text: string, spec: FactsSpec): ReadFacts => {
  const faults: Fault[] = [];
  const separator = separatorOf(text);
  const lines = text
    .split(/\r\n|\r|\n/)
    .map((line, i) => ({ line: i + 1, cells: cellsOf(line, separator), isEmpty: line.trim() === '' }))
    .filter(({ isEmpty }) => !isEmpty);
  const rows = lines[0] && isHeader(lines[0].cells) ? lines.slice(1) : lines;
  if (rows.length > spec.most.facts) {
    const expected = `at most ${spec.most.facts} facts: leave some out`;
    return { facts: [], faults: [{ path: '', expected, found: `${rows.length} lines` }] };
  }
  const known = new Map<string, { readonly line: number; readonly value: string }>();
  const persons = new Set<string>();
  const facts = rows.flatMap(({ line, cells }) => {
    const fact = factOf(cells, line, spec, faults);
    if (!fact) return [];
    const name = nameOf(fact);
    const value = fact.value.join(' ');
    const before = known.get(`${name}/${fact.relation}`);
    if (before) {
      if (before.value === value) return [];
      const expected = `${JSON.stringify(before.value)}, as in line ${before.line}: one of the two contradicts the other`;
      faults.push({ path: place(line, 2), expected, found: JSON.stringify(value) });
      return [];
    }
    if (!persons.has(name) && persons.size >= spec.most.authors) {
      const expected = `at most ${spec.most.authors} authors: leave some out`;
      faults.push({ path: place(line, 0), expected, found: 'one more' });
      return [];
    }
    known.set(`${name}/${fact.relation}`, { line, value });
    persons.add(name);
    return [fact];
  });
  return { facts, faults };
};

/** Facts as a scenario writes them: one a line, with commas. `readFacts` reads them back. */
export const writeFacts = (facts: readonly TableFact[]): string =>
  facts.map((fact) => [nameOf(fact), fact.relation, fact.value.join(' ')].join(',')).join('\n');

/** Names separated by commas or lines, each once, in lower case; those that are none as faults. */
export const readNames = (
  text: string,
  spec: NamesSpec,
): { readonly names: readonly string[]; readonly faults: readonly Fault[] } => {
  const faults: Fault[] = [];
  const parts = text.split(/[,;\n]/).filter((part) => part.trim() !== '');
  const names = parts.slice(0, spec.most).flatMap((part, i) => {
    const words = wordsOf({ text: part, path: `name ${i + 1}` }, [1, 2], spec.letters, faults);
    return words ? [words.join(' ')] : [];
  });
  if (parts.length > spec.most) {
    faults.push({ path: '', expected: `at most ${spec.most} names`, found: `${parts.length}` });
  }
  return { names: [...new Set(names)], faults };
};

export const writeNames = (names: readonly string[]): string => names.join(', ');

/** The first twenty faults, and how many more there are. */
export const listedFaults = (faults: readonly Fault[]): readonly Fault[] => {
  const more = faults.length - MOST_FAULTS;
  return more > 0
    ? [...faults.slice(0, MOST_FAULTS), { path: '', expected: 'fewer faults', found: `${more} more` }]
    : faults;
};

/** @throws {SimError} data/invalid if a text that was checked before is none after all */
export const factsIn = (text: string, spec: FactsSpec): readonly TableFact[] => {
  const { facts, faults } = readFacts(text, spec);
  if (faults.length > 0) throw factsError(faults);
  return facts;
};

const factsError = (faults: readonly Fault[]): SimError => faultError('data/invalid', listedFaults(faults));
