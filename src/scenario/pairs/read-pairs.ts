import type { Fault } from '../../engine/base/errors.ts';
import type { PairsSpec } from '../../engine/base/schema.ts';

/** A place of one number or two, and the number that was seen there, last. */
export type OwnPair = readonly number[];

/** Pairs as far as they could be read. */
export interface ReadPairs {
  readonly pairs: readonly OwnPair[];
  /** Each with its place: 'line 3, column 2', or '' for the whole. */
  readonly faults: readonly Fault[];
}

const LARGEST = 1e9;
const place = (line: number, column?: number): string =>
  column === undefined ? `line ${line}` : `line ${line}, column ${column + 1}`;

/** What is wrong with cells that are to be a place and its number; nothing if they are one. */
const faultsIn = (cells: readonly string[], line: number, width: number | undefined): Fault[] => {
  if (cells.length < 2 || cells.length > 3) {
    const expected = 'two or three numbers: a place of one number or two, and what was seen there';
    return [{ path: place(line), expected, found: `${cells.length}` }];
  }
  if (width !== undefined && cells.length !== width) {
    return [{ path: place(line), expected: `${width} numbers, as in the first line`, found: `${cells.length}` }];
  }
  return cells.flatMap((cell, column) => {
    const value = cell === '' ? Number.NaN : Number(cell);
    if (Number.isFinite(value) && Math.abs(value) <= LARGEST) return [];
    const expected = `a number between -${LARGEST} and ${LARGEST}`;
    return [
      { path: place(line, column), expected, found: cell === '' ? 'nothing' : JSON.stringify(cell.slice(0, 40)) },
    ];
  });
};

/** What is wrong with pairs as a whole. */
const faultsOf = (pairs: readonly OwnPair[], { most, least }: PairsSpec): Fault[] => {
  if (pairs.length < least) {
    return [
      { path: '', expected: `at least ${least} pairs, to learn from and to test with`, found: `${pairs.length}` },
    ];
  }
  if (pairs.length > most) {
    return [{ path: '', expected: `at most ${most} pairs: leave some out`, found: `${pairs.length}` }];
  }
  const [first] = pairs;
  return (first as OwnPair).flatMap((value, column) => {
    if (pairs.some((pair) => pair[column] !== value)) return [];
    const isNumber = column === (first as OwnPair).length - 1;
    const expected = isNumber ? 'numbers that differ: there is no curve to learn' : 'places that differ';
    return [{ path: `column ${column + 1}`, expected, found: `${pairs.length} times ${value}` }];
  });
};

/** Pairs as scenarios write them: one a line, decimal points, commas between. Nothing is no pairs. */
export const readPairs = (text: string, spec: PairsSpec): ReadPairs => {
  const faults: Fault[] = [];
  let width: number | undefined;
  const pairs = text.split('\n').flatMap((line, i): OwnPair[] => {
    if (line.trim() === '') return [];
    const cells = line.split(',').map((cell) => cell.trim());
    const own = faultsIn(cells, i + 1, width);
    faults.push(...own);
    if (own.length > 0) return [];
    width ??= cells.length;
    return [cells.map(Number)];
  });
  if (pairs.length === 0 && faults.length === 0) return { pairs, faults };
  return { pairs, faults: faults.length > 0 ? faults : faultsOf(pairs, spec) };
};

/** Pairs in the form in which scenarios write them. */
export const writePairs = (pairs: readonly OwnPair[]): string => pairs.map((pair) => pair.join(',')).join('\n');
