import { type Fault, faultError, type SimError } from '../../engine/base/errors.ts';
import { wellFormed } from '../../engine/base/words.ts';
import { caps } from '../format/defaults.ts';
import { describe } from '../read/check.ts';
import {
  type ColumnMark,
  type Decimal,
  headerOf,
  isComment,
  type Lead,
  leadOf,
  markOf,
  type SplitRow,
  trimmed,
  withNamesOfRows,
  withoutRule,
} from './csv-dialect.ts';

/** A line of a table with the place it came from. */
interface CsvRow {
  /** From 1, as an editor counts; of its first line where a quoted cell runs over several. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** A table of texts. All rows have as many cells as there are columns. */
export interface CsvTable {
  readonly separator: Separator;
  /** How the numbers of each column are written. */
  readonly marks: readonly ColumnMark[];
  readonly hasHeader: boolean;
  /** Whether the first line might as well be the other thing. */
  readonly isHeaderDoubtful: boolean;
  /** Lines that begin with #, % or // and were left out. */
  readonly comments: number;
  /** Names of the columns: of the header, or 'column 1', 'column 2', ... */
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
}

/** What is said of a table beforehand; the rest is read from it. */
export interface CsvReading {
  readonly hasHeader?: boolean | undefined;
  readonly separator?: Separator | undefined;
  /** The decimal signs of columns, by their index. */
  readonly decimals?: Readonly<Record<number, Decimal>> | undefined;
}

export const SEPARATORS = ['\t', ';', ',', '|', ' '] as const;
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

const NAMES: Readonly<Record<Separator, string>> = {
  '\t': 'tabs',
  ';': 'semicolons',
  ',': 'commas',
  '|': 'vertical bars',
  ' ': 'spaces',
};

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

/** Whether the first lines, without those that are empty, have the same number of values, more than one. */
const isEven = (text: string, separator: Separator): boolean => {
  const lines = text
    .slice(0, 20_000)
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '');
  const widths = lines.slice(0, 20).map((line) => line.split(separator).length);
  return widths.length > 1 && widths.every((width) => width > 1 && width === widths[0]);
};

/** A separator of the first line; tabs and semicolons before commas, which may be decimal commas, but an even one first. */
const separatorOf = (text: string): Separator => {
  for (const lines of [1, 20]) {
    const found = separatorsIn(text, lines);
    const there = SEPARATORS.filter((one) => found.has(one));
    const usual = there.filter((one) => one !== ' ');
    const choice = usual.length > 0 ? usual : there;
    const separator = choice.find((one) => isEven(text, one)) ?? choice[0];
    if (separator) return separator;
  }
  const expected = 'several values in a line, separated by commas, semicolons or tabs';
  throw csvError([fault(csvPlace(1), expected, describe(text.split(/\r?\n|\r/, 1)[0] ?? ''))]);
};

