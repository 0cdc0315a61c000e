import { foldIn, integer, type Key, keyOf, normal } from '../../engine/base/random.ts';
import type { Split } from '../../engine/contracts/rows.ts';
import { mlpShape } from '../../engine/network/shape.ts';

/** A network and a number of rows: `rows` of the forget set and as many of the retain set. */
export interface BenchJob {
  readonly id: 'P1' | 'P2' | 'P3';
  /** Inputs, hidden layers, classes. */
  readonly widths: readonly number[];
  readonly rows: number;
}

export const jobs: readonly BenchJob[] = [
  { id: 'P1', widths: [2, 16, 16, 3], rows: 128 },
  { id: 'P2', widths: [2, 64, 64, 3], rows: 256 },
  { id: 'P3', widths: [64, 256, 256, 10], rows: 512 },
];

/** Plain descent: cross-entropy on the retain rows. NPO + retain: two passes over as many rows each. */
export const objectives = ['cross-entropy', 'NPO + retain'] as const;
export type Objective = (typeof objectives)[number];

export const BETA = 1;
export const LEARNING_RATE = 0.01;

/** Points of a split, [rows * inputs], and their classes, [rows]. */
export interface BenchRows {
  readonly x: Float32Array;
  readonly y: Int32Array;
}

/** What one lane of a job starts from. */
export interface Start {
  /** Fresh weights, [P], in the engine's layout. */
  readonly weights: Float32Array;
  readonly rows: Readonly<Record<Split, BenchRows>>;
  /** Log-probability that the original model is said to give every class of every row. */
  readonly logReference: number;
}

const noise = (key: Key, size: number): Float32Array => Float32Array.from({ length: size }, (_, i) => normal(key, i));

export const networkOf = ({ widths }: Pick<BenchJob, 'widths'>) =>
  ({
    inputs: widths[0] as number,
    hidden: widths.slice(1, -1),
    classes: widths.at(-1) as number,
    activation: 'tanh',
    init: 'auto',
  }) as const;

/** The start of a lane: the same for every engine. */
export const startOf = (job: BenchJob, seed: number): Start => {
  const { inputs, classes } = networkOf(job);
  const rows = (split: Split): BenchRows => {
    const key = foldIn(keyOf(seed), split);
    return {
      x: noise(key, job.rows * inputs),
      y: Int32Array.from({ length: job.rows }, (_, i) => integer(foldIn(key, 'y'), i, classes)),
    };
  };
  return {
    weights: mlpShape(networkOf(job)).init(keyOf(seed)),
    rows: { forget: rows('forget'), retain: rows('retain') },
    logReference: -Math.LN2,
  };
};

/** One step of all lanes; the weights of the first lane, [P]; how to free them. */
export interface Stepper {
  readonly step: () => void;
  readonly weights: () => Float32Array;
  readonly dispose: () => void;
}
