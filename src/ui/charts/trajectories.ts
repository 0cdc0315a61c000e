import type { SeriesStyle } from '../theme/series.ts';
import type { ChartData } from './data.ts';
import type { Box } from './place.ts';

/** Fractions to CSS pixels: forget accuracy to the right, keep accuracy upwards. */
export interface Plane {
  readonly x: (forget: number) => number;
  readonly y: (keep: number) => number;
  readonly width: number;
  readonly height: number;
  /** What is drawn in lies inside it. */
  readonly frame: Box;
  /** How much larger than on a desk its type and marks are. */
  readonly scale: number;
}

const LEFT = 46;
const RIGHT = 10;
const TOP = 22;
const BOTTOM = 36;
/** From the frame to 0 % and 100 %: what ends there is not taken for the frame. */
const PAD = 16;

/** `scale` is how much larger than on a desk the type is. */
export const planeOf = (width: number, height: number, scale = 1): Plane => {
  const frame = {
    left: LEFT * scale,
    top: TOP * scale,
    right: Math.max(LEFT * scale + 1, width - RIGHT * scale),
    bottom: Math.max(TOP * scale + 1, height - BOTTOM * scale),
  };
  const pad = Math.min(PAD * scale, (frame.right - frame.left) / 4, (frame.bottom - frame.top) / 4);
  return {
    x: (forget) => frame.left + pad + forget * (frame.right - frame.left - 2 * pad),
    y: (keep) => frame.top + pad + (1 - keep) * (frame.bottom - frame.top - 2 * pad),
    width,
    height,
    frame,
    scale,
  };
};

export interface PlanePoint {
  readonly step: number;
  readonly forget: number;
  readonly keep: number;
}

export interface Trajectory {
  readonly label: string;
  readonly style: SeriesStyle;
  /** Medians over seeds, by step. */
  readonly points: readonly PlanePoint[];
  /** The points nearest to each tenth of the steps. */
  readonly ticks: readonly PlanePoint[];
}

/** The median way of each run through the plane. */
export const trajectoriesOf = ({ forget, keep, total }: ChartData): readonly Trajectory[] =>
  keep.curves.flatMap((curve, i) => {
    const forgets = new Map(forget.curves[i]?.points.map(({ step, band }) => [step, band.median]));
    const points = curve.points.flatMap(({ step, band }) => {
      const at = forgets.get(step);
      return at === undefined ? [] : [{ step, forget: at, keep: band.median }];
    });
    if (points.length === 0) return [];
    const ticks: PlanePoint[] = [];
    for (const point of points) if (point.step >= (ticks.length * total) / 10) ticks.push(point);
    return [{ label: curve.label, style: curve.style, points, ticks }];
  });
