import { type Fault, faultError, type SimError } from '../../engine/base/errors.ts';
import { caps } from '../format/defaults.ts';
import { describe, wellFormed } from '../read/check.ts';

/** A line of a table with the place it came from. */
interface CsvRow {
  /** From 1, as an editor counts; of its first line where a quoted cell runs over several. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** A table of texts. All rows have as many cells as there are columns. */
export interface CsvTable {
  readonly separator: Separator;
  readonly decimal: '.' | ',';
  readonly hasHeader: boolean;
  /** Names of the columns: of the header, or 'column 1', 'column 2', ... */
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
}

const SEPARATORS = ['\t', ';', ','] as const;
export type Separator = (typeof SEPARATORS)[number];

/** How large a table may be. Twenty thousand points of a few numbers are below a tenth of it. */
const csvCaps = { bytes: 8_000_000, rows: 2 * caps.points, columns: 256, faults: 20 } as const;

const fault = (path: string, expected: string, found: string): Fault => ({ path, expected, found });

/** The error of a table: at most 20 faults, and how many more there are. */
export const csvError = (faults: readonly Fault[]): SimError => {
  const more = faults.length - csvCaps.faults;
  const listed = faults.slice(0, csvCaps.faults);
  return faultError('data/invalid', more > 0 ? [...listed, fault('', 'fewer faults', `${more} more`)] : listed);
};

/** A place in a table, as an editor or a spreadsheet shows it. */
export const csvPlace = (line: number, column?: number): string =>
  column === undefined ? `line ${line}` : `line ${line}, column ${column + 1}`;

/** @throws {SimError} data/invalid if a file of so many bytes is too large: to be asked before it is read */
export const checkCsvSize = (bytes: number): void => {
  if (bytes <= csvCaps.bytes) return;
  const megabytes = (value: number): string => `${(value / 1e6).toFixed(1)} MB`;
  const expected = `at most ${megabytes(csvCaps.bytes)}: keep fewer rows (a random sample of them) or fewer columns`;
  throw csvError([fault('', expected, megabytes(bytes))]);
};

const NAMES: Readonly<Record<Separator, string>> = { '\t': 'tabs', ';': 'semicolons', ',': 'commas' };
export const separatorName = (separator: Separator): string => NAMES[separator];

/** The separators that stand outside of quotes in a text's first lines. */
const separatorsIn = (text: string, lines: number): ReadonlySet<string> => {
  const found = new Set<string>();
  let isQuoted = false;
  for (let i = 0, line = 0; i < text.length && line < lines; i++) {
    const char = text[i] as string;
    if (char === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (char === '\n' || char === '\r') line++;
    else if ((SEPARATORS as readonly string[]).includes(char)) found.add(char);
  }
  return found;
};

/** The separator of the first line; tabs and semicolons before commas, which may be decimal commas. */
const separatorOf = (text: string): Separator => {
  for (const lines of [1, 20]) {
    const found = separatorsIn(text, lines);
    const separator = SEPARATORS.find((one) => found.has(one));
    if (separator) return separator;
  }
  const expected = 'several values in a line, separated by commas, semicolons or tabs';
  throw csvError([fault(csvPlace(1), expected, describe(text.split(/\r?\n|\r/, 1)[0] ?? ''))]);
};

/** Splits a text into rows of cells, after RFC 4180: a cell in double quotes may hold anything, "" is a quote in it. */
const split = (text: string, separator: Separator): CsvRow[] => {
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let line = 1;
  let start = 1;
  let i = 0;
  const endRow = (): void => {
    if (cells.length > 1 || cells[0] !== '') rows.push({ line: start, cells });
    if (rows.length > csvCaps.rows + 1) {
      throw csvError([
        fault(csvPlace(start), `at most ${csvCaps.rows} rows: keep a random sample of them`, 'more rows'),
      ]);
    }
    cells = [];
  };
  /** Reads a cell from i on, up to its separator or the end of its line. */
  const quoted = (): string => {
    const [from, column] = [line, cells.length];
    let value = '';
    for (i++; ; i++) {
      if (i >= text.length) {
        throw csvError([fault(csvPlace(from, column), 'a closing double quote', 'the end of the text')]);
      }
      const char = text[i] as string;
      if (char === '"') {
        if (text[i + 1] !== '"') break;
        i++;
      } else if (char === '\n') line++;
      value += char;
    }
    i++;
    while (text[i] === ' ') i++;
    const next = text[i];
    if (next !== undefined && next !== separator && next !== '\n' && next !== '\r') {
      const found = describe(text.slice(i, i + 20));
      throw csvError([fault(csvPlace(line, column), 'nothing after a closing double quote', found)]);
    }
    return value;
  };
  const plain = (): string => {
    const from = i;
    while (i < text.length && text[i] !== separator && text[i] !== '\n' && text[i] !== '\r') i++;
    return text.slice(from, i).trim();
  };
  while (i < text.length) {
    while (text[i] === ' ') i++;
    cells.push(text[i] === '"' ? quoted() : plain());
    if (cells.length > csvCaps.columns) {
      throw csvError([fault(csvPlace(start), `at most ${csvCaps.columns} columns`, 'more values in this line')]);
    }
    const end = text[i];
    i++;
    if (end === separator) {
      if (i >= text.length) cells.push('');
      continue;
    }
    if (end === '\r' && text[i] === '\n') i++;
    line++;
    endRow();
    start = line;
  }
  if (cells.length > 0) endRow();
  return rows;
};

const POINT = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const COMMA = /^[+-]?(\d+,?\d*|,\d+)(e[+-]?\d+)?$/i;

/** The number that a cell says; NaN if it says none. */
export const csvNumber = (cell: string, decimal: '.' | ','): number => {
  if (decimal === '.') return POINT.test(cell) ? Number(cell) : Number.NaN;
  return COMMA.test(cell) ? Number(cell.replace(',', '.')) : Number.NaN;
};

/** Decimal commas if there are some and no decimal points. */
const decimalOf = (rows: readonly CsvRow[], separator: Separator): '.' | ',' => {
  if (separator === ',') return '.';
  let commas = 0;
  for (const { cells } of rows.slice(0, 200)) {
    for (const cell of cells) {
      if (cell.includes('.') && POINT.test(cell)) return '.';
      if (cell.includes(',') && COMMA.test(cell)) commas++;
    }
  }
  return commas > 0 ? ',' : '.';
};

/** Every row has as many cells as the first. @throws {SimError} data/invalid */
const checkWidths = (rows: readonly CsvRow[], separator: Separator): void => {
  const [first] = rows;
  const faults: Fault[] = [];
  for (const { line, cells } of rows) {
    if (!first || cells.length === first.cells.length) continue;
    const other = SEPARATORS.find(
      (one) => one !== separator && cells.some((cell) => cell.split(one).length === first.cells.length),
    );
    const hint = other ? ` (this line seems to be separated by ${NAMES[other]})` : '';
    const expected = `${first.cells.length} values separated by ${NAMES[separator]}, as in line ${first.line}`;
    faults.push(fault(csvPlace(line), expected, `${cells.length}${hint}`));
  }
  if (faults.length > 0) throw csvError(faults);
};

const looksLikeHeader = (row: CsvRow | undefined, decimal: '.' | ','): boolean =>
  row?.cells.every((cell) => cell !== '' && Number.isNaN(csvNumber(cell, decimal)) && !isMissing(cell)) === true;

/** Words for a value that is not there. */
export const isMissing = (cell: string): boolean => /^(|na|n\/a|nan|null|none|-|\?)$/i.test(cell);

/**
 * Reads text as a table: commas, semicolons or tabs; decimal points or commas; with or without a header, quotes and a
 * byte-order mark. `hasHeader` overrules what it looks like.
 *
 * @throws {SimError} data/invalid, each fault with its line and column as `path`
 */
export const readCsv = (input: string, hasHeader?: boolean): CsvTable => {
  checkCsvSize(input.length);
  const text = wellFormed(input.replace(/^\uFEFF/, ''));
  if (text.trim() === '') throw csvError([fault('', 'rows of values', 'an empty text')]);
  const zero = text.indexOf('\0');
  if (zero >= 0) {
    const line = text.slice(0, zero).split('\n').length;
    throw csvError([fault(csvPlace(line), 'a text: save the table as CSV', 'binary data')]);
  }
  const separator = separatorOf(text);
  const all = split(text, separator);
  checkWidths(all, separator);
  const decimal = decimalOf(all, separator);
  const isHeader = hasHeader ?? looksLikeHeader(all[0], decimal);
  const rows = isHeader ? all.slice(1) : all;
  if (rows.length === 0) throw csvError([fault(csvPlace(2), 'rows of values after the header', 'nothing')]);
  const columns = (all[0]?.cells ?? []).map((cell, i) => (isHeader && cell !== '' ? cell : `column ${i + 1}`));
  return { separator, decimal, hasHeader: isHeader, columns, rows };
};
