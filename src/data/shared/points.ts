import { foldIn, integer, type Key, normal, uniform } from '../../engine/base/random.ts';
import type { IntSpec, NumberSpec, ParamSpec } from '../../engine/base/schema.ts';
import type { PointSet } from '../../engine/contracts/dataset.ts';

/** A class that no point has: an output that stays free for "I don't know". */
export const spareSpec = {
  kind: 'flag',
  label: 'Spare class',
  help: 'Adds an output without training points, which a method may use as "I don’t know".',
  default: false,
} as const satisfies ParamSpec;

/** Points per class, for generators with `most` points per class at the most. */
export const perClassSpec = (most: number): IntSpec => ({
  kind: 'int',
  label: 'Points per class',
  help: 'Training points drawn for each class; the test set gets as many, drawn afresh.',
  default: 100,
  min: 10,
  max: most,
});

/** Spread of points around where they belong, in data units. */
export const noiseSpec = (initial: number, max: number): NumberSpec => ({
  kind: 'number',
  label: 'Noise',
  help: 'Standard deviation of each point around its place: more noise, more overlap between classes.',
  default: initial,
  min: 0,
  max,
  scale: 'linear',
});

/** Fraction of labels that are wrong. */
export const flipSpec: NumberSpec = {
  kind: 'number',
  label: 'Flipped labels',
  help: 'Chance that a point carries the label of another class, in the training and in the test set alike.',
  default: 0,
  min: 0,
  max: 0.5,
  scale: 'linear',
};

/** The two halves of a data set: separate draws of one law. */
export const trainAndTest = (
  key: Key,
  draw: (key: Key) => PointSet,
): { readonly train: PointSet; readonly test: PointSet } => ({
  train: draw(foldIn(key, 'train')),
  test: draw(foldIn(key, 'test')),
});

/** What each class draws its points from: its own key and, from that, the i-th point without noise. */
type Place = (label: number, key: Key) => (i: number) => ArrayLike<number>;

/**
 * `perClass` points of each class in class order, each its place plus normal noise. A class has its own
 * key, so more points or more classes leave the points that were there as they were.
 */
export const classByClass = (
  sizes: { readonly inputs: number; readonly classes: number; readonly perClass: number; readonly noise: number },
  key: Key,
  place: Place,
): PointSet => {
  const { inputs, classes, perClass, noise } = sizes;
  const x = new Float32Array(classes * perClass * inputs);
  const y = new Int32Array(classes * perClass);
  for (let label = 0; label < classes; label++) {
    const own = foldIn(key, 'class', label);
    const noiseKey = foldIn(own, 'noise');
    const placeOf = place(label, own);
    for (let i = 0; i < perClass; i++) {
      const row = label * perClass + i;
      const at = placeOf(i);
      for (let d = 0; d < inputs; d++) {
        x[row * inputs + d] = (at[d] as number) + noise * normal(noiseKey, i * inputs + d);
      }
      y[row] = label;
    }
  }
  return { x, y };
};

/** The points with each label replaced, with probability `fraction`, by one of the other classes. */
export const flipLabels = (points: PointSet, classes: number, fraction: number, key: Key): PointSet => {
  const flips = foldIn(key, 'flip');
  const others = foldIn(key, 'other-class');
  const y = points.y.map((label, i) =>
    uniform(flips, i) < fraction ? (label + 1 + integer(others, i, classes - 1)) % classes : label,
  );
  return { x: points.x, y };
};
