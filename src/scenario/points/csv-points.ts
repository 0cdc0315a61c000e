import type { Fault } from '../../engine/base/errors.ts';
import { foldIn, keyOf, sample } from '../../engine/base/random.ts';
import { caps } from '../format/defaults.ts';
import type { InlineParams, Scenario } from '../format/scenario.ts';
import { describe, shownKey } from '../read/check.ts';
import { counts, csvNumber, isLabelName, isMissing } from './csv-dialect.ts';
import { type CsvTable, csvError, csvPlace } from './read-csv.ts';

/** What is to be made of a table. */
export interface CsvPlan {
  /** Columns that are the numbers of a point. */
  readonly inputs: readonly number[];
  /** The column that says the class. */
  readonly label: number;
  /** Each column of numbers is shifted and scaled to mean 0 and standard deviation 1 over the training points. */
  readonly isStandardized: boolean;
  /** Share of each class's rows that only test. */
  readonly testShare: number;
  /** Which rows those are. */
  readonly seed: number;
  /** Whether names of classes that look alike, as Cat and cat, stay apart; otherwise the first of them is the name. */
  readonly areAlikeApart?: boolean | undefined;
  /** Whether a word for a missing value, such as nan, is a class in the column of the class; otherwise its rows are left out. */
  readonly areMissingClasses?: boolean | undefined;
}

/** Points from a table. */
export interface CsvPoints {
  readonly params: InlineParams;
  /** What each class is called in the table: by ascending number, or in the order of the alphabet. */
  readonly classes: readonly { readonly name: string; readonly train: number; readonly test: number }[];
}

const INDEX_NAME = /^(id|index|no\.?|nr\.?|row|#|level_\d+|unnamed: ?\d+(_level_\d+)?)$/i;
/** Coordinates may count up; other columns that do are the numbers of the rows, perhaps. */
const COORDINATE_NAME = /^(x|y|z|x[_ ]?\d+|feature[_ ]?\d+|f\d+)$/i;

const cellsOf = ({ rows }: CsvTable, column: number): readonly string[] =>
  rows.map(({ cells }) => cells[column] as string);

/** Where two readings of a table are possible and the reader decides. */
export type CsvQuestion =
  | { readonly kind: 'header' }
  | { readonly kind: 'decimal'; readonly column: number; readonly cell: string }
  | { readonly kind: 'rowNumbers'; readonly column: number }
  | { readonly kind: 'label' }
  /** Something like numbers that is none: the column would be left out. */
  | { readonly kind: 'unread'; readonly column: number; readonly cell: string }
  | { readonly kind: 'missing'; readonly cells: readonly string[] }
  | { readonly kind: 'alike'; readonly groups: readonly (readonly string[])[] };

/** The first of cells of which more than half are such. */
const halfOf = (cells: readonly string[], isSuch: (cell: string) => boolean): string | undefined => {
  const such = cells.filter(isSuch);
  return 2 * such.length > cells.length ? such[0] : undefined;
};

/** What the columns look like. */
const looksOf = (table: CsvTable) => {
  const { columns, rows, marks, hasHeader } = table;
  return columns.map((name, column) => {
    const cells = cellsOf(table, column);
    const seen = cells.filter((cell) => !isMissing(cell));
    const values = seen.map((cell) => csvNumber(cell, marks[column]?.decimal ?? '.'));
    const isNumeric = 2 * values.filter((value) => !Number.isNaN(value)).length > seen.length;
    const different = new Set(seen).size;
    const isCounted = rows.length > 2 && counts(cells);
    const isUnnamed = hasHeader && name === `column ${column + 1}`;
    const isIndexNamed = INDEX_NAME.test(name.trim()) || (isUnnamed && isCounted);
    const areFew = different > 1 && different <= caps.classes && different < seen.length;
    return {
      isEmpty: seen.length === 0,
      isNumeric,
      unread: isNumeric ? undefined : halfOf(seen, (cell) => /^[^\p{L}\d]*\d/u.test(cell)),
      isIndex: isIndexNamed,
      mayBeIndex: !isIndexNamed && isNumeric && (isCounted || isUnnamed) && !COORDINATE_NAME.test(name.trim()),
      mayBeLabel: areFew && !isIndexNamed && (!isNumeric || values.every((value) => Number.isInteger(value))),
    };
  });
};

/** Columns that look like numbers, and one that looks like classes; and whether another might be it as well. */
const suggested = (table: CsvTable) => {
  const { columns } = table;
  const looks = looksOf(table);
  const named = [...columns.keys()].filter((column) => isLabelName(columns[column] as string));
  const textual = looks.flatMap(({ isNumeric, isEmpty }, column) => (isNumeric || isEmpty ? [] : [column]));
  /** Beside an x, a y is a number like it. */
  const y = columns.some((name) => /^x$/i.test(name)) ? -1 : columns.findIndex((name) => /^y$/i.test(name));
  const few = looks.flatMap(({ mayBeLabel }, column) => (mayBeLabel ? [column] : []));
  const last = looks.findLastIndex(({ isIndex, isEmpty }) => !isIndex && !isEmpty);
  const fewTextual = textual.filter((column) => few.includes(column));
  const words = fewTextual.length > 0 ? fewTextual : textual;
  const label = [named[0], words.at(-1), y, few.at(-1), last].find((one) => one !== undefined && one >= 0) ?? -1;
  const group = [named, words, y >= 0 ? [y] : [], few].find((one) => one.length > 0) ?? [];
  const isSure = group.length === 1 && !(group === textual && few.length > 0);
  const inputs = looks.flatMap(({ isNumeric, isIndex }, column) =>
    column !== label && isNumeric && !isIndex ? [column] : [],
  );
  return { inputs: inputs.slice(0, caps.inputs), label, isSure, looks };
};

/** Columns that look like numbers, and one that looks like classes. */
export const suggestPlan = (table: CsvTable): Pick<CsvPlan, 'inputs' | 'label'> => {
  const { inputs, label } = suggested(table);
  return { inputs, label };
};

/** Letters of the Cyrillic alphabet that look like Latin ones. */
const LATIN: Readonly<Record<string, string>> = Object.fromEntries(
  [...'аеорсухіАВЕКМНОРСТХ'].map((letter, i) => [letter, 'aeopcyxiABEKMHOPCTX'[i] as string]),
);

/** A name of a class as it is compared: no sign that cannot be seen, no difference of case. */
const alikeKey = (word: string): string =>
  word
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/\p{Pd}/gu, '-')
    .replaceAll(/[аеорсухіАВЕКМНОРСТХ]/g, (letter) => LATIN[letter] ?? letter)
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toLowerCase();

