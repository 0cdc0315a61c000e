import type { Fault } from '../../engine/base/errors.ts';
import { SimError } from '../../engine/base/errors.ts';
import { csvNumber, isMissing } from './csv-dialect.ts';
import { csvPlace, readCsv } from './read-csv.ts';

/** A table of numbers as the text that pairs are written in, or what is wrong with it. */
export interface CsvPairs {
  /** One pair a line; empty after faults. */
  readonly text: string;
  /** Names of the columns, of the number last; none after faults. */
  readonly columns: readonly string[];
  readonly faults: readonly Fault[];
}

const TARGET = /^(y|target|value|label|response|ziel|wert)$/i;

/** A column that is named as what is to be predicted, or else the last. */
const targetOf = (columns: readonly string[]): number => {
  const named = columns.findIndex((name) => TARGET.test(name.trim()));
  return named < 0 ? columns.length - 1 : named;
};

/** Reads a table in any dialect: one or two columns of places and one of the numbers that were seen there. */
export const csvPairs = (input: string): CsvPairs => {
  if (input.trim() === '') return { text: '', columns: [], faults: [] };
  try {
    const { columns, rows, marks } = readCsv(input);
    const target = targetOf(columns);
    const order = [...columns.keys()].filter((column) => column !== target).concat(target);
    if (columns.length < 2 || columns.length > 3) {
      const expected = 'two or three columns: a place of one number or two, and what was seen there';
      return { text: '', columns: [], faults: [{ path: csvPlace(1), expected, found: `${columns.length}` }] };
    }
    const faults: Fault[] = [];
    const lines = rows.map(({ line, cells }) =>
      order
        .map((column) => {
          const cell = cells[column] ?? '';
          const value = csvNumber(cell, marks[column]?.decimal ?? '.');
          if (Number.isNaN(value)) {
            const expected = 'a number: fill it in, remove the line, or leave the column out';
            faults.push({
              path: csvPlace(line, column),
              expected,
              found: isMissing(cell) ? 'nothing' : JSON.stringify(cell.slice(0, 40)),
            });
          }
          return value;
        })
        .join(','),
    );
    const names = order.map((column) => columns[column] as string);
    return faults.length > 0 ? { text: '', columns: [], faults } : { text: lines.join('\n'), columns: names, faults };
  } catch (thrown) {
    if (thrown instanceof SimError) return { text: '', columns: [], faults: thrown.faults };
    throw thrown;
  }
};
