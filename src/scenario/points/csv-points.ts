import type { Fault } from '../../engine/base/errors.ts';
import { foldIn, keyOf, sample } from '../../engine/base/random.ts';
import { caps } from '../format/defaults.ts';
import type { InlineParams, Scenario } from '../format/scenario.ts';
import { describe, shownKey } from '../read/check.ts';
import { type CsvTable, csvError, csvNumber, csvPlace, isMissing } from './read-csv.ts';

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
}

/** Points from a table. */
export interface CsvPoints {
  readonly params: InlineParams;
  /** What each class is called in the table: by ascending number, or in the order of the alphabet. */
  readonly classes: readonly { readonly name: string; readonly train: number; readonly test: number }[];
}

const LABEL_NAME = /^(class|label|labels|target|species|category|klasse)$/i;
const INDEX_NAME = /^(id|index|no\.?|nr\.?|row|#)$/i;

/** Columns that look like numbers, and one that looks like classes. */
export const suggestPlan = ({ columns, rows, decimal }: CsvTable): Pick<CsvPlan, 'inputs' | 'label'> => {
  const isNumeric = columns.map((_, column) => {
    const seen = rows.slice(0, 50).filter(({ cells }) => !isMissing(cells[column] as string));
    const numbers = seen.filter(({ cells }) => !Number.isNaN(csvNumber(cells[column] as string, decimal)));
    return numbers.length * 2 > seen.length;
  });
  const named = columns.findIndex((name) => LABEL_NAME.test(name.trim()));
  const textual = isNumeric.lastIndexOf(false);
  /** Beside an x, a y is a number like it. */
  const y = columns.some((name) => /^x$/i.test(name)) ? -1 : columns.findIndex((name) => /^y$/i.test(name));
  const label = [named, textual, y].find((column) => column >= 0) ?? columns.length - 1;
  const inputs = [...columns.keys()].filter(
    (column) => column !== label && isNumeric[column] === true && !INDEX_NAME.test((columns[column] as string).trim()),
  );
  return { inputs: inputs.slice(0, caps.inputs), label };
};

const nameOf = (table: CsvTable, column: number): string => shownKey(table.columns[column] ?? '');

const planFaults = (table: CsvTable, { inputs, label }: CsvPlan): readonly Fault[] => {
  if (inputs.length === 0) {
    return [{ path: '', expected: 'at least one column of numbers: choose one above', found: 'none' }];
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
  const value = csvNumber(cell, table.decimal);
  if (Math.abs(value) <= caps.coordinate) return value === 0 ? 0 : value;
  const path = `${csvPlace(line, column)} (${nameOf(table, column)})`;
  const isInfinite = /^[+-]?inf(inity)?$/i.test(cell) || Math.abs(value) === Number.POSITIVE_INFINITY;
  if (isMissing(cell)) {
    const expected = 'a number: fill it in, remove the line, or leave the column out';
    faults.push({ path, expected, found: cell === '' ? 'nothing' : describe(cell) });
  } else if (isInfinite) {
    faults.push({ path, expected: 'a finite number: remove the line or fix the value', found: describe(cell) });
  } else if (Number.isNaN(value)) {
    const form = table.decimal === ',' ? 'with a decimal comma' : 'with a decimal point';
    faults.push({ path, expected: `a number ${form}, or leave the column out`, found: describe(cell) });
  } else {
    const expected = `a number in [-${caps.coordinate}, ${caps.coordinate}]: use a larger unit`;
    faults.push({ path, expected, found: describe(cell) });
  }
  return undefined;
};

/** The names of the classes in order, and each row's class. */
const labelsOf = (table: CsvTable, column: number, faults: Fault[]) => {
  const words = table.rows.map(({ line, cells }) => {
    const word = (cells[column] as string).trim();
    const path = `${csvPlace(line, column)} (${nameOf(table, column)})`;
    if (word === '') faults.push({ path, expected: 'a class: fill it in or remove the line', found: 'nothing' });
    return word;
  });
  const distinct = [...new Set(words)].filter((word) => word !== '');
  const areNumbers = distinct.every((word) => !Number.isNaN(csvNumber(word, table.decimal)));
  const names = areNumbers
    ? distinct.toSorted((a, b) => csvNumber(a, table.decimal) - csvNumber(b, table.decimal))
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
export const csvPoints = (table: CsvTable, plan: CsvPlan): CsvPoints => {
  const wrong = planFaults(table, plan);
  if (wrong.length > 0) throw csvError(wrong);
  const faults: Fault[] = [];
  const { names, y } = labelsOf(table, plan.label, faults);
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
