/** A row as it was split. */
export interface SplitRow {
  readonly line: number;
  readonly cells: readonly string[];
  /** How many cells there are up to the last one that is not empty. An empty cell in quotes was meant. */
  readonly filled: number;
}

export type Decimal = '.' | ',';

const PLAIN = { '.': /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i, ',': /^[+-]?(\d+,?\d*|,\d+)(e[+-]?\d+)?$/i } as const;
/** Thousands set apart by the other sign: 1,020.5 and 1.020,5. */
const GROUPED = {
  '.': /^[+-]?([1-9]\d{0,2}(,\d{3})+|[1-9]\d?(,\d{2})+,\d{3})(\.\d*)?$/,
  ',': /^[+-]?[1-9]\d{0,2}(\.\d{3})+(,\d*)?$/,
} as const;
/** Thousands set apart by a space or an apostrophe, which leaves no doubt: 1 020,5 and 1'020.5. */
const SPACED = /^[+-]?[1-9]\d{0,2}(['’ \u00a0\u202f]\d{3})+([.,]\d*)?$/;

/** A number's signs as programs write them: digits of every width and kind of space, and a minus that looks like one. */
const plainSigns = (cell: string): string =>
  /^[\x20-\x7e]*$/.test(cell)
    ? cell
    : cell
        .normalize('NFKC')
        .trim()
        .replace(/^[\u2010-\u2013\u2212]/, '-');

/** The number that a cell says, with a percent sign a hundredth of it; NaN if it says none. */
export const csvNumber = (cell: string, decimal: Decimal): number => {
  const signs = plainSigns(cell);
  const percent = /^([^%]*\d[.,]?) ?%$/.exec(signs)?.[1];
  if (percent !== undefined) {
    const value = csvNumber(percent, decimal);
    return Number(`${value}`.includes('e') ? value / 100 : `${value}e-2`);
  }
  const text = SPACED.test(signs) ? signs.replaceAll(/['’ \u00a0\u202f]/g, '') : signs;
  if (PLAIN[decimal].test(text)) return Number(text.replace(',', '.'));
  if (!GROUPED[decimal].test(text)) return Number.NaN;
  return Number(text.replaceAll(decimal === '.' ? ',' : '.', '').replace(',', '.'));
};

/** Words for a value that is not there. */
export const isMissing = (cell: string): boolean => /^(|na|n\/a|nan|null|none|-|\?)$/i.test(cell);

/** How the numbers of a column are written. */
export interface ColumnMark {
  readonly decimal: Decimal;
  /** A cell that is one number with a decimal point and another with a decimal comma, where no other cell decides. */
  readonly doubtful: string | undefined;
}

/** The decimal sign by which most cells of a column are numbers. */
export const markOf = (rows: readonly SplitRow[], column: number, separator: string): ColumnMark => {
  let [points, commas, doubtful, hasComma] = [0, 0, undefined as string | undefined, false];
  for (const { cells } of rows) {
    const cell = cells[column] ?? '';
    if (!/[.,]/.test(cell)) continue;
    hasComma ||= cell.includes(',');
    const [point, comma] = [csvNumber(cell, '.'), csvNumber(cell, ',')];
    if (!Number.isNaN(point)) points++;
    if (!Number.isNaN(comma)) commas++;
    if (doubtful === undefined && !Number.isNaN(point) && !Number.isNaN(comma) && point !== comma) doubtful = cell;
  }
  // Between commas, 1.020 has a decimal point unless other cells of its column hold commas.
  if (separator === ',' && !hasComma) return { decimal: '.', doubtful: undefined };
  return { decimal: commas > points ? ',' : '.', doubtful: commas === points ? doubtful : undefined };
};

const LABEL_NAME = /^(class|label|labels|target|species|category|klasse)$/i;
export const isLabelName = (name: string): boolean => LABEL_NAME.test(name.trim());

/** Whether cells count up by one from 0 or 1. */
export const counts = (cells: readonly string[]): boolean => {
  const first = Number(cells[0]);
  return (
    (first === 0 || first === 1) && cells.every((cell, i) => /^\d+(\.0*)?$/.test(cell) && Number(cell) === first + i)
  );
};

/** Whether the first row names the columns, and whether it might as well be otherwise. */
export const headerOf = (
  rows: readonly SplitRow[],
  separator: string,
): { readonly isHeader: boolean; readonly isDoubtful: boolean } => {
  const [first, ...rest] = rows;
  if (!first) return { isHeader: false, isDoubtful: false };
  if (rest.length === 0) {
    return { isHeader: first.cells.every((cell) => /\p{L}/u.test(cell) && !isMissing(cell)), isDoubtful: false };
  }
  const some = rest.slice(0, 200);
  let [names, numbers, isRepeated, hasLabelName] = [0, [] as string[], false, false];
  for (const [column, cell] of first.cells.entries()) {
    const { decimal } = markOf(some, column, separator);
    const isNumber = !Number.isNaN(csvNumber(cell, decimal));
    const below = some.filter(({ cells }) => !Number.isNaN(csvNumber(cells[column] ?? '', decimal))).length;
    if (isNumber) numbers.push(cell);
    else if (!isMissing(cell) && 2 * below > some.length) names++;
    else if (cell !== '' && below === 0) {
      isRepeated ||= rest.some(({ cells }) => cells[column] === cell);
      hasLabelName ||= isLabelName(cell);
    }
    if (!isNumber && isLabelName(cell)) hasLabelName = true;
  }
  if (numbers.length === 0) {
    const isText =
      first.cells.every((cell) => cell === '' || !isMissing(cell)) && first.cells.some((cell) => cell !== '');
    return { isHeader: isText || names > 0, isDoubtful: false };
  }
  const isCounting = numbers.length > 1 && counts(numbers);
  if (isRepeated) return { isHeader: false, isDoubtful: names > 0 };
  if (names > 0) return { isHeader: true, isDoubtful: !isCounting && !hasLabelName };
  return { isHeader: hasLabelName, isDoubtful: hasLabelName || isCounting };
};

const COMMENT = /^\s*(#|%|\/\/)/;
export const isComment = (cell: string): boolean => COMMENT.test(cell);

/** What stands before a table: a line that names the separator, as Excel writes it, and comments. */
export interface Lead {
  /** Where the table begins, as a place in the text and as a line. */
  readonly start: number;
  readonly line: number;
  readonly separator: string | undefined;
  /** The comment right before the table, without its sign: it may name the columns, as NumPy writes them. */
  readonly comment: string | undefined;
  readonly comments: number;
}

export const leadOf = (text: string): Lead => {
  let [start, line, comments] = [0, 1, 0];
  let separator: string | undefined;
  let comment: string | undefined;
  let named = { start, line };
  for (;;) {
    const length = /^[^\r\n]*/.exec(text.slice(start, start + 10_000))?.[0].length ?? 0;
    const own = text.slice(start, start + length);
    const sign = /^\s*"?sep=(.)"?[,;\s]*$/i.exec(own);
    if (sign && line === 1) separator = sign[1];
    else if (isComment(own)) {
      comment = own.replace(COMMENT, '').trim();
      comments++;
    } else if (own.trim() !== '' || start + length >= text.length) break;
    const end = /^(\r\n|\r|\n)/.exec(text.slice(start + length, start + length + 2))?.[0].length;
    if (end === undefined) break;
    start += length + end;
    line++;
    if (sign) named = { start, line };
  }
  // Where everything seems to be a comment, nothing is: the first column holds colours, or tags.
  if (text.slice(start).trim() === '' || isComment(text.slice(start, start + 100))) {
    return { ...named, separator, comment: undefined, comments: 0 };
  }
  return { start, line, separator, comment, comments };
};

/** Rows without the line of dashes below the header of a table in Markdown. */
export const withoutRule = (rows: readonly SplitRow[]): readonly SplitRow[] => {
  const isRule = ({ cells }: SplitRow): boolean =>
    cells.some((cell) => cell !== '') && cells.every((cell) => cell === '' || /^(?=.{3}):?-+:?$/.test(cell));
  return rows[1] && isRule(rows[1]) ? rows.toSpliced(1, 1) : rows;
};

/** Rows whose header has a name less, since R gives the column of the row's names none. */
export const withNamesOfRows = (rows: readonly SplitRow[], separator: string): readonly SplitRow[] => {
  const [first, ...rest] = rows;
  const width = (first?.cells.length ?? 0) + 1;
  if (!first || rest.length < 2 || !/[ \t]/.test(separator) || rest.some(({ cells }) => cells.length !== width))
    return rows;
  const names = rest.map(({ cells }) => cells[0] ?? '');
  if (!counts(names) && names.some((name) => !Number.isNaN(csvNumber(name, '.')))) return rows;
  return [{ ...first, cells: ['', ...first.cells], filled: first.filled + 1 }, ...rest];
};

/** Rows without what spreadsheets leave behind: rows of separators alone, and empty columns at the right end. */
export const trimmed = (rows: readonly SplitRow[]): readonly SplitRow[] => {
  const kept = rows.filter(({ filled }) => filled > 0);
  const width = kept.reduce((widest, { filled }) => Math.max(widest, filled), 0);
  const usual = kept[0]?.cells.length ?? 0;
  if (kept.every(({ cells }) => cells.length === usual) && (kept[0]?.cells[usual - 1] ?? '') !== '') return kept;
  return kept.map((row) => (row.cells.length > width ? { ...row, cells: row.cells.slice(0, width) } : row));
};
