import type { CloudsPicture, ShownClouds } from '../../../families/diffusion/shown.ts';

/** Side of a panel, in its own units. */
export const SIDE = 300;

/** A square of a panel in which the samples of one condition are drawn. */
export interface CloudCell {
  /** A class, or, one after the last class, no condition. */
  readonly condition: number;
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/** One condition large, the others small beside and below it. */
export const cellsOf = (conditions: number, large: number): readonly CloudCell[] => {
  const columns = Math.max(2, Math.ceil(conditions / 2));
  const small = SIDE / columns;
  const others = Array.from({ length: conditions }, (_, c) => c).filter((c) => c !== large);
  return [
    { condition: large, x: 0, y: 0, side: SIDE - small },
    ...others.map((condition, i) =>
      i < columns - 1
        ? { condition, x: SIDE - small, y: small * i, side: small }
        : { condition, x: small * (i - columns + 1), y: SIDE - small, side: small },
    ),
  ];
};

/** Data to a cell: the largest number is on top. */
export const placeIn = (
  { x, y, side }: CloudCell,
  { extent: [left, right, bottom, top] }: Pick<ShownClouds, 'extent'>,
) => ({
  x: (at: number) => x + (side * (at - left)) / (right - left),
  y: (at: number) => y + (side * (top - at)) / (top - bottom),
  /** Lengths. */
  scale: side / (right - left),
});

export type CellPlace = ReturnType<typeof placeIn>;

/** The samples of a condition, [2 count]. */
export const samplesOf = ({ x, count }: CloudsPicture, condition: number): Float32Array =>
  x.subarray(2 * count * condition, 2 * count * (condition + 1));

/** Points as dots of an SVG path with round ends. */
export const dotsOf = (samples: Float32Array, place: CellPlace): string => {
  let path = '';
  for (let i = 0; i < samples.length; i += 2) {
    path += `M${place.x(samples[i] as number).toFixed(1)} ${place.y(samples[i + 1] as number).toFixed(1)}h0`;
  }
  return path;
};

/** A move shorter than this, in the units of the data, is no arrow. */
const SHORT = 0.15;
/** Length of an arrow's head, in the panel's units. */
const HEAD = 5;
/** Arrows at most: more hide each other. */
const MOST = 30;

/** Arrows from samples to others of the same noise, as an SVG path. */
export const arrowsOf = (from: Float32Array, to: Float32Array, place: CellPlace): string => {
  let path = '';
  for (let i = 0; i < Math.min(from.length, 2 * MOST); i += 2) {
    const [a, b, c, d] = [from[i], from[i + 1], to[i], to[i + 1]] as [number, number, number, number];
    if (!(Math.hypot(c - a, d - b) > SHORT)) continue;
    const [x1, y1, x2, y2] = [place.x(a), place.y(b), place.x(c), place.y(d)];
    const angle = Math.atan2(y2 - y1, x2 - x1);
    const head = [2.7, -2.7].map(
      (turn) =>
        `M${x2.toFixed(1)} ${y2.toFixed(1)}L${(x2 + HEAD * Math.cos(angle + turn)).toFixed(1)} ${(y2 + HEAD * Math.sin(angle + turn)).toFixed(1)}`,
    );
    path += `M${x1.toFixed(1)} ${y1.toFixed(1)}L${x2.toFixed(1)} ${y2.toFixed(1)}${head.join('')}`;
  }
  return path;
};

/** The mean of those that a test chooses. */
export const meanWhere = (values: readonly number[], chosen: (i: number) => boolean): number => {
  const own = values.filter((_, i) => chosen(i));
  return own.reduce((sum, one) => sum + one, 0) / own.length;
};
