/** Marks that turn the order of the letters around them, and ends of lines that no editor shows. */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const CONTROLS = /[\p{Cc}\u2028\u2029]/gu;

export const withoutTurns = (words: string): string => words.replaceAll(TURNING, '');

/** Somebody's words as one line of a file for other programs: no control character, nothing that turns the line around. */
export const exportedText = (words: string): string =>
  withoutTurns(words).replaceAll(CONTROLS, ' ').replaceAll(/\s+/g, ' ').trim();

/** What a spreadsheet would compute, in the letters of wide East Asian writing too. */
const FORMULA = /^[=+\-@＝＋－＠]/;

const csvCell = (value: unknown): string => {
  if (typeof value !== 'string')
    return value === null || value === undefined || Number.isNaN(value) ? '' : String(value);
  const text = exportedText(value);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** Rows of cells as comma-separated values. Texts that a spreadsheet would compute stay texts; no number is an empty cell. */
export const csvOf = (rows: readonly (readonly unknown[])[]): string =>
  `${rows.map((row) => row.map(csvCell).join(',')).join('\n')}\n`;
