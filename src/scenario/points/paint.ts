import { cos, sin } from '../../engine/base/math.ts';
import { foldIn, keyOf, uniform } from '../../engine/base/random.ts';
import { caps } from '../format/defaults.ts';
import type { ForgetSpec, InlineParams, InlinePoints, Scenario } from '../format/scenario.ts';

/** A place in the plane, in data coordinates. */
export type Place = readonly [number, number];

/** A point that can be painted, moved and erased. */
export interface PaintedPoint {
  readonly place: Place;
  readonly label: number;
  /** A point on which the models are only tested. */
  readonly isTest: boolean;
  readonly isForget: boolean;
}

/** [xMin, xMax, yMin, yMax]. */
export type Extent = readonly [number, number, number, number];

/** The brush: a disc from which points are drawn. */
export interface Brush {
  readonly center: Place;
  /** In data units, above 0. */
  readonly radius: number;
}

/** How many steps a coordinate has over the width of the plane: finer than a screen, and two bytes a number in a link. */
const FINENESS = 4000;

/** A power of ten: painted coordinates are whole numbers over it. */
const powerFor = ([xMin, xMax]: Extent): number => {
  const span = Math.max(1e-6, xMax - xMin);
  let power = 1;
  while (power < 1e8 && power * span < FINENESS) power *= 10;
  return power;
};

/** Rounds a place to what the plane resolves, so that points stay short in a link. */
const rounded = ([x, y]: Place, extent: Extent): Place => {
  const power = powerFor(extent);
  const round = (value: number): number => {
    const near = Math.round(Math.min(caps.coordinate, Math.max(-caps.coordinate, value)) * power) / power;
    return near === 0 ? 0 : near;
  };
  return [round(x), round(y)];
};

const countOf = (points: readonly PaintedPoint[], isTest: boolean): number =>
  points.reduce((sum, point) => sum + Number(point.isTest === isTest), 0);

/** How many more training points there may be. */
const roomIn = (points: readonly PaintedPoint[]): number =>
  Math.max(0, caps.points - Math.max(countOf(points, false), countOf(points, true)));

export interface Dab {
  readonly brush: Brush;
  readonly label: number;
  /** Training points; as many test points are drawn with them. */
  readonly count: number;
  /** Sets which points are drawn, together with how many there are already. */
  readonly seed: number;
  readonly extent: Extent;
}

/**
 * One touch of the brush: `count` training points and as many test points, each an independent uniform draw from the
 * brush's disc. So the test points follow the law that was painted, and none is a copy of a training point. The i-th
 * point of the picture is drawn with the i-th number of the seed's stream. At the cap fewer are added, or none.
 */
export const dab = (points: readonly PaintedPoint[], { brush, label, count, seed, extent }: Dab): PaintedPoint[] => {
  const key = foldIn(keyOf(seed), 'painted');
  const added = Math.min(count, roomIn(points));
  const drawn = Array.from({ length: 2 * added }, (_, i): PaintedPoint => {
    const index = 2 * (points.length + i);
    const distance = brush.radius * Math.sqrt(uniform(key, index));
    const angle = 2 * Math.PI * uniform(key, index + 1);
    const place: Place = [brush.center[0] + distance * cos(angle), brush.center[1] + distance * sin(angle)];
    return { place: rounded(place, extent), label, isTest: i % 2 === 1, isForget: false };
  });
  return [...points, ...drawn];
};

const squareTo = ([x, y]: Place, [a, b]: Place): number => (x - a) * (x - a) + (y - b) * (y - b);

const isUnder = ({ center, radius }: Brush, place: Place): boolean => squareTo(place, center) <= radius * radius;

/** Without the points under the brush, training and test alike. The same list if there are none. */
export const erased = (points: readonly PaintedPoint[], brush: Brush): readonly PaintedPoint[] => {
  const left = points.filter(({ place }) => !isUnder(brush, place));
  return left.length === points.length ? points : left;
};

/** The point nearest to a place within a radius, or -1. */
export const nearestPoint = (points: readonly PaintedPoint[], { center, radius }: Brush): number => {
  let best = radius * radius;
  let winner = -1;
  points.forEach(({ place }, i) => {
    const square = squareTo(place, center);
    if (square <= best) {
      best = square;
      winner = i;
    }
  });
  return winner;
};

/** With one point somewhere else. */
export const relocated = (
  points: readonly PaintedPoint[],
  index: number,
  place: Place,
  extent: Extent,
): PaintedPoint[] => points.map((point, i) => (i === index ? { ...point, place: rounded(place, extent) } : point));

