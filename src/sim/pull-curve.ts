import { SimError } from '../engine/base/errors.ts';
import { log } from '../engine/base/math.ts';
import { defaultsOf } from '../engine/base/schema.ts';

import { type AnyMethod, everyParamOf, type PullCurve } from '../engine/contracts/method.ts';
import type { AnyTerm, Pull, Row } from '../engine/contracts/rows.ts';
import { isRowTerm } from '../engine/objective/rows.ts';

const POINTS = 33;
/** The original model's probability of the label in the picture: an example that was learned well. */
const ORIGINAL = 0.9;
/** And of any alternative label. */
const OTHER = 0.05;

/**
 * How hard a method pulls a forget example towards its label, by the label's probability; undefined for methods that are
 * not made of such pulls. A curve for one example alone: what depends on the whole batch has none.
 */
export const pullCurveOf = (method: AnyMethod): PullCurve | undefined => {
  const terms = ((method.terms ?? []) as readonly AnyTerm[]).filter(isRowTerm).filter(({ on }) => on === 'forget');
  const pulls = terms
    .flatMap((term) => term.pulls as readonly Pull<unknown>[])
    .filter(({ towards }) => towards === 'label');
  if (pulls.length === 0) return undefined;
  const settings = defaultsOf(everyParamOf(method));
  const probability = Array.from({ length: POINTS }, (_, i) => 0.001 + (0.998 * i) / (POINTS - 1));
  const weightAt = (p: number): number => {
    const row: Row = {
      logP: log(p),
      rowLogP: log(p),
      rowLogPReference: log(ORIGINAL),
      exampleLength: 1,
      logPAlternative: log(OTHER * (1 - p)),
      logPReference: log(ORIGINAL),
      logPReferenceAlternative: log(OTHER * (1 - ORIGINAL)),
    };
    return pulls.reduce((sum, { weight }) => sum + weight(row, settings), 0);
  };
  try {
    const weight = probability.map(weightAt);
    return weight.every(Number.isFinite) ? { probability, weight, original: ORIGINAL } : undefined;
  } catch (thrown) {
    if (thrown instanceof SimError || thrown instanceof TypeError) return undefined; // it needs more than one example
    throw thrown;
  }
};
