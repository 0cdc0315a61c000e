import type { Picture, Shown } from '../family.ts';

/** Where a class lies: round normal distributions of one width around some places. */
export interface Law {
  /** [2 m] */
  readonly centers: Float32Array;
  /** Standard deviation. */
  readonly deviation: number;
}

/** The true clouds as the page draws them. */
export interface ShownClouds extends Shown {
  readonly kind: 'clouds';
  /** Of each class. */
  readonly laws: readonly Law[];
  /** A point belongs to a class within so many standard deviations of one of its centers. */
  readonly reach: number;
  /** The class of each training point, [N]: which ones are to be forgotten. */
  readonly labels: Int32Array;
  /** What the pictures cover: [xMin, xMax, yMin, yMax]. */
  readonly extent: readonly [number, number, number, number];
}

/** Samples of a model under each class and under no condition, the first of those that metrics are computed from. */
export interface CloudsPicture extends Picture {
  readonly kind: 'clouds';
  /** Under condition c from `2 * count * c` on. */
  readonly x: Float32Array;
  /** Samples of each condition. */
  readonly count: number;
  /** Of each class, the share of its samples that lie where it is. */
  readonly hits: readonly number[];
  /** Of each class, the share of its samples that lie in no class. */
  readonly nowhere: readonly number[];
}
