import { exp } from '../../engine/base/math.ts';
import { type EvalView, oncePerArrays } from '../../engine/contracts/metric.ts';
import { type Exposure, lossesOn, someOf } from './membership.ts';
import { trainSvm } from './svm.ts';

/** The headline feature of the SVC attack: p_y. */
export const confidenceOf = ({ p, label }: Exposure): readonly number[] => [p[label] as number];

/**
 * Share of the targets that a support vector machine calls non-members, trained on members against others: cost 3,
 * radial kernel, gamma 1/d, as in SalUn's evaluation code. Rows are features, [d]. NaN where a side is empty.
 */
export const svcNonMembers = (
  members: readonly (readonly number[])[],
  others: readonly (readonly number[])[],
  targets: readonly (readonly number[])[],
): number => {
  if (members.length === 0 || others.length === 0 || targets.length === 0) return Number.NaN;
  const rows = [...members, ...others];
  const isMember = rows.map((_, i) => i < members.length);
  const svm = trainSvm(rows, isMember, { cost: 3, gamma: 1 / (rows[0]?.length ?? 1) });
  return targets.filter((target) => svm.decide(target) <= 0).length / targets.length;
};

/** One feature of an example, larger for members. */
export interface Score {
  readonly label: number;
  readonly value: number;
}

/** The value at which (true positives + true negatives) / 2 is largest, the first of equals. */
const bestThreshold = (members: readonly number[], others: readonly number[]): number => {
  let [best, most] = [0, -1];
  for (const value of [...members, ...others]) {
    const rate =
      members.filter((one) => one >= value).length / Math.max(1, members.length) +
      others.filter((one) => one < value).length / Math.max(1, others.length);
    if (rate > most) [best, most] = [value, rate];
  }
  return best;
};

/**
 * A threshold for each class that best tells members from others (Song & Mittal 2021).
 * `members`, `nonMembers`: the share of targets on that side; NaN for none.
 */
export const thresholdAttack = (inside: readonly Score[], outside: readonly Score[], classes: number) => {
  const valuesOf = (list: readonly Score[], label: number) =>
    list.filter((one) => one.label === label).map(({ value }) => value);
  const thresholds = Array.from({ length: classes }, (_, label) =>
    bestThreshold(valuesOf(inside, label), valuesOf(outside, label)),
  );
  const isMember = ({ label, value }: Score): boolean => value >= (thresholds[label] as number);
  const members = (targets: readonly Score[]): number =>
    targets.length === 0 ? Number.NaN : targets.filter(isMember).length / targets.length;
  return { members, nonMembers: (targets: readonly Score[]): number => 1 - members(targets) };
};

const SPLITS = 10;
/** As many on each side, so that a tenth of each can be held out. */
const LEAST_SIDE = 10;

/** Slope and offset of a logistic regression with a ridge of 1 on the slope, by Newton's method. */
const fitLogistic = (x: readonly number[], y: readonly number[]): readonly [slope: number, offset: number] => {
  let [w, b] = [0, 0];
  for (let round = 0; round < 50; round++) {
    let [gw, gb, hww, hwb, hbb] = [w, 0, 1, 0, 1e-9];
    x.forEach((value, i) => {
      const p = 1 / (1 + exp(-(w * value + b)));
      const error = p - (y[i] as number);
      const weight = Math.max(p * (1 - p), 1e-9);
      gw += error * value;
      gb += error;
      hww += weight * value * value;
      hwb += weight * value;
      hbb += weight;
    });
    const determinant = hww * hbb - hwb * hwb;
    const [dw, db] = [(hbb * gw - hwb * gb) / determinant, (hww * gb - hwb * gw) / determinant];
    w -= dw;
    b -= db;
    if (Math.abs(dw) + Math.abs(db) < 1e-9) break;
  }
  return [w, b];
};

/**
 * Accuracy of a logistic regression on one feature that tells two sides of equal size apart: the mean over ten random
 * splits of which a tenth of each side is held out (as in MUFAC). NaN below ten values a side; a longer side is cut.
 */
export const crossValidated = (inside: readonly number[], outside: readonly number[]): number => {
  const n = Math.min(inside.length, outside.length);
  if (n < LEAST_SIDE) return Number.NaN;
  const held = Math.floor(n / 10);
  // The splits are those of the sorted values: the order of the examples does not matter.
  const [first, second] = [inside, outside].map((side) => [...side].sort((p, q) => p - q)) as [number[], number[]];
  let right = 0;
  for (let split = 0; split < SPLITS; split++) {
    const [a, b] = [someOf(first, n, `inside ${split}`), someOf(second, n, `outside ${split}`)];
    const x = [...a.slice(held), ...b.slice(held)];
    const y = x.map((_, i) => (i < n - held ? 1 : 0));
    const [slope, offset] = fitLogistic(x, y);
    const says = (value: number): boolean => slope * value + offset > 0;
    right += a.slice(0, held).filter(says).length + b.slice(0, held).filter((value) => !says(value)).length;
  }
  return right / (SPLITS * 2 * held);
};

const logistics = oncePerArrays();

/** Accuracy of a logistic regression that tells losses of forget points from those of fresh points like them. */
export const lossLogistic = (view: EvalView): number =>
  logistics(view.logProbs('forget').data, view.logProbs('testForget').data, () =>
    crossValidated(lossesOn(view, 'forget'), lossesOn(view, 'testForget')),
  );