/** Names of classes that differ only by what is hardly seen, as Cat and cat, or 1 and 01. */
const alikeIn = (table: CsvTable, label: number): readonly (readonly string[])[] => {
  if (label < 0) return [];
  const decimal = table.marks[label]?.decimal ?? '.';
  const groups = new Map<string, Set<string>>();
  for (const word of wordsOf(table, label)) {
    const value = csvNumber(word, decimal);
    const key = Number.isNaN(value) ? alikeKey(word) : `${value}`;
    groups.set(key, (groups.get(key) ?? new Set()).add(word));
  }
  return [...groups.values()].flatMap((group) => (group.size > 1 ? [[...group]] : []));
};

/** What the reader is asked before a table is taken: what `columns` are for, and how they are read. */
export const csvQuestions = (table: CsvTable, columns: Pick<CsvPlan, 'inputs' | 'label'>): readonly CsvQuestion[] => {
  const { isSure, looks } = suggested(table);
  const alike = alikeIn(table, columns.label);
  const classes = columns.label < 0 ? [] : new Set(wordsOf(table, columns.label));
  const missing = [...classes].filter((word) => word !== '' && isMissing(word));
  return [
    ...(table.isHeaderDoubtful ? [{ kind: 'header' } as const] : []),
    ...(isSure ? [] : [{ kind: 'label' } as const]),
    ...table.marks.flatMap(({ doubtful: cell }, column): CsvQuestion[] =>
      cell !== undefined && columns.inputs.includes(column) ? [{ kind: 'decimal', column, cell }] : [],
    ),
    ...looks.flatMap(({ mayBeIndex }, column): CsvQuestion[] =>
      mayBeIndex && column !== columns.label ? [{ kind: 'rowNumbers', column }] : [],
    ),
    ...looks.flatMap(({ unread: cell, isIndex }, column): CsvQuestion[] =>
      cell !== undefined && !isIndex && column !== columns.label ? [{ kind: 'unread', column, cell }] : [],
    ),
    ...(missing.length > 0 ? [{ kind: 'missing', cells: missing } as const] : []),
    ...(alike.length > 0 ? [{ kind: 'alike', groups: alike } as const] : []),
  ];
};

