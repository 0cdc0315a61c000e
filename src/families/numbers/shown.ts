import type { Picture, Shown } from '../family.ts';

/** The training pairs as the page draws them, and what lies behind. */
export interface ShownCurve extends Shown {
  readonly kind: 'curve';
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Places at which curves are drawn, ascending, [M]. */
  readonly places: Float32Array;
  /** The curve without its noise, [M]; none if it is not known. */
  readonly truth: Float32Array;
  /** What the pictures cover: [xMin, xMax, yMin, yMax]. */
  readonly extent: readonly [number, number, number, number];
}

/** What a model says at the places, [M]. */
export interface CurvePicture extends Picture {
  readonly kind: 'curve';
  readonly y: Float32Array;
}

/** The training pairs over a plane, and what lies behind. */
export interface ShownSurface extends Shown {
  readonly kind: 'surface';
  /** [n * 2] */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** The numbers without their noise on a grid of `size` by `size` cells, from the lowest corner, row after row; none if not known. */
  readonly truth: Float32Array;
  readonly size: number;
  /** What the pictures cover: [left, right, bottom, top]. */
  readonly extent: readonly [number, number, number, number];
  /** Between what the numbers lie. */
  readonly range: readonly [low: number, high: number];
}

/** What a model says at the middles of the cells, [size * size]. */
export interface SurfacePicture extends Picture {
  readonly kind: 'surface';
  readonly y: Float32Array;
}
