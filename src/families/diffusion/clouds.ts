import { cos, sin } from '../../engine/base/math.ts';
import { foldIn, type Key, normal, uniform } from '../../engine/base/random.ts';
import type { ParamSchema } from '../../engine/base/schema.ts';
import type { Generator } from '../../engine/contracts/dataset.ts';
import type { Law } from './shown.ts';

/** N points in the plane with the class of each: x [2 N], y [N]. */
export interface Cloud {
  readonly x: Float32Array;
  readonly y: Int32Array;
}

/** Training and test points are separate draws. */
export interface CloudData {
  readonly classes: number;
  readonly train: Cloud;
  readonly test: Cloud;
  /** Of each class. */
  readonly laws: readonly Law[];
}

/** A sample belongs to a class within so many standard deviations of one of its centers: .989 of a normal cloud do. */
export const REACH = 3;

/** Whether a point lies where a class is. */
export const isWithin = ({ centers, deviation }: Law, x: number, y: number): boolean => {
  const limit = REACH * deviation * (REACH * deviation);
  for (let i = 0; i < centers.length; i += 2) {
    const [dx, dy] = [x - (centers[i] as number), y - (centers[i + 1] as number)];
    if (dx * dx + dy * dy < limit) return true;
  }
  return false;
};

const perClass = {
  kind: 'int',
  label: 'Points per class',
  help: 'To learn from, and as many to compare samples with.',
  default: 200,
  min: 20,
  max: 800,
} as const;

const deviationSpec = (byDefault: number) =>
  ({
    kind: 'number',
    label: 'Width of a cloud',
    symbol: 'σ',
    help: 'Standard deviation of a class around its middle.',
    default: byDefault,
    min: 0.02,
    max: 1,
    scale: 'linear',
  }) as const;

const classesSpec = (byDefault: number) =>
  ({
    kind: 'int',
    label: 'Classes',
    help: 'Each is a condition under which the model draws.',
    default: byDefault,
    min: 2,
    max: 9,
  }) as const;

/** Where the u-th part of a class lies, u from 0 to 1. */
type Place = (u: number) => readonly [number, number];

/** Class by class, each point at one of its law's centers, or along it, with normal noise. */
const cloudOf = (key: Key, count: number, deviation: number, places: readonly Place[]): Cloud => {
  const n = places.length * count;
  const [x, y] = [new Float32Array(2 * n), new Int32Array(n)];
  places.forEach((place, c) => {
    const own = foldIn(key, 'class', c);
    const [along, noise] = [foldIn(own, 'place'), foldIn(own, 'noise')];
    for (let i = 0; i < count; i++) {
      const row = c * count + i;
      const [a, b] = place(uniform(along, i));
      x[2 * row] = a + deviation * normal(noise, 2 * i);
      x[2 * row + 1] = b + deviation * normal(noise, 2 * i + 1);
      y[row] = c;
    }
  });
  return { x, y };
};

/** @param centers places that a class's law is told by, for each class */
const drawn = (
  key: Key,
  { perClass: count, deviation }: { readonly perClass: number; readonly deviation: number },
  places: readonly Place[],
  centers: number,
): CloudData => ({
  classes: places.length,
  train: cloudOf(foldIn(key, 'train'), count, deviation, places),
  test: cloudOf(foldIn(key, 'test'), count, deviation, places),
  laws: places.map((place) => ({
    centers: Float32Array.from(
      Array.from({ length: centers }, (_, i) => place(centers === 1 ? 0 : i / (centers - 1))).flat(),
    ),
    deviation,
  })),
});

const source = <const S extends ParamSchema>(spec: Generator<S, CloudData>): Generator<S, CloudData> => spec;

const at =
  (x: number, y: number): Place =>
  () => [x, y];

export const ring = source({
  id: 'ring',
  title: 'Ring',
  summary: 'Round clouds on a circle, one for each class; class 0 is on top.',
  classes: 'classes',
  params: {
    classes: classesSpec(5),
    perClass,
    radius: { kind: 'number', label: 'Radius', help: 'Of the circle.', default: 2, min: 0.5, max: 3, scale: 'linear' },
    deviation: deviationSpec(0.3),
  },
  generate: ({ classes, radius, ...sizes }, key) => {
    const places = Array.from({ length: classes }, (_, c) => {
      const angle = (2 * Math.PI * c) / classes + Math.PI / 2;
      return at(radius * cos(angle), radius * sin(angle));
    });
    return drawn(key, sizes, places, 1);
  },
});

export const grid = source({
  id: 'grid',
  title: 'Grid',
  summary: 'Round clouds at the crossings of a square grid, row by row from the top left.',
  classes: 'classes',
  params: { classes: classesSpec(9), perClass, deviation: deviationSpec(0.2) },
  generate: ({ classes, ...sizes }, key) => {
    const side = Math.ceil(Math.sqrt(classes));
    const places = Array.from({ length: classes }, (_, c) => {
      const [row, column] = [Math.floor(c / side), c % side];
      return at((4 * column) / (side - 1) - 2, 2 - (4 * row) / (side - 1));
    });
    return drawn(key, sizes, places, 1);
  },
});

/** The unit moons span 3 across; this makes them span 4. */
const SPAN = 4 / 3;

export const moons = source({
  id: 'half-moons',
  title: 'Moons',
  summary: 'Two interlocking half circles, one for each class: clouds that are not round.',
  classes: 2,
  params: { perClass, deviation: deviationSpec(0.12) },
  generate: (sizes, key) => {
    // The lower moon is the upper one turned by half a circle about the origin.
    const along =
      (side: number): Place =>
      (u) => [side * SPAN * (cos(Math.PI * u) - 0.5), side * SPAN * (sin(Math.PI * u) - 0.25)];
    return drawn(key, sizes, [along(1), along(-1)], 33);
  },
});
