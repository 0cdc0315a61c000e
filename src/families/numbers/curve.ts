import { faultError } from '../../engine/base/errors.ts';
import { cos, sin } from '../../engine/base/math.ts';
import { foldIn, type Key, normal, sample, uniform } from '../../engine/base/random.ts';
import type { PairsSpec } from '../../engine/base/schema.ts';
import type { Generator } from '../../engine/contracts/dataset.ts';
import { readPairs } from '../../scenario/pairs/read-pairs.ts';

/** N pairs: a place and the number y that was seen there. */
export interface Pairs {
  /** Places, one number each or two: [N * inputs]. */
  readonly x: Float32Array;
  /** [N] */
  readonly y: Float32Array;
}

/** Training and test pairs are separate draws from one law. */
export interface CurveData {
  /** Numbers in a place: a curve over a line, or a surface over a plane. */
  readonly inputs: 1 | 2;
  readonly train: Pairs;
  readonly test: Pairs;
  /** The curve or surface without its noise, where it is known. */
  readonly truth?: (...place: readonly number[]) => number;
  /** Between what each number of a place lies. */
  readonly places: readonly (readonly [low: number, high: number])[];
}

/** The places of some pairs, [N * inputs]. */
export const inputsOf = ({ x }: Pairs, indices: Int32Array, inputs: number): Float32Array => {
  const out = new Float32Array(indices.length * inputs);
  indices.forEach((i, row) => {
    for (let d = 0; d < inputs; d++) out[row * inputs + d] = x[i * inputs + d] as number;
  });
  return out;
};

/** Mean and variance of numbers. */
export const momentsOf = (y: Float32Array): { readonly mean: number; readonly variance: number } => {
  const mean = y.reduce((sum, one) => sum + one, 0) / y.length;
  return { mean, variance: y.reduce((sum, one) => sum + (one - mean) * (one - mean), 0) / y.length };
};

/** Places that are drawn lie between these. */
const PLACES = [-1, 1] as const;

const drawn = (
  { points, noise }: { readonly points: number; readonly noise: number },
  key: Key,
  inputs: 1 | 2,
  truth: (...place: readonly number[]) => number,
): CurveData => {
  const half = (name: string): Pairs => {
    const own = foldIn(key, name);
    const [places, errors] = [foldIn(own, 'places'), foldIn(own, 'errors')];
    const x = Float32Array.from({ length: points * inputs }, (_, i) => 2 * uniform(places, i) - 1);
    const y = Float32Array.from(
      { length: points },
      (_, i) => truth(...x.subarray(i * inputs, (i + 1) * inputs)) + noise * normal(errors, i),
    );
    return { x, y };
  };
  return { inputs, train: half('train'), test: half('test'), truth, places: Array(inputs).fill(PLACES) };
};

const params = {
  points: {
    kind: 'int',
    label: 'Pairs',
    help: 'To learn from, and as many to test with.',
    default: 200,
    min: 20,
    max: 1000,
  },
  noise: {
    kind: 'number',
    label: 'Noise',
    help: 'Standard deviation of what is added to the curve.',
    default: 0.1,
    min: 0,
    max: 1,
    scale: 'linear',
  },
} as const;

/** The valleys and hills of a curve with noise. */
export const waves: Generator<typeof params, CurveData> = {
  id: 'waves',
  title: 'A wavy curve',
  summary: 'Numbers along sin 3x + ½ cos 9x, with noise: a smooth curve with three valleys.',
  params,
  generate: (own, key) => drawn(own, key, 1, (x) => sin(3 * (x as number)) + 0.5 * cos(9 * (x as number))),
};

export const steps: Generator<typeof params, CurveData> = {
  id: 'steps',
  title: 'Stairs',
  summary: 'Numbers along four steps, with noise: flat stretches, and jumps that a smooth network rounds.',
  params,
  generate: (own, key) => drawn(own, key, 1, (x) => Math.min(3, Math.floor(2 * ((x as number) + 1))) / 1.5 - 1),
};

export const hills: Generator<typeof params, CurveData> = {
  id: 'hills',
  title: 'Hills over a plane',
  summary: 'Numbers over a plane, sin 3x₁ · cos 3x₂ + ½ x₁, with noise: a surface in place of a curve.',
  params,
  generate: (own, key) =>
    drawn(own, key, 2, (a, b) => sin(3 * (a as number)) * cos(3 * (b as number)) + 0.5 * (a as number)),
};

const pairsSpec: PairsSpec = {
  kind: 'pairs',
  label: 'Pairs',
  help: 'Places of one number or two with the numbers that were seen there. Places are scaled to lie between -1 and 1, numbers to mean 0 and standard deviation 1.',
  default: '',
  least: 10,
  most: 1000,
};

const ownParams = {
  pairs: pairsSpec,
  held: {
    kind: 'number',
    label: 'Held out',
    help: 'Share of the pairs to test with: drawn at random, never learned.',
    default: 0.25,
    min: 0.05,
    max: 0.5,
    scale: 'linear',
  },
} as const;

/** A column from -1 to 1. */
const scaled = (values: readonly number[]): readonly number[] => {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return values.map((value) => (2 * (value - low)) / (high - low) - 1);
};

/** Pairs of the reader's own, some of them held out. @throws {SimError} scenario/invalid where there are none */
export const ownPairs: Generator<typeof ownParams, CurveData> = {
  id: 'own-pairs',
  title: 'Pairs of your own',
  summary: 'Numbers at places that you paste or open as a table: a curve, or a surface over a plane.',
  params: ownParams,
  generate: ({ pairs: text, held }, key) => {
    const { pairs } = readPairs(text ?? '', pairsSpec);
    const [first] = pairs;
    if (!first) {
      throw faultError('scenario/invalid', [
        { path: '/data/params/pairs', expected: 'pairs of your own: paste or open a table', found: 'none' },
      ]);
    }
    const inputs = first.length === 2 ? 1 : 2;
    const columns = first.map((_, column) => pairs.map((pair) => pair[column] as number));
    const places = columns.slice(0, inputs).map(scaled);
    const numbers = Float32Array.from(columns[inputs] as readonly number[]);
    const { mean, variance } = momentsOf(numbers);
    const isHeld = new Set(sample(foldIn(key, 'held out'), pairs.length, Math.max(1, Math.round(held * pairs.length))));
    const half = (isTest: boolean): Pairs => {
      const rows = [...pairs.keys()].filter((i) => isHeld.has(i) === isTest);
      return {
        x: Float32Array.from(rows.flatMap((i) => places.map((column) => column[i] as number))),
        y: Float32Array.from(rows, (i) => ((numbers[i] as number) - mean) / Math.sqrt(variance)),
      };
    };
    return { inputs, train: half(false), test: half(true), places: Array(inputs).fill(PLACES) };
  },
};