/** Splits a text into rows of cells, after RFC 4180: a cell in double quotes may hold anything, "" is a quote in it. */
const split = (text: string, separator: Separator, from: Pick<Lead, 'start' | 'line'>): SplitRow[] => {
  const rows: SplitRow[] = [];
  let cells: string[] = [];
  let filled = 0;
  let { line, start: i } = from;
  let start = line;
  const endRow = (): void => {
    if (cells.length > 1 || cells[0] !== '') rows.push({ line: start, cells, filled });
    if (rows.length > csvCaps.rows + 1) {
      throw csvError([
        fault(csvPlace(start), `at most ${csvCaps.rows} rows: keep a random sample of them`, 'more rows'),
      ]);
    }
    cells = [];
    filled = 0;
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
    while (text[i] === ' ' && separator !== ' ') i++;
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
    const isQuoted = text[i] === '"';
    cells.push(isQuoted ? quoted() : plain());
    if (isQuoted || cells.at(-1) !== '') filled = cells.length;
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

/** Every row has as many cells as the first. @throws {SimError} data/invalid */
const checkWidths = (rows: readonly SplitRow[], separator: Separator): void => {
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

/** The rows without comments between them, which have another number of values than the table. */
const withoutComments = (rows: readonly SplitRow[]): readonly SplitRow[] => {
  const width = rows[0]?.cells.length;
  return rows.filter(({ cells }) => cells.length === width || !isComment(cells[0] ?? ''));
};

/** The names that a comment before the table gives its columns, as NumPy writes them. */
const namesIn = ({ comment, line }: Lead, separator: Separator, first: SplitRow | undefined): SplitRow | undefined => {
  if (comment === undefined || !first) return undefined;
  const cells = comment.split(separator).map((cell) => cell.trim());
  return cells.length === first.cells.length ? { line: line - 1, cells, filled: cells.length } : undefined;
};

const isSeparator = (text: string | undefined): text is Separator =>
  (SEPARATORS as readonly (string | undefined)[]).includes(text);

/**
 * Reads text as a table: separated by commas, semicolons, tabs, vertical bars or spaces; decimal points or commas, column
 * by column; with or without a header, quotes, thousands set apart, comments, and a byte-order mark. What is said in
 * `reading` overrules what the text looks like.
 *
 * @throws {SimError} data/invalid, each fault with its line and column as `path`
 */
export const readCsv = (input: string, { hasHeader, decimals, ...said }: CsvReading = {}): CsvTable => {
  checkCsvSize(input.length);
  const text = wellFormed(input.replace(/^\uFEFF/, ''));
  if (text.trim() === '') throw csvError([fault('', 'rows of values', 'an empty text')]);
  const zero = text.indexOf('\0');
  if (zero >= 0) {
    const line = text.slice(0, zero).split('\n').length;
    throw csvError([fault(csvPlace(line), 'a text: save the table as CSV', 'binary data')]);
  }
  if (/^\s*[[{]\s*[[{"]/.test(text)) {
    throw csvError([fault(csvPlace(1), 'a table: JSON opens under File', describe(text.slice(0, 20)))]);
  }
  const lead = leadOf(text);
  const named = isSeparator(lead.separator) ? lead.separator : undefined;
  const separator = said.separator ?? named ?? separatorOf(text.slice(lead.start));
  const read = split(text, separator, lead);
  const sparse =
    separator === ' ' ? read.find(({ cells }) => cells.some((cell) => /^\d+:[-+.\d]/.test(cell))) : undefined;
  if (sparse) {
    const expected = 'a value in each column: write a sparse table (LIBSVM) out in full';
    throw csvError([fault(csvPlace(sparse.line), expected, describe(sparse.cells.join(' ')))]);
  }
  const bare = trimmed(withNamesOfRows(withoutRule(withoutComments(read)), separator));
  checkWidths(bare, separator);
  const names = namesIn(lead, separator, bare[0]);
  const own = headerOf(bare, separator);
  const all = names && !own.isHeader && headerOf([names, ...bare], separator).isHeader ? [names, ...bare] : bare;
  const seen = all === bare ? own : { isHeader: true, isDoubtful: false };
  const isHeader = hasHeader ?? seen.isHeader;
  const rows = all.slice(isHeader ? 1 : 0).filter((row) => row !== names);
  if (rows.length === 0) {
    throw csvError([fault(csvPlace(bare[0]?.line ?? 1), 'rows of values after the header', 'nothing')]);
  }
  const columns = (all[0]?.cells ?? []).map((cell, i) => (isHeader && cell !== '' ? cell : `column ${i + 1}`));
  // Where one column between commas has decimal commas, a point in another may part thousands.
  const between = columns.some((_, column) => markOf(rows, column, separator).decimal === ',') ? ';' : separator;
  const marks = columns.map((_, column): ColumnMark => {
    const mark = markOf(rows, column, between);
    return { ...mark, decimal: decimals?.[column] ?? mark.decimal };
  });
  const left = read.length - withoutComments(read).length;
  const isHeaderDoubtful = hasHeader === undefined && seen.isDoubtful;
  const comments = lead.comments + left - (all === bare ? 0 : 1);
  return { separator, marks, hasHeader: isHeader, isHeaderDoubtful, comments, columns, rows };
};
