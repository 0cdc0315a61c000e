import type { RunEvent } from '../../sim/events.ts';

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

type DataEvent = Extract<RunEvent, { type: 'data' }>;

export const panelPoints = (event: DataEvent): PanelPoints => {
  const isForget = new Uint8Array(event.train.y.length);
  for (const index of event.forget) isForget[index] = 1;
  return {
    x2: event.train.x2,
    y: event.train.y,
    isForget,
    extent: event.extent,
    classes: event.classes,
    inputs: event.inputs,
    isProjected: event.projected,
    forgetCount: event.forget.length,
    test: event.test,
  };
};
