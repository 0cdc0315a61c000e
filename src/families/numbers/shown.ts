import type { Picture, Shown } from '../family.ts';

/** The training pairs as the page draws them, and what lies behind. */
export interface ShownCurve extends Shown {
  readonly kind: 'curve';
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Places at which curves are drawn, ascending, [M]. */
  readonly places: Float32Array;
  /** The curve without its noise, [M]. */
  readonly truth: Float32Array;
  /** What the pictures cover: [xMin, xMax, yMin, yMax]. */
  readonly extent: readonly [number, number, number, number];
}

/** What a model says at the places, [M]. */
export interface CurvePicture extends Picture {
  readonly kind: 'curve';
  readonly y: Float32Array;
}
