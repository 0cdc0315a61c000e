import { exp, log } from '../../engine/base/math.ts';
import { foldIn, keyOf, permutation } from '../../engine/base/random.ts';
import { areaUnderCurve } from '../../engine/base/statistics.ts';
import { type EvalSplit, type EvalView, meanOver, oncePerArrays, type Subject } from '../../engine/contracts/metric.ts';

/** What an attacker sees of one example. */
export interface Exposure {
  readonly label: number;
  /** Probabilities, [C]. */
  readonly p: readonly number[];
}

/** Membership features: larger means more like a member. Sources: Song & Mittal 2021; SalUn's evaluation code. */
export type Feature = 'correctness' | 'confidence' | 'entropy' | 'mEntropy';

const LEAST = 1e-30;
const logOf = (p: number): number => log(Math.max(p, LEAST));

/** -Σ p log p, in nats. */
const entropyOf = (p: readonly number[]): number => -p.reduce((sum, q) => sum + q * logOf(q), 0);

/** Modified entropy: -(1 - p_y) log p_y - Σ_{k≠y} p_k log(1 - p_k), in nats (Song & Mittal 2021). */
export const modifiedEntropy = ({ p, label }: Exposure): number => {
  let sum = 0;
  p.forEach((q, k) => {
    sum -= k === label ? (1 - q) * logOf(q) : q * logOf(1 - q);
  });
  return sum;
};

export const featureOf = (feature: Feature, example: Exposure): number => {
  const { p, label } = example;
  switch (feature) {
    case 'correctness':
      return p.indexOf(Math.max(...p)) === label ? 1 : 0;
    case 'confidence':
      return p[label] as number;
    case 'entropy':
      return -entropyOf(p);
    case 'mEntropy':
      return -modifiedEntropy(example);
  }
};

/** Every example of a split as the attacker sees it. */
export const exposures = (view: EvalView, split: EvalSplit, subject?: Subject): Exposure[] => {
  const { data } = view.logProbs(split, subject);
  const C = view.classes;
  return Array.from(view.labels(split), (label, row) => ({
    label,
    p: Array.from({ length: C }, (_, k) => exp(data[row * C + k] as number)),
  }));
};

/** Loss of every example of a split, -log p_y in nats. */
export const lossesOn = (view: EvalView, split: EvalSplit, subject?: Subject): number[] => {
  const { data } = view.logProbs(split, subject);
  return Array.from(view.labels(split), (label, row) => -(data[row * view.classes + label] as number));
};

/** Some of a list in an order that only depends on its length: sides of equal size, and no order of the data. */
export const someOf = <T>(list: readonly T[], count: number, purpose: string): T[] =>
  Array.from(permutation(foldIn(keyOf(0), purpose), list.length).slice(0, count), (index) => list[index] as T);

const areas = oncePerArrays();

/** How well the loss tells forget points from fresh points like them: 1 is member-like, 0.5 is a coin. NaN if a side is empty. */
export const lossArea = (view: EvalView, subject?: Subject): number =>
  areas(view.logProbs('forget', subject).data, view.logProbs('testForget', subject).data, () =>
    areaUnderCurve(lossesOn(view, 'testForget', subject), lossesOn(view, 'forget', subject)),
  );

/** Mean entropy of the predictions on a split, in nats; NaN for no points. */
export const meanEntropy = (view: EvalView, split: EvalSplit): number => {
  const seen = exposures(view, split);
  return meanOver(seen.length, (row) => entropyOf(seen[row]?.p ?? []));
};
