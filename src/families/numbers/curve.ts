import { cos, sin } from '../../engine/base/math.ts';
import { foldIn, type Key, normal, uniform } from '../../engine/base/random.ts';
import type { Generator } from '../../engine/contracts/dataset.ts';

/** N pairs: a place x and the number y that was seen there. */
export interface Pairs {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** Training and test pairs are separate draws from one law. */
export interface CurveData {
  readonly train: Pairs;
  readonly test: Pairs;
  /** The curve without its noise. */
  readonly truth: (x: number) => number;
}

/** Mean and variance of numbers. */
export const momentsOf = (y: Float32Array): { readonly mean: number; readonly variance: number } => {
  const mean = y.reduce((sum, one) => sum + one, 0) / y.length;
  return { mean, variance: y.reduce((sum, one) => sum + (one - mean) * (one - mean), 0) / y.length };
};

/** Places lie between these. */
export const PLACES = [-1, 1] as const;

const pairsOf = (key: Key, count: number, noise: number, truth: (x: number) => number): Pairs => {
  const [places, errors] = [foldIn(key, 'places'), foldIn(key, 'errors')];
  const x = Float32Array.from({ length: count }, (_, i) => 2 * uniform(places, i) - 1);
  return { x, y: x.map((at, i) => truth(at) + noise * normal(errors, i)) };
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

export const waves: Generator<typeof params, CurveData> = {
  id: 'waves',
  title: 'A wavy curve',
  summary: 'Numbers along sin 3x + ½ cos 9x, with noise: a smooth curve with three valleys.',
  params,
  generate: ({ points, noise }, key) => {
    const truth = (x: number) => sin(3 * x) + 0.5 * cos(9 * x);
    const half = (name: string) => pairsOf(foldIn(key, name), points, noise, truth);
    return { train: half('train'), test: half('test'), truth };
  },
};

export const steps: Generator<typeof params, CurveData> = {
  id: 'steps',
  title: 'Stairs',
  summary: 'Numbers along four steps, with noise: flat stretches, and jumps that a smooth network rounds.',
  params,
  generate: ({ points, noise }, key) => {
    const truth = (x: number) => Math.min(3, Math.floor(2 * (x + 1))) / 1.5 - 1;
    const half = (name: string) => pairsOf(foldIn(key, name), points, noise, truth);
    return { train: half('train'), test: half('test'), truth };
  },
};
