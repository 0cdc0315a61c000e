import { exp, sigmoid } from '../../engine/base/math.ts';

/**
 * How far an adapter is switched on for an input, from a score that says how much the input looks like what was to be
 * forgotten: the soft weights of O3 (Gao et al., ICLR 2025).
 */
export interface GateScale {
  /** Mean score of the examples that the detector was fitted on, and of those that were held out. */
  readonly fitted: number;
  readonly heldOut: number;
  /** Standard deviation of the held-out scores, above 0. */
  readonly deviation: number;
}

/** The error function to 1.2e-7 (Numerical Recipes' Chebyshev form of erfc). */
const erf = (x: number): number => {
  const t = 1 / (1 + 0.5 * Math.abs(x));
  const series = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223,
    0.17087277,
  ].reduceRight((sum, coefficient) => sum * t + coefficient, 0);
  const tail = t * exp(-x * x + series);
  return x < 0 ? tail - 1 : 1 - tail;
};

const normalCdf = (x: number, mean: number, deviation: number): number =>
  (1 + erf((x - mean) / (deviation * Math.SQRT2))) / 2;

/** The weight as in GCYZSL/O3-LLM-UNLEARNING, train_ood.py, obtain_weights: high near the middle score, 0.119 far away on either side. */
export const twoSidedGate = (score: number, { fitted, heldOut, deviation }: GateScale): number => {
  const middle = (fitted + heldOut) / 2;
  const cdf = (x: number) => (normalCdf(x, fitted, deviation) + normalCdf(x, heldOut, deviation)) / 2;
  const [a, b] = [cdf(score), cdf(2 * middle - score)];
  return sigmoid(10 * (1 - Math.max(a, b) + Math.min(a, b)) - 2);
};

/** A weight that goes to 0: one half at two deviations below the held-out mean. */
export const logisticGate = (score: number, { heldOut, deviation }: GateScale): number =>
  sigmoid((4 * (score - heldOut)) / deviation + 8);
