import { cos, sin } from '../../engine/base/math.ts';
import type { Subject } from '../../engine/contracts/metric.ts';
import { type Cloud, type CloudData, isWithin } from './clouds.ts';
import type { Law } from './shown.ts';

/** What the metrics of this family see of a lane, in plain numbers. */
export interface CloudsView {
  readonly data: CloudData;
  /** Classes that are to be forgotten. */
  readonly erased: ReadonlySet<number>;
  /** Samples under a class, or, under `data.classes`, under no condition: [2 n]. */
  readonly samples: (condition: number, subject?: Subject) => Float32Array;
  /** [P] */
  readonly weights: (subject?: Subject) => Float32Array;
}

/** Mean of some numbers; NaN for none. */
const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? Number.NaN : values.reduce((sum, one) => sum + one, 0) / values.length;

/** The share of points [2 n] for which a test holds. */
const shareOf = (x: Float32Array, holds: (x: number, y: number) => boolean): number => {
  let count = 0;
  for (let i = 0; i < x.length; i += 2) if (holds(x[i] as number, x[i + 1] as number)) count++;
  return (2 * count) / x.length;
};

/** The share of points [2 n] that lie where a class is. */
export const shareInside = (law: Law, x: Float32Array): number => shareOf(x, (a, b) => isWithin(law, a, b));

/** The share of samples under a condition that lie where a class is. */
const hits = ({ data, samples }: CloudsView, condition: number, label: number, subject?: Subject): number => {
  const law = data.laws[label];
  return law ? shareInside(law, samples(condition, subject)) : Number.NaN;
};

/** The share of points [2 n] that lie in no class. */
export const shareNowhere = (laws: readonly Law[], x: Float32Array): number =>
  shareOf(x, (a, b) => !laws.some((law) => isWithin(law, a, b)));

const erasedClasses = ({ erased }: CloudsView): number[] => [...erased];
const keptClasses = ({ data, erased }: CloudsView): number[] =>
  Array.from({ length: data.classes }, (_, c) => c).filter((c) => !erased.has(c));

/** Mean over the erased classes of the share of samples that still are in the class. */
export const erasedHits = (view: CloudsView): number => meanOf(erasedClasses(view).map((c) => hits(view, c, c)));
/** The share of each kept class's samples that are in the class. */
export const keptHits = (view: CloudsView): number[] => keptClasses(view).map((c) => hits(view, c, c));
export const meanKeptHits = (view: CloudsView): number => meanOf(keptHits(view));
export const garbage = (view: CloudsView): number =>
  meanOf(erasedClasses(view).map((c) => shareNowhere(view.data.laws, view.samples(c))));
/** The share of unconditional samples that are in an erased class. */
export const nullLeak = (view: CloudsView): number =>
  erasedClasses(view).reduce((sum, c) => sum + hits(view, view.data.classes, c), 0);

/** Directions that a distance of clouds is an average over. */
const DIRECTIONS = 16;

/** Sorted projections of points [2 n] on a direction. */
const projected = (x: Float32Array, angle: number): Float64Array => {
  const [a, b] = [cos(angle), sin(angle)];
  return Float64Array.from(
    { length: x.length / 2 },
    (_, i) => a * (x[2 * i] as number) + b * (x[2 * i + 1] as number),
  ).sort();
};

/** Mean distance of two sorted lists; of the longer one, as many evenly spread members as the shorter one has. */
const between = (a: Float64Array, b: Float64Array): number => {
  const n = Math.min(a.length, b.length);
  const of = (values: Float64Array, i: number) => values[Math.floor(((i + 0.5) * values.length) / n)] as number;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += Math.abs(of(a, i) - of(b, i));
  return sum / n;
};

/** Sliced Wasserstein distance W1 of two clouds, [2 n] each: the mean over 16 directions. */
export const slicedWasserstein = (a: Float32Array, b: Float32Array): number =>
  meanOf(
    Array.from({ length: DIRECTIONS }, (_, i) => {
      const angle = (i * Math.PI) / DIRECTIONS;
      return between(projected(a, angle), projected(b, angle));
    }),
  );

/** The points of a class, [2 n]. */
const pointsOf = ({ x, y }: Cloud, label: number): Float32Array =>
  Float32Array.from(
    Array.from(y.keys()).flatMap((i) => (y[i] === label ? [x[2 * i] as number, x[2 * i + 1] as number] : [])),
  );

/** Mean over the kept classes of the distance of their samples to fresh points. */
export const keptDistance = (view: CloudsView): number =>
  meanOf(keptClasses(view).map((c) => slicedWasserstein(view.samples(c), pointsOf(view.data.test, c))));
