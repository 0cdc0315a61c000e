import type { Picture, Shown } from '../family.ts';

/** A picture of a model's decisions. */
export interface Frame extends Picture {
  /** `grid`: a size x size map over the extent, first row at the top (largest second coordinate). `points`: one entry per training point. */
  readonly kind: 'grid' | 'points';
  readonly size: number;
  /** Predicted class per cell or point. */
  readonly winner: Uint8Array;
  /** Probability of the predicted class per cell or point, 0..255. */
  readonly confidence: Uint8Array;
}

/** The points as the page draws them. `x2`: [N * 2], the inputs themselves if there are two, else their first two principal components. */
export interface DataView2d {
  readonly x2: Float32Array;
  readonly y: Int32Array;
}

export interface ShownPoints extends Shown {
  readonly kind: 'points';
  readonly inputs: number;
  readonly classes: number;
  /** Whether x2 is a projection (inputs is not 2). */
  readonly projected: boolean;
  readonly train: DataView2d;
  readonly test: DataView2d;
  /** What the pictures cover: [xMin, xMax, yMin, yMax]. */
  readonly extent: readonly [number, number, number, number];
}

export const isPoints = (shown: Shown): shown is ShownPoints => shown.kind === 'points';
