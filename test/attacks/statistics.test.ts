import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bestBalancedAccuracy,
  epsilonOf,
  logLikelihoodRatio,
  rocCurve,
  tprAtFpr,
} from '../../src/engine/base/attack-statistics.ts';
import { areaUnderCurve } from '../../src/engine/base/statistics.ts';

const scores = fc.array(fc.integer({ min: -6, max: 6 }), { minLength: 1, maxLength: 30 });

describe('the ROC curve', () => {
  it('has the area that the AUC says, and ends where everybody is called a member', () => {
    fc.assert(
      fc.property(scores, scores, (members, others) => {
        const curve = rocCurve(members, others);
        const area = curve.slice(1).reduce((sum, { tpr, fpr }, i) => {
          const before = curve[i] as (typeof curve)[number];
          return sum + ((fpr - before.fpr) * (tpr + before.tpr)) / 2;
        }, 0);
        expect(area).toBeCloseTo(areaUnderCurve(members, others), 12);
        expect(curve.at(-1)).toMatchObject({ tpr: 1, fpr: 1 });
      }),
    );
  });

  it('does not exist without a side', () => {
    expect(areaUnderCurve([], [1])).toBeNaN();
    expect(bestBalancedAccuracy([1], [])).toBeNaN();
    expect(tprAtFpr([], [], 0.01)).toBeNaN();
    expect(rocCurve([], [1])).toEqual([]);
  });
});

describe('thresholds', () => {
  it('the best balanced accuracy is that of the best of all thresholds', () => {
    fc.assert(
      fc.property(scores, scores, (members, others) => {
        const thresholds = [...members, ...others, 100];
        const best = Math.max(
          ...thresholds.map(
            (t) =>
              (members.filter((s) => s >= t).length / members.length +
                others.filter((s) => s < t).length / others.length) /
              2,
          ),
        );
        expect(bestBalancedAccuracy(members, others)).toBeCloseTo(best, 12);
      }),
    );
  });

  it('the TPR at an FPR accuses no more than that', () => {
    expect(tprAtFpr([5, 4, 1], [3, 0], 0)).toBeCloseTo(2 / 3, 12);
    expect(tprAtFpr([5, 4, 1], [3, 0], 0.5)).toBe(1);
    expect(tprAtFpr([1], [2], 0.01)).toBe(0);
  });
});

describe('the likelihood ratio', () => {
  it('is 0 where both sides are the same, and positive near the side of the members', () => {
    expect(logLikelihoodRatio(0.3, [0, 1, 2], [0, 1, 2])).toBe(0);
    expect(logLikelihoodRatio(5, [4, 5, 6], [0, 1, 2])).toBeGreaterThan(0);
    expect(logLikelihoodRatio(1, [4, 5, 6], [0, 1, 2])).toBeLessThan(0);
  });

  it('is finite for repeats, and does not exist for fewer than two values', () => {
    expect(logLikelihoodRatio(1, [1, 1, 1], [2, 2])).toBeGreaterThan(0);
    expect(Number.isFinite(logLikelihoodRatio(1, [1, 1, 1], [2, 2]))).toBe(true);
    expect(logLikelihoodRatio(1, [1], [2, 2])).toBeNaN();
  });
});

describe('ε', () => {
  const values = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 2, maxLength: 20 });

  it('is infinite where a threshold makes no error, and small where both sides are the same', () => {
    expect(epsilonOf([1, 2, 3], [4, 5, 6], 0)).toBe(Number.POSITIVE_INFINITY);
    expect(epsilonOf([4, 5, 6], [1, 2, 3], 0)).toBe(Number.POSITIVE_INFINITY);
    expect(epsilonOf([1, 1, 1], [1, 1, 1], 0)).toBe(0);
  });

  it('of one error in four on one side is log((1 - 1/8) / (1/4))', () => {
    // Best threshold: FPR 0, counted as 1/8; FNR 1/4.
    expect(epsilonOf([1, 5, 6, 7], [0, 2, 3, 4], 0)).toBeCloseTo(Math.log((1 - 1 / 4) / (1 / 8)), 9);
  });

  it('is not negative and does not depend on who is called unlearned, nor on the direction', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const epsilon = epsilonOf(a, b, 0.01);
        expect(epsilon).toBeGreaterThanOrEqual(0);
        const flip = (list: readonly number[]) => list.map((value) => -value);
        expect(epsilonOf(flip(a), flip(b), 0.01)).toBeCloseTo(epsilon, 9);
        if (a.length === b.length) expect(epsilonOf(b, a, 0.01)).toBeCloseTo(epsilon, 9);
      }),
    );
  });
});