const nameOf = (table: CsvTable, column: number): string => shownKey(table.columns[column] ?? '');

const planFaults = (table: CsvTable, { inputs, label }: CsvPlan): readonly Fault[] => {
  if (inputs.length === 0) {
    const isThere = looksOf(table).some(({ isNumeric, isEmpty }, column) => isNumeric && !isEmpty && column !== label);
    const expected = isThere
      ? 'at least one column of numbers: choose one above'
      : 'at least one column of numbers beside the class';
    return [{ path: '', expected, found: 'none' }];
  }
  if (inputs.length > caps.inputs) {
    const found = `${inputs.length}`;
    return [{ path: '', expected: `at most ${caps.inputs} columns of numbers: leave some out`, found }];
  }
  if (inputs.includes(label) || label < 0 || label >= table.columns.length) {
    return [{ path: '', expected: 'one further column that says the class', found: 'none' }];
  }
  return [];
};

/** A cell as a number; undefined after a fault. */
const numberAt = (table: CsvTable, row: number, column: number, faults: Fault[]): number | undefined => {
  const { line, cells } = table.rows[row] as CsvTable['rows'][number];
  const cell = cells[column] as string;
  const value = csvNumber(cell, table.marks[column]?.decimal ?? '.');
  if (Math.abs(value) <= caps.coordinate) return value === 0 ? 0 : value;
  const path = `${csvPlace(line, column)} (${nameOf(table, column)})`;
  const isInfinite = /^[+-]?inf(inity)?$/i.test(cell) || Math.abs(value) === Number.POSITIVE_INFINITY;
  if (isMissing(cell)) {
    const expected = 'a number: fill it in, remove the line, or leave the column out';
    faults.push({ path, expected, found: cell === '' ? 'nothing' : describe(cell) });
  } else if (isInfinite) {
    faults.push({ path, expected: 'a finite number: remove the line or fix the value', found: describe(cell) });
  } else if (Number.isNaN(value)) {
    const form = table.marks[column]?.decimal === ',' ? 'with a decimal comma' : 'with a decimal point';
    faults.push({ path, expected: `a number ${form}, or leave the column out`, found: describe(cell) });
  } else {
    const expected = `a number in [-${caps.coordinate}, ${caps.coordinate}]: use a larger unit`;
    faults.push({ path, expected, found: describe(cell) });
  }
  return undefined;
};

/** A column's cells as names of classes: composed characters, and 1.0 as 1 where 1 stands beside it. */
const wordsOf = (table: CsvTable, column: number): readonly string[] => {
  const words = cellsOf(table, column).map((cell) => cell.trim().normalize('NFC'));
  const distinct = new Set(words);
  return words.map((word) => {
    const whole = /^([+-]?\d+)[.,]0*$/.exec(word)?.[1];
    return whole !== undefined && distinct.has(whole) ? whole : word;
  });
};

/** The names of the classes in order, and each row's class. */
const labelsOf = (table: CsvTable, { label: column, areAlikeApart = true }: CsvPlan, faults: Fault[]) => {
  const decimal = table.marks[column]?.decimal ?? '.';
  const firsts = new Map<string, string>();
  const words = wordsOf(table, column).map((word, row) => {
    const path = `${csvPlace(table.rows[row]?.line ?? 0, column)} (${nameOf(table, column)})`;
    if (word === '') faults.push({ path, expected: 'a class: fill it in or remove the line', found: 'nothing' });
    if (areAlikeApart) return word;
    const value = csvNumber(word, decimal);
    const key = Number.isNaN(value) ? alikeKey(word) : `${value}`;
    const first = firsts.get(key) ?? word;
    firsts.set(key, first);
    return first;
  });
  const distinct = [...new Set(words)].filter((word) => word !== '');
  const areNumbers = distinct.every((word) => !Number.isNaN(csvNumber(word, decimal)));
  const names = areNumbers
    ? distinct.toSorted((a, b) => csvNumber(a, decimal) - csvNumber(b, decimal))
    : distinct.toSorted((a, b) => (a < b ? -1 : 1));
  const where = `column ${column + 1} (${nameOf(table, column)})`;
  if (names.length > caps.classes) {
    const expected = `at most ${caps.classes} classes: choose another column, or join some`;
    faults.push({ path: where, expected, found: `${names.length} different values` });
  } else if (names.length < 2) {
    faults.push({ path: where, expected: 'at least two classes', found: describe(names[0]) });
  }
  const numbers = new Map(names.map((name, label) => [name, label]));
  return { names, y: words.map((word) => numbers.get(word) ?? -1) };
};

