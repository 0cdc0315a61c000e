import type { ShownCurve } from '../../../families/numbers/shown.ts';

/** Sides of the picture, in its own units. */
export const SIDE = 300;

export interface CurvePlane {
  readonly x: (at: number) => number;
  readonly y: (value: number) => number;
  /** The other way round: what lies at a spot of the picture. */
  readonly at: (x: number, y: number) => readonly [number, number];
}

/** Data to picture: the largest number is on top. */
export const planeOf = ({ extent: [left, right, bottom, top] }: Pick<ShownCurve, 'extent'>): CurvePlane => ({
  x: (at) => (SIDE * (at - left)) / (right - left),
  y: (value) => (SIDE * (top - value)) / (top - bottom),
  at: (x, y) => [left + (x / SIDE) * (right - left), top - (y / SIDE) * (top - bottom)],
});

/** Far outside, where a browser's own arithmetic would stop: what is not finite or further away is drawn there. */
const FAR = 1e4;
const within = (value: number): number => (Number.isNaN(value) ? FAR : Math.min(FAR, Math.max(-FAR, value)));

/** A curve as the path of an SVG. */
export const pathOf = (places: Float32Array, values: Float32Array, { x, y }: CurvePlane): string =>
  Array.from(
    places,
    (at, i) => `${i === 0 ? 'M' : 'L'}${x(at).toFixed(1)} ${within(y(values[i] as number)).toFixed(1)}`,
  ).join('');

/** What lies between the lowest and the highest of several curves, as the path of an SVG. */
export const areaOf = (
  places: Float32Array,
  { low, high }: { readonly low: Float32Array; readonly high: Float32Array },
  plane: CurvePlane,
): string =>
  `${pathOf(places, high, plane)}${pathOf(places.slice().reverse(), low.slice().reverse(), plane).replace('M', 'L')}Z`;

/** The place and the number under a pointer. */
export const placeIn = (event: React.PointerEvent<SVGSVGElement>, plane: CurvePlane): readonly [number, number] => {
  const box = event.currentTarget.getBoundingClientRect();
  const side = Math.min(box.width, box.height); // the square in the middle
  const [left, top] = [box.left + (box.width - side) / 2, box.top + (box.height - side) / 2];
  return plane.at((SIDE * (event.clientX - left)) / side, (SIDE * (event.clientY - top)) / side);
};

/** Where the forget set lies, if a level or an upright line parts it from the rest: a stripe of numbers or of places. */
export const stripeOf = (
  { x, y, extent: [left, right, bottom, top] }: Pick<ShownCurve, 'x' | 'y' | 'extent'>,
  forget: Int32Array,
): { readonly axis: 'x' | 'y'; readonly from: number; readonly to: number } | null => {
  if (forget.length === 0 || forget.length === x.length) return null;
  const isForget = new Set(forget);
  const rest = Array.from(x.keys()).filter((i) => !isForget.has(i));
  for (const [axis, values, low, high] of [
    ['y', y, bottom, top],
    ['x', x, left, right],
  ] as const) {
    const own = Array.from(forget, (i) => values[i] as number);
    const [from, to] = [Math.min(...own), Math.max(...own)];
    if (rest.some((i) => (values[i] as number) >= from && (values[i] as number) <= to)) continue;
    const isLowest = rest.every((i) => (values[i] as number) > to);
    const isHighest = rest.every((i) => (values[i] as number) < from);
    return { axis, from: isLowest ? low : from, to: isHighest ? high : to };
  }
  return null;
};
