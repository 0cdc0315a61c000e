import { caps } from '../format/defaults.ts';
import type { GivenWeights, ModelSpec, NamedWeights, WeightsSpec } from '../format/scenario.ts';
import { trainedParts, type WeightPart } from '../format/weights.ts';
import { at, describe, fault, field, isCoordinate, isObject, openObject, type Spot } from './check.ts';
import type { DataFacts } from './data.ts';
import { seedEntries } from './read.ts';

const LEFT_OUT = 'trained here instead';

type Row = readonly number[];
type Matrix = readonly Row[];

/** A list of finite numbers; undefined after the first fault. `what` says what the list is for. */
const readRow = (spot: Spot, length: number, what: string): Row | undefined => {
  const { value } = spot;
  const expected = `${length} ${length === 1 ? 'number' : 'numbers'} (${what})`;
  if (!Array.isArray(value)) return fault(spot, expected, undefined, LEFT_OUT);
  if (value.length !== length) {
    spot.report.add({ path: spot.path, expected, found: `${value.length}`, used: LEFT_OUT });
    return undefined;
  }
  const bad = value.findIndex((number) => !isCoordinate(number, caps.weight));
  if (bad < 0) return value.map((number: number) => (number === 0 ? 0 : number));
  return fault(at(spot, bad, value[bad]), `a finite number in [-${caps.weight}, ${caps.weight}]`, undefined, LEFT_OUT);
};

/** What the rows and the columns of an array stand for. */
interface Named extends WeightPart {
  readonly rows: string;
  readonly columns: string;
}

const readPart = (spot: Spot, { shape, rows, columns }: Named): Row | Matrix | undefined => {
  const [first, second] = shape as [number, number | undefined];
  if (second === undefined) return readRow(spot, first, columns);
  const { value } = spot;
  const expected = `${first} rows (${rows}) of ${second} numbers (${columns})`;
  if (!Array.isArray(value)) return fault(spot, expected, undefined, LEFT_OUT);
  if (value.length !== first) {
    spot.report.add({ path: spot.path, expected, found: `${value.length} rows`, used: LEFT_OUT });
    return undefined;
  }
  const matrix: Row[] = [];
  for (const [i, row] of value.entries()) {
    const read = readRow(at(spot, i, row), second, columns);
    if (read === undefined) return undefined;
    matrix.push(read);
  }
  return matrix;
};

/** The arrays that a model of this kind consists of. */
const partsOf = (model: ModelSpec, { inputs, classes }: DataFacts): readonly Named[] => {
  const trained = trainedParts(model, inputs, classes).map((part, i, all): Named => {
    const isLast = i >= all.length - 2;
    const columns =
      model.kind !== 'mlp' ? 'one for each class but the last' : isLast ? 'one for each class' : 'its width';
    const rows = model.kind === 'random-features' ? 'one for each feature' : 'one for each input of the layer';
    return { ...part, rows, columns };
  });
  if (model.kind !== 'random-features') return trained;
  const W: Named = {
    name: 'W',
    shape: [model.features, inputs],
    rows: 'one for each feature',
    columns: 'one for each input',
  };
  return [W, ...trained];
};

/** One model's arrays; undefined, after a report, if any of them cannot be used. `W` may be left to the other model. */
const readNamed = (spot: Spot, parts: readonly Named[]): NamedWeights | undefined => {
  if (spot.value === undefined) return undefined;
  openObject(spot, 'an object of named arrays', { fields: parts.map(({ name }) => name) });
  if (!isObject(spot.value)) return undefined;
  const named: Record<string, Row | Matrix> = {};
  let isWhole = true;
  for (const part of parts) {
    const child = field(spot, part.name);
    if (child.value === undefined && part.name === 'W') continue;
    const values = readPart(child, part);
    if (values === undefined) isWhole = false;
    else named[part.name] = values;
  }
  return isWhole ? named : undefined;
};

/** Where two arrays of the same shape differ first, as a path; undefined if nowhere. */
const firstDifference = (a: Matrix, b: Matrix): readonly [row: number, column: number] | undefined => {
  for (const [i, row] of a.entries()) {
    const j = row.findIndex((value, at) => value !== b[i]?.[at]);
    if (j >= 0) return [i, j];
  }
  return undefined;
};

/** The two models of a seed, which share their random features. */
const readGiven = (spot: Spot, model: ModelSpec, parts: readonly Named[]): GivenWeights => {
  const original = readNamed(field(spot, 'original'), parts);
  const retrained = readNamed(field(spot, 'retrained'), parts);
  const both = { ...(original && { original }), ...(retrained && { retrained }) };
  if (model.kind !== 'random-features' || (!original && !retrained)) return both;
  const [W, other] = [original?.['W'] as Matrix | undefined, retrained?.['W'] as Matrix | undefined];
  if (W === undefined && other === undefined) {
    const child = field(field(spot, original ? 'original' : 'retrained'), 'W');
    return fault(child, 'the features W that `a` was trained on', {}, LEFT_OUT);
  }
  const gap = W && other && firstDifference(other, W);
  if (W && other && gap) {
    const [i, j] = gap;
    const path = `${spot.path}/retrained/W/${i}/${j}`;
    const expected = `${describe(W[i]?.[j])}, as in the original model: both have the same random features`;
    spot.report.add({ path, expected, found: describe(other[i]?.[j]), used: LEFT_OUT });
    return original ? { original } : {};
  }
  return both;
};

/** `model.weights`: imported weights of the original and the retrained model, perhaps by seed. */
export const readWeights = (spot: Spot, model: ModelSpec, facts: DataFacts): WeightsSpec | undefined => {
  if (spot.value === undefined) return undefined;
  openObject(spot, 'an object with the weights of "original", "retrained" or both', {
    // What a weights file says of itself may stay where the file is pasted here.
    fields: ['original', 'retrained', 'bySeed', 'kind', 'version', 'about'],
  });
  if (!isObject(spot.value)) return undefined;
  const kind = field(spot, 'kind');
  if (kind.value !== undefined && kind.value !== 'weights') fault(kind, '"weights", or no kind', undefined, 'left out');
  const parts = partsOf(model, facts);
  const given = readGiven(spot, model, parts);
  const bySeed: Record<string, GivenWeights> = {};
  for (const [seed, entry] of seedEntries(field(spot, 'bySeed'))) {
    openObject(entry, 'an object with the weights of "original", "retrained" or both', {
      fields: ['original', 'retrained'],
    });
    if (!isObject(entry.value)) continue;
    const own = readGiven(entry, model, parts);
    if (own.original || own.retrained) bySeed[seed] = own;
  }
  const weights: WeightsSpec = { ...given, ...(Object.keys(bySeed).length > 0 && { bySeed }) };
  return Object.keys(weights).length > 0 ? weights : undefined;
};
