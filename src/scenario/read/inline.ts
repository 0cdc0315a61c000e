import { caps } from '../format/defaults.ts';
import type { InlineParams, InlinePoints } from '../format/scenario.ts';
import { at, describe, fault, field, isCoordinate, openList, openObject, type Spot } from './check.ts';
import { readSet } from './read.ts';

/** New index of each old one, or undefined where a repair left the point out. */
export type Kept = readonly (number | undefined)[];

interface Points {
  readonly points: InlinePoints;
  /** Given only if a point was left out. */
  readonly kept?: Kept;
}

const isLabel = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) < caps.classes;

/** The row's numbers, or undefined after reporting what is wrong with it. */
const readRow = (spot: Spot, inputs: number): number[] | undefined => {
  const { value } = spot;
  if (!Array.isArray(value)) return fault(spot, `a list of ${inputs} numbers`, undefined, 'point left out');
  if (value.length !== inputs) {
    const found = `${value.length} numbers`;
    spot.report.add({
      path: spot.path,
      expected: `${inputs} numbers, as in the first row`,
      found,
      used: 'point left out',
    });
    return undefined;
  }
  const bad = value.findIndex((coordinate) => !isCoordinate(coordinate, caps.coordinate));
  if (bad < 0) return value.map((coordinate: number) => (coordinate === 0 ? 0 : coordinate));
  const expected = `a number in [-${caps.coordinate}, ${caps.coordinate}]`;
  return fault(at(spot, bad, value[bad]), expected, undefined, 'point left out');
};

const report = (spot: Spot, expected: string, found: string, used: string): void =>
  spot.report.add({ path: spot.path, expected, found, used });

/** Numbers per point: those of the first row that is one. */
const widthOf = (spot: Spot, rows: readonly unknown[]): number | undefined => {
  const first = rows.find((row): row is unknown[] => Array.isArray(row) && row.length > 0);
  if (first === undefined) return fault(spot, 'rows of numbers', undefined, 'no points');
  if (first.length <= caps.inputs) return first.length;
  report(spot, `at most ${caps.inputs} numbers a row`, `${first.length}`, 'no points');
  return undefined;
};

/** One set of points; undefined if none is usable. `width` is that of the training points, if this is the other set. */
const readPoints = (spot: Spot, width?: number): Points | undefined => {
  openObject(spot, 'an object with x and y', { fields: ['x', 'y'] });
  const xSpot = field(spot, 'x');
  const ySpot = field(spot, 'y');
  const rows = openList(xSpot, 'a list of points');
  const labels = openList(ySpot, 'a list of labels');
  if (rows === undefined && xSpot.value === undefined) fault(xSpot, 'a list of points', undefined, 'no points');
  if (labels === undefined && ySpot.value === undefined) fault(ySpot, 'a list of labels', undefined, 'no points');
  if (rows === undefined || labels === undefined) return undefined;
  if (rows.length === 0) return fault(xSpot, 'at least one point', undefined, 'no points');
  if (rows.length !== labels.length) {
    report(ySpot, `${rows.length} labels, one for each point`, `${labels.length}`, 'the points that have both');
  }
  if (rows.length > caps.points) {
    report(xSpot, `at most ${caps.points} points`, `${rows.length}`, `the first ${caps.points}`);
  }
  const inputs = width ?? widthOf(xSpot, rows);
  if (inputs === undefined) return undefined;
  const x: number[][] = [];
  const y: number[] = [];
  const kept: (number | undefined)[] = [];
  const count = Math.min(rows.length, labels.length, caps.points);
  for (let i = 0; i < count; i++) {
    const row = readRow(at(xSpot, i, rows[i]), inputs);
    const label = labels[i];
    const isGood = isLabel(label);
    if (!isGood) {
      fault(at(ySpot, i, label), `a class, a whole number in [0, ${caps.classes - 1}]`, undefined, 'point left out');
    }
    const isKept = row !== undefined && isGood;
    kept.push(isKept ? x.length : undefined);
    if (!isKept) continue;
    x.push(row);
    y.push(label === 0 ? 0 : label);
  }
  if (x.length === 0) return undefined;
  return x.length === rows.length ? { points: { x, y } } : { points: { x, y }, kept };
};

/** The new index of an index, after points were left out. */
export const moved = (index: unknown, kept: Kept | undefined): unknown =>
  kept === undefined || typeof index !== 'number' ? index : kept[index];

/** `data.params` of inline data. Undefined, after a report, if there is nothing that could be used. */
export const readInline = (spot: Spot): { params: InlineParams; kept?: Kept } | undefined => {
  openObject(spot, 'an object with train and test points', { fields: ['train', 'test', 'testForget'] });
  if (spot.value === undefined) return undefined;
  const train = readPoints(field(spot, 'train'));
  const test = readPoints(field(spot, 'test'), train?.points.x[0]?.length);
  if (train === undefined || test === undefined) return undefined;
  const classes = new Set([...train.points.y, ...test.points.y]);
  if (classes.size < 2) {
    report(
      field(spot, 'train'),
      'points of at least two classes',
      `only class ${describe([...classes][0])}`,
      'no points',
    );
    return undefined;
  }
  const { kept } = train;
  const params: InlineParams = { train: train.points, test: test.points };
  const listSpot = field(spot, 'testForget');
  const list = openList(listSpot, 'a list of indices of test points');
  if (list === undefined) return { params, ...(kept === undefined ? {} : { kept }) };
  const last = test.points.y.length - 1;
  const isIndex = (value: unknown): value is number =>
    Number.isInteger(value) && (value as number) >= 0 && (value as number) <= last;
  const testForget = readSet(
    listSpot,
    list.map((index) => moved(index, test.kept)),
    isIndex,
    `an index of a test point, a whole number in [0, ${last}]`,
  ).sort((a, b) => a - b);
  return { params: { ...params, testForget }, ...(kept === undefined ? {} : { kept }) };
};
