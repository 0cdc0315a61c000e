import { log } from './math.ts';

/** A point of the ROC curve: those that score at least `threshold` are called members. */
export interface RocPoint {
  readonly threshold: number;
  /** Share of the members that are called members. */
  readonly tpr: number;
  /** Share of the non-members that are called members. */
  readonly fpr: number;
}

/** The ROC curve from (0, 0) to (1, 1), a point for each score that occurs. Empty if either side is. */
export const rocCurve = (members: readonly number[], nonMembers: readonly number[]): RocPoint[] => {
  const [m, n] = [members.length, nonMembers.length];
  if (m === 0 || n === 0) return [];
  const all = [
    ...members.map((score) => ({ score, isMember: true })),
    ...nonMembers.map((score) => ({ score, isMember: false })),
  ].sort((a, b) => b.score - a.score);
  const curve: RocPoint[] = [{ threshold: Number.POSITIVE_INFINITY, tpr: 0, fpr: 0 }];
  let [hits, misses] = [0, 0];
  all.forEach(({ score, isMember }, i) => {
    if (isMember) hits++;
    else misses++;
    if (all[i + 1]?.score !== score) curve.push({ threshold: score, tpr: hits / m, fpr: misses / n });
  });
  return curve;
};

/** The most that ½ (TPR + TNR) comes to over all thresholds; NaN if either side is empty. */
export const bestBalancedAccuracy = (members: readonly number[], nonMembers: readonly number[]): number => {
  const curve = rocCurve(members, nonMembers);
  return curve.length === 0 ? Number.NaN : Math.max(...curve.map(({ tpr, fpr }) => (tpr + 1 - fpr) / 2));
};

/** The largest TPR at a threshold whose FPR is at most `most`; NaN if either side is empty. */
export const tprAtFpr = (members: readonly number[], nonMembers: readonly number[], most: number): number => {
  const curve = rocCurve(members, nonMembers).filter(({ fpr }) => fpr <= most);
  return curve.length === 0 ? Number.NaN : Math.max(...curve.map(({ tpr }) => tpr));
};

/** Spread below which two Gaussians are not told apart by their widths: an exact repeat is no infinite evidence. */
const LEAST_DEVIATION = 1e-3;

const gaussianOf = (values: readonly number[]) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (values.length - 1);
  return { mean, deviation: Math.max(LEAST_DEVIATION, Math.sqrt(square)) };
};

/**
 * log N(observed; in) - log N(observed; out), Gaussians with the mean and the sample deviation (n - 1) of each side,
 * in nats: Carlini et al., "Membership Inference Attacks From First Principles", 2022; NaN with fewer than two values.
 */
export const logLikelihoodRatio = (observed: number, inside: readonly number[], outside: readonly number[]): number => {
  if (inside.length < 2 || outside.length < 2) return Number.NaN;
  const logDensity = ({ mean, deviation }: ReturnType<typeof gaussianOf>): number => {
    const z = (observed - mean) / deviation;
    return -0.5 * z * z - log(deviation);
  };
  return logDensity(gaussianOf(inside)) - logDensity(gaussianOf(outside));
};

/** Which of the two sides of a threshold counts: the larger one, or, as Machine-Unlearning-Comparator has it, the smaller. */
export type EpsilonSide = 'larger' | 'smaller';

/**
 * ε at one threshold: of log((1 - δ - FPR) / FNR) and log((1 - δ - FNR) / FPR) the larger or the smaller one, 0 at least;
 * Infinity where no error is made. A rate of 0 beside another that is not counts as `least`.
 */
export const epsilonAt = (
  { fpr, fnr }: { readonly fpr: number; readonly fnr: number },
  delta: number,
  side: EpsilonSide,
  least: { readonly fpr: number; readonly fnr: number } = { fpr: 0, fnr: 0 },
): number => {
  if (fpr === 0 && fnr === 0) return Number.POSITIVE_INFINITY;
  const term = (a: number, b: number): number => (1 - delta - a > 0 ? log((1 - delta - a) / b) : 0);
  const [a, b] = [Math.max(fpr, least.fpr), Math.max(fnr, least.fnr)];
  return Math.max(0, side === 'larger' ? Math.max(term(a, b), term(b, a)) : Math.min(term(a, b), term(b, a)));
};

/**
 * ε of the NeurIPS 2023 unlearning competition (arXiv:2406.09073): the largest `epsilonAt` over all one-sided thresholds, in
 * both directions. A rate of 0 beside another that is not counts as 1/(2N), since N models cannot tell less.
 */
export const epsilonOf = (
  unlearned: readonly number[],
  retrained: readonly number[],
  delta: number,
  side: EpsilonSide = 'larger',
): number => {
  const least = { fpr: 1 / (2 * retrained.length), fnr: 1 / (2 * unlearned.length) };
  let epsilon = 0;
  for (const sign of [1, -1]) {
    const curve = rocCurve(
      unlearned.map((value) => sign * value),
      retrained.map((value) => sign * value),
    );
    for (const { tpr, fpr } of curve) epsilon = Math.max(epsilon, epsilonAt({ fpr, fnr: 1 - tpr }, delta, side, least));
  }
  return epsilon;
};