/** With the training points for which a test holds in the forget set, or out of it. The same list if nothing changes. */
export const marked = (
  points: readonly PaintedPoint[],
  isForget: boolean,
  holds: (point: PaintedPoint, index: number) => boolean,
): readonly PaintedPoint[] => {
  const concerns = (point: PaintedPoint, i: number): boolean =>
    !point.isTest && point.isForget !== isForget && holds(point, i);
  return points.some(concerns)
    ? points.map((point, i) => (concerns(point, i) ? { ...point, isForget } : point))
    : points;
};

/** With the points under the brush in the forget set, or out of it. */
export const brushed = (points: readonly PaintedPoint[], brush: Brush, isForget: boolean): readonly PaintedPoint[] =>
  marked(points, isForget, ({ place }) => isUnder(brush, place));

const pointsOf = (points: readonly PaintedPoint[], isTest: boolean): InlinePoints => {
  const own = points.filter((point) => point.isTest === isTest);
  return { x: own.map(({ place }) => place), y: own.map(({ label }) => label) };
};

const indicesOf = (points: readonly PaintedPoint[]): readonly number[] =>
  points.filter(({ isTest }) => !isTest).flatMap(({ isForget }, i) => (isForget ? [i] : []));

/** The scenario with another forget set. Of several requests in a row it is the first one that changes. */
export const withForget = (scenario: Scenario, forget: ForgetSpec): Scenario => ({
  ...scenario,
  forget,
  ...(scenario.requests && { requests: [forget, ...scenario.requests.slice(1)] }),
});

/** A forget set that names its points: it cannot be told from the points' law, so it follows the points themselves. */
const namesPoints = ({ kind }: ForgetSpec): boolean => kind === 'indices' || kind === 'component';

/**
 * The scenario on painted points. A forget set by class, region or chance is asked for again on the new points; one that
 * names its points keeps those that are left. Further requests that name points cannot be followed and are dropped.
 */
const withPoints = (scenario: Scenario, points: readonly PaintedPoint[], extent: Extent): Scenario => {
  const short = points.map((point) => ({ ...point, place: rounded(point.place, extent) }));
  const params: InlineParams = { train: pointsOf(short, false), test: pointsOf(short, true) };
  const { forget, requests } = scenario;
  const seed = scenario.data.seed === 'lane' ? 0 : scenario.data.seed;
  const on: Scenario = { ...scenario, data: { generator: 'inline', seed, params } };
  const kept = requests?.filter((request, i) => i === 0 || !namesPoints(request));
  const next = kept ? { ...on, requests: kept } : on;
  return namesPoints(forget) ? withForget(next, { kind: 'indices', indices: indicesOf(short) }) : next;
};

/** The scenario that forgets the marked points. */
const withMarked = (scenario: Scenario, points: readonly PaintedPoint[]): Scenario =>
  withForget(scenario, { kind: 'indices', indices: indicesOf(points) });

/** Points as they were left by the reader, and what of them was changed. */
export interface Painting {
  readonly points: readonly PaintedPoint[];
  readonly isData: boolean;
  readonly isForget: boolean;
}

/** What keeps a painting from being an experiment. */
export type PaintFault = 'too-few-classes' | 'no-test' | 'nothing-to-forget' | 'nothing-to-keep';

const dataFault = (points: readonly PaintedPoint[]): PaintFault | null => {
  const labels = new Set(points.filter(({ isTest }) => !isTest).map(({ label }) => label));
  if (labels.size < 2) return 'too-few-classes';
  return countOf(points, true) === 0 ? 'no-test' : null;
};

const forgetFault = (points: readonly PaintedPoint[]): PaintFault | null => {
  const chosen = indicesOf(points).length;
  if (chosen === 0) return 'nothing-to-forget';
  return chosen === countOf(points, false) ? 'nothing-to-keep' : null;
};

/** What keeps a painting from being computed; null if nothing does. */
export const paintFault = ({ forget }: Scenario, { points, isData, isForget }: Painting): PaintFault | null => {
  const ofData = isData ? dataFault(points) : null;
  return ofData ?? (isForget || namesPoints(forget) ? forgetFault(points) : null);
};

/** The scenario with what was painted. */
export const withPainting = (scenario: Scenario, { points, isData, isForget }: Painting, extent: Extent): Scenario => {
  const on = isData ? withPoints(scenario, points, extent) : scenario;
  return isForget ? withMarked(on, points) : on;
};

/** A drawn line as a polygon of few corners: each at least 1/80 of the plane from the one before. */
export const polygonOf = (line: readonly Place[], extent: Extent): readonly Place[] => {
  const gap = (extent[1] - extent[0]) / 80;
  const corners: Place[] = [];
  for (const place of line) {
    const last = corners.at(-1);
    if (last && Math.hypot(place[0] - last[0], place[1] - last[1]) < gap) continue;
    corners.push(rounded(place, extent));
  }
  return corners.slice(0, caps.corners);
};
