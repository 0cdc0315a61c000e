import { isPoints } from '../../families/points/shown.ts';
import type { DataEvent } from '../../sim/collector.ts';

/** The training points of one draw, as panels show them. */
export interface PanelPoints {
  readonly x2: Float32Array;
  readonly y: Int32Array;
  /** 1 for the forget set. */
  readonly isForget: Uint8Array;
  readonly extent: readonly [number, number, number, number];
  readonly classes: number;
  /** Coordinates of a point before any projection. */
  readonly inputs: number;
  /** The coordinates are a projection: there is no map of the plane, only coloured points. */
  readonly isProjected: boolean;
  readonly forgetCount: number;
  /** The test points, in the same plane. */
  readonly test: { readonly x2: Float32Array; readonly y: Int32Array };
}

/** The points of a draw; undefined where the examples are something else. */
export const panelPoints = ({ forget, shown }: DataEvent): PanelPoints | undefined => {
  if (!isPoints(shown)) return undefined;
  const { train, test, extent, classes, inputs, projected } = shown;
  const isForget = new Uint8Array(train.y.length);
  for (const index of forget) isForget[index] = 1;
  return { ...train, isForget, extent, classes, inputs, isProjected: projected, forgetCount: forget.length, test };
};