/**
 * Rows that only test: of each class the share, rounded, at least one and at most all but one. Which ones depends on the
 * seed and on the row's place within its class.
 */
const testRows = (y: readonly number[], classes: number, { testShare, seed }: CsvPlan): ReadonlySet<number> => {
  const chosen = new Set<number>();
  for (let label = 0; label < classes; label++) {
    const rows = y.flatMap((one, row) => (one === label ? [row] : []));
    const count = Math.min(rows.length - 1, Math.max(1, Math.round(testShare * rows.length)));
    const key = foldIn(keyOf(seed), 'csv-test', label);
    for (const i of sample(key, rows.length, Math.max(0, count))) chosen.add(rows[i] as number);
  }
  return chosen;
};

const DECIMALS = 1e4;

/** The columns with mean 0 and standard deviation 1 over the training rows, to four decimals; a constant column is 0. */
const standardized = (
  x: readonly (readonly number[])[],
  isTest: ReadonlySet<number>,
): readonly (readonly number[])[] => {
  const train = x.filter((_, row) => !isTest.has(row));
  const scales = (x[0] ?? []).map((_, column) => {
    const mean = train.reduce((sum, row) => sum + (row[column] as number), 0) / train.length;
    const square = (value: number): number => (value - mean) * (value - mean);
    const variance = train.reduce((sum, row) => sum + square(row[column] as number), 0) / train.length;
    return { mean, deviation: Math.sqrt(variance) };
  });
  return x.map((row) =>
    row.map((value, column) => {
      const { mean, deviation } = scales[column] as { mean: number; deviation: number };
      const scaled = deviation > 0 ? Math.round(((value - mean) / deviation) * DECIMALS) / DECIMALS : 0;
      return scaled === 0 ? 0 : scaled;
    }),
  );
};

/**
 * Points from a table, in the order of its rows.
 *
 * @throws {SimError} data/invalid, each fault with its line and column as `path`
 */
export const csvPoints = (given: CsvTable, plan: CsvPlan): CsvPoints => {
  const isLeft = ({ cells }: CsvTable['rows'][number]): boolean => !isMissing(cells[plan.label] ?? '');
  const table = plan.areMissingClasses === false ? { ...given, rows: given.rows.filter(isLeft) } : given;
  const wrong = planFaults(table, plan);
  if (wrong.length > 0) throw csvError(wrong);
  const faults: Fault[] = [];
  const { names, y } = labelsOf(table, plan, faults);
  const raw = table.rows.map((_, row) => plan.inputs.map((column) => numberAt(table, row, column, faults) ?? 0));
  if (faults.length > 0) throw csvError(faults);
  const isTest = testRows(y, names.length, plan);
  const [test, train] = [isTest.size, y.length - isTest.size];
  if (Math.max(train, test) > caps.points) {
    const expected = `at most ${caps.points} training and ${caps.points} test points: change the share, or keep a sample`;
    throw csvError([{ path: '', expected, found: `${train} and ${test}` }]);
  }
  if (test === 0) throw csvError([{ path: '', expected: 'a class with at least two rows', found: 'one row each' }]);
  const x = plan.isStandardized ? standardized(raw, isTest) : raw;
  const set = (isFor: boolean) => {
    const rows = [...y.keys()].filter((row) => isTest.has(row) === isFor);
    return { x: rows.map((row) => x[row] as readonly number[]), y: rows.map((row) => y[row] as number) };
  };
  const params: InlineParams = { train: set(false), test: set(true) };
  const count = (labels: readonly number[], label: number): number => labels.filter((one) => one === label).length;
  const classes = names.map((name, label) => ({
    name,
    train: count(params.train.y, label),
    test: count(params.test.y, label),
  }));
  return { params, classes };
};

/** The scenario on points from elsewhere: what it forgets is a class of them, since nothing else is known. */
export const onPoints = ({ requests: _, ...scenario }: Scenario, params: InlineParams): Scenario => {
  return { ...scenario, data: { generator: 'inline', seed: 0, params }, forget: { kind: 'class', label: 0 } };
};
