import { contains } from '../../scenario/format/region.ts';
import {
  type Brush,
  brushed,
  dab,
  type Extent,
  erased,
  marked,
  nearestPoint,
  type PaintedPoint,
  type Painting,
  type Place,
  polygonOf,
  relocated,
} from '../../scenario/points/paint.ts';

export const TOOLS = ['paint', 'erase', 'move', 'forget', 'keep', 'lasso'] as const;
export type ToolId = (typeof TOOLS)[number];
/** Tools that change the points themselves; the others say which ones are to be forgotten. */
export const POINT_TOOLS: readonly ToolId[] = ['paint', 'erase', 'move'];

export interface ToolSettings {
  readonly tool: ToolId;
  /** Of the ring, in data units. */
  readonly radius: number;
  readonly label: number;
  readonly density: number;
  readonly seed: number;
  readonly extent: Extent;
}

/** A gesture under way. Its points replace those on screen; the whole of it is one change. */
export interface Stroke {
  /** The points as it found them. */
  readonly before: readonly PaintedPoint[];
  readonly points: readonly PaintedPoint[];
  readonly last: Place;
  /** The point that is being moved, or -1. */
  readonly taken: number;
  /** The outline of a lasso so far. */
  readonly line: readonly Place[];
}

const gap = (a: Place, b: Place): number => Math.hypot(a[0] - b[0], a[1] - b[1]);

const touched = (
  points: readonly PaintedPoint[],
  { tool, radius, label, density, seed, extent }: ToolSettings,
  center: Place,
): readonly PaintedPoint[] => {
  const brush: Brush = { center, radius };
  switch (tool) {
    case 'paint':
      return dab(points, { brush, label, count: density, seed, extent });
    case 'erase':
      return erased(points, brush);
    case 'forget':
      return brushed(points, brush, true);
    case 'keep':
      return brushed(points, brush, false);
    default:
      return points;
  }
};

/** A gesture that begins at a place. */
export const begin = (points: readonly PaintedPoint[], settings: ToolSettings, place: Place): Stroke => {
  const { tool, radius, extent } = settings;
  const reach = Math.max(radius, (extent[1] - extent[0]) / 40);
  return {
    before: points,
    points: touched(points, settings, place),
    last: place,
    taken: tool === 'move' ? nearestPoint(points, { center: place, radius: reach }) : -1,
    line: tool === 'lasso' ? [place] : [],
  };
};

/** Places on the way, so that a quick gesture leaves no gaps. */
const between = (from: Place, to: Place, step: number): readonly Place[] => {
  const count = Math.min(200, Math.floor(gap(from, to) / step));
  return Array.from({ length: count }, (_, i): Place => {
    const share = (i + 1) / count;
    return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
  });
};

/** The gesture after it has gone on to another place. */
export const extend = (stroke: Stroke, settings: ToolSettings, place: Place): Stroke => {
  const { tool, radius, extent } = settings;
  if (tool === 'move') {
    const points = stroke.taken < 0 ? stroke.points : relocated(stroke.points, stroke.taken, place, extent);
    return { ...stroke, points, last: place };
  }
  if (tool === 'lasso') return { ...stroke, line: [...stroke.line, place], last: place };
  // Paint is laid on a radius apart; the others cover all that they pass over.
  const stops = between(stroke.last, place, tool === 'paint' ? radius : radius / 2);
  const last = stops.at(-1);
  if (!last) return stroke;
  return { ...stroke, points: stops.reduce((points, stop) => touched(points, settings, stop), stroke.points), last };
};

/** What a gesture leaves behind; null if that is nothing. */
export const paintingOf = (stroke: Stroke, tool: ToolId): Painting | null =>
  stroke.points === stroke.before
    ? null
    : { points: stroke.points, isData: POINT_TOOLS.includes(tool), isForget: !POINT_TOOLS.includes(tool) };

/** The corners of a closed lasso; null if it encloses nothing. */
export const outlineOf = ({ line }: Stroke, extent: Extent): readonly Place[] | null => {
  const corners = polygonOf(line, extent);
  return corners.length >= 3 ? corners : null;
};

/** With the points inside an outline to be forgotten. */
export const enclosed = (points: readonly PaintedPoint[], polygon: readonly Place[]): readonly PaintedPoint[] =>
  marked(points, true, ({ place: [x, y] }) => contains({ polygon }, x, y));
