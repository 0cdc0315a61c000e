import { type EvalSplit, type Subject, squared } from '../../engine/contracts/metric.ts';

/** What the metrics of this family see of a lane, in plain numbers. */
export interface NumbersView {
  /** What a model says at the pairs of a split, [N]. */
  readonly said: (split: EvalSplit, subject?: Subject) => Float32Array;
  /** What was seen there, [N]. */
  readonly seen: (split: EvalSplit) => Float32Array;
  /** Variance of all training numbers. */
  readonly variance: number;
  /** [P] */
  readonly weights: (subject?: Subject) => Float32Array;
}

/** Mean over 0..n-1; NaN for none. */
const meanOver = (n: number, value: (i: number) => number): number => {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += value(i);
  return n === 0 ? Number.NaN : sum / n;
};

/** Mean distance of two lists of numbers, in units of y. */
export const meanDistance = (a: Float32Array, b: Float32Array): number =>
  meanOver(a.length, (i) => Math.abs((a[i] as number) - (b[i] as number)));

/** Mean absolute error of a model on a split, in units of y. */
export const meanError = (view: NumbersView, split: EvalSplit, subject?: Subject): number =>
  meanDistance(view.said(split, subject), view.seen(split));

/** The share of the variance of all training numbers that a model explains on a split: 0 at worst, 1 at best. */
export const explained = (view: NumbersView, split: EvalSplit, subject?: Subject): number => {
  const [said, seen] = [view.said(split, subject), view.seen(split)];
  const squares = meanOver(said.length, (i) => squared((said[i] as number) - (seen[i] as number)));
  return Math.max(0, 1 - squares / view.variance);
};
