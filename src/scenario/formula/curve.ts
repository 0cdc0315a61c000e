import { log } from '../../engine/base/math.ts';
import type { PullCurve } from '../../engine/contracts/method.ts';
import { evaluatorOf } from '../../engine/formula/evaluate.ts';
import type { Expression } from '../../engine/formula/expression.ts';

/** What the curve of a rule shows that its author may not have meant. */
export type CurveWarning =
  /** No number somewhere: at this probability. */
  | { readonly kind: 'not-finite'; readonly p: number }
  /** So hard somewhere that a step tears the weights apart. */
  | { readonly kind: 'explodes'; readonly p: number; readonly weight: number }
  /** What is forgotten is pushed as hard as ever. */
  | { readonly kind: 'never-fades' }
  /** Nothing moves it. */
  | { readonly kind: 'nothing' }
  /** It pulls towards the label that is to be forgotten. */
  | { readonly kind: 'trains' };

/** A curve, and what is to be said about it. */
export interface RuleCurve extends PullCurve {
  /** Where a weight is no number the curve has a gap: NaN. */
  readonly warnings: readonly CurveWarning[];
}

const POINTS = 65;
/** As in the pictures of the lab's own methods. */
const ORIGINAL = 0.9;
const OTHER = 0.05;
/** The probability of what is long forgotten. */
const FORGOTTEN = 1e-6;
/** Twenty times gradient ascent. */
const MOST = 20;
const STEPS = 400;

const warningsOf = (at: (p: number) => number, probability: readonly number[]): CurveWarning[] => {
  const all = [FORGOTTEN, ...probability].map((p) => ({ p, weight: at(p) }));
  const broken = all.find(({ weight }) => !Number.isFinite(weight));
  if (broken) return [{ kind: 'not-finite', p: broken.p }];
  const largest = all.reduce((a, b) => (Math.abs(b.weight) > Math.abs(a.weight) ? b : a));
  if (largest.weight === 0) return [{ kind: 'nothing' }];
  const forgotten = all[0] as { readonly weight: number };
  return [
    ...(Math.abs(largest.weight) > MOST ? [{ kind: 'explodes' as const, ...largest }] : []),
    ...(forgotten.weight <= -0.5 * Math.abs(largest.weight) ? [{ kind: 'never-fades' as const }] : []),
    ...(all.every(({ weight }) => weight >= 0) ? [{ kind: 'trains' as const }] : []),
  ];
};

/** How hard some formulas together pull an example of the forget set towards its label, by its probability, at the first step. */
export const curveOf = (weights: readonly Expression[], settings: Readonly<Record<string, number>>): RuleCurve => {
  const probability = Array.from({ length: POINTS }, (_, i) => 0.001 + (0.998 * i) / (POINTS - 1));
  const evaluators = weights.map(evaluatorOf);
  const at = (p: number): number => {
    const row = {
      logP: log(p),
      rowLogP: log(p),
      exampleLength: 1,
      logPAlternative: log(OTHER * (1 - p)),
      logPReference: log(ORIGINAL),
      rowLogPReference: log(ORIGINAL),
      logPReferenceAlternative: log(OTHER * (1 - ORIGINAL)),
    };
    const input = {
      count: 1,
      rows: (field: keyof typeof row) => row[field],
      settings: { step: 0, steps: STEPS, ...settings },
    };
    return evaluators.reduce((sum, evaluate) => sum + (evaluate({ ...input }) as number), 0);
  };
  return { probability, weight: probability.map(at), original: ORIGINAL, warnings: warningsOf(at, probability) };
};
