import type { SeriesStyle } from '../theme/series.ts';
import type { ChartData } from './data.ts';

/** Fractions to CSS pixels: forget accuracy to the right, keep accuracy upwards. */
export interface Plane {
  readonly x: (forget: number) => number;
  readonly y: (keep: number) => number;
  readonly width: number;
  readonly height: number;
}

const LEFT = 44;
const RIGHT = 22;
const TOP = 24;
const BOTTOM = 34;

export const planeOf = (width: number, height: number): Plane => ({
  x: (forget) => LEFT + forget * Math.max(1, width - LEFT - RIGHT),
  y: (keep) => TOP + (1 - keep) * Math.max(1, height - TOP - BOTTOM),
  width,
  height,
});

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
