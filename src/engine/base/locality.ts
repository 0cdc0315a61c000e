import { argmax, type EvalView, meanOver, squared } from '../contracts/metric.ts';

/** Squared distance from each row of `from` to the nearest row of `to`; rows have `width` numbers. */
const nearest = (from: Float32Array, to: Float32Array, width: number): Float64Array =>
  Float64Array.from({ length: from.length / width }, (_, row) => {
    let least = Number.POSITIVE_INFINITY;
    for (let other = 0; other < to.length; other += width) {
      let sum = 0;
      for (let d = 0; d < width; d++) sum += squared((from[row * width + d] as number) - (to[other + d] as number));
      least = Math.min(least, sum);
    }
    return least;
  });

/** Accuracy by the distance to what is forgotten, nearest first; NaN for none. */
export interface LocalityCurve {
  /** Mean distance of a group's points to their nearest forget points, as the data are. */
  readonly distance: readonly number[];
  readonly accuracy: readonly number[];
}

/**
 * The fresh retain points in `bins` groups of about equal size by their distance to the nearest forget point, and how often
 * the model is right in each. Empty without forget points or with fewer retain points than bins.
 */
export const localityCurve = (view: EvalView, bins: number): LocalityCurve => {
  const { data: kept, shape } = view.points('testRetain');
  const { data: forgotten } = view.points('forget');
  const [n = 0, width = 1] = shape;
  if (n < bins || forgotten.length === 0) return { distance: [], accuracy: [] };
  const distances = nearest(kept, forgotten, width);
  const order = Array.from(distances.keys()).sort((a, b) => (distances[a] as number) - (distances[b] as number));
  const groups = Array.from({ length: bins }, (_, bin) =>
    order.slice(Math.floor((bin * n) / bins), Math.floor(((bin + 1) * n) / bins)),
  );
  const labels = view.labels('testRetain');
  const { data } = view.logits('testRetain');
  const isRight = (row: number) => argmax(data, row * view.classes, view.classes) === labels[row];
  return {
    distance: groups.map((rows) => meanOver(rows.length, (i) => Math.sqrt(distances[rows[i] as number] as number))),
    accuracy: groups.map((rows) => rows.filter(isRight).length / rows.length),
  };
};
