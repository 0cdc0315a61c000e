import { type EvalView, squared } from './metric.ts';

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

/**
 * The fresh retain points in `bins` groups of about equal size by their distance to the nearest forget point, nearest
 * first, as rows of the split (D16). Empty without forget points or with fewer retain points than bins.
 */
export const localityBins = (view: EvalView, bins: number): readonly (readonly number[])[] => {
  const { data: kept, shape } = view.points('testRetain');
  const { data: forgotten } = view.points('forget');
  const [n = 0, width = 1] = shape;
  if (n < bins || forgotten.length === 0) return [];
  const distances = nearest(kept, forgotten, width);
  const order = Array.from(distances.keys()).sort((a, b) => (distances[a] as number) - (distances[b] as number));
  return Array.from({ length: bins }, (_, bin) =>
    order.slice(Math.floor((bin * n) / bins), Math.floor(((bin + 1) * n) / bins)),
  );
};
