import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  areaUnderCurve,
  harmonicMean,
  hypervolume,
  kolmogorovSmirnov,
  meanOfKnown,
} from '../../src/engine/base/statistics.ts';
import { linearCka } from '../../src/metrics/shared/agreement.ts';
import { crossValidated, thresholdAttack } from '../../src/metrics/shared/membership-attacks.ts';
import { trainSvm } from '../../src/metrics/shared/svm.ts';

const finite = fc.double({ min: -50, max: 50, noNaN: true });
const sample = (minLength = 1) => fc.array(fc.integer({ min: -8, max: 8 }), { minLength, maxLength: 9 });

describe('the area under the curve', () => {
  it('is the share of pairs in the right order, equals by half', () => {
    fc.assert(
      fc.property(sample(), sample(), (a, b) => {
        let wins = 0;
        for (const x of a) for (const y of b) wins += x > y ? 1 : x === y ? 0.5 : 0;
        expect(areaUnderCurve(a, b)).toBeCloseTo(wins / (a.length * b.length), 12);
        expect(areaUnderCurve(a, b) + areaUnderCurve(b, a)).toBeCloseTo(1, 12);
      }),
    );
    expect(areaUnderCurve([], [1])).toBeNaN();
  });
});

/** All ways of dealing n + m places, counted one by one. */
const shareAtLeast = (n: number, m: number, statistic: number): number => {
  let [all, far] = [0, 0];
  const walk = (i: number, j: number, worst: number): void => {
    const next = Math.max(worst, Math.abs(i / n - j / m));
    if (i === n && j === m) {
      all++;
      if (next >= statistic - 1e-9) far++;
      return;
    }
    if (i < n) walk(i + 1, j, next);
    if (j < m) walk(i, j + 1, next);
  };
  walk(0, 0, 0);
  return far / all;
};

describe('the Kolmogorov-Smirnov test', () => {
  it('has the exact p-value: all orders counted', () => {
    fc.assert(
      fc.property(sample(), sample(), (a, b) => {
        const { statistic, pValue } = kolmogorovSmirnov(a, b);
        const cdf = (list: readonly number[], at: number) => list.filter((x) => x <= at).length / list.length;
        const widest = Math.max(...[...a, ...b].map((at) => Math.abs(cdf(a, at) - cdf(b, at))));
        expect(statistic).toBeCloseTo(widest, 12);
        expect(pValue).toBeCloseTo(shareAtLeast(a.length, b.length, statistic), 9);
      }),
      { numRuns: 40 },
    );
  });

  it('keeps the digits of a tiny p-value: two orders in all of C(200, 100)', () => {
    const low = Array.from({ length: 100 }, (_, i) => i);
    const { statistic, pValue } = kolmogorovSmirnov(
      low,
      low.map((x) => x + 1000),
    );
    expect(statistic).toBe(1);
    let orders = 1;
    for (let i = 1; i <= 100; i++) orders = (orders * (100 + i)) / i;
    expect(pValue / (2 / orders)).toBeCloseTo(1, 9);
  });
});

describe('means and volumes', () => {
  it('of literals', () => {
    expect(harmonicMean([1, 0.5])).toBeCloseTo(2 / 3, 12);
    expect(harmonicMean([0, 1])).toBe(0);
    expect(meanOfKnown([1, Number.NaN, 3])).toBe(2);
    expect(meanOfKnown([])).toBeNaN();
    expect(hypervolume([])).toBe(0);
    expect(hypervolume([[0.5, 0.5]])).toBe(0.25);
    expect(hypervolume([[0.5, 1], [1, 0.5], [0.4, 0.4]])).toBe(0.75); // biome-ignore format: points
  });

  it('never shrink when a point is added', () => {
    const point = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(fc.array(point), point, (points, one) => {
        expect(hypervolume([...points, one])).toBeGreaterThanOrEqual(hypervolume(points) - 1e-12);
      }),
    );
  });
});

describe('a support vector machine', () => {
  it('separates what is separable, and a ring from its middle', () => {
    const ring = Array.from({ length: 16 }, (_, i) => [Math.cos(i) * 2, Math.sin(i) * 2]);
    const middle = Array.from({ length: 16 }, (_, i) => [Math.cos(i) * 0.4, Math.sin(i) * 0.4]);
    const rows = [...ring, ...middle];
    const isOut = rows.map((_, i) => i < 16);
    const svm = trainSvm(rows, isOut, { cost: 3, gamma: 0.5 });
    rows.forEach((row, i) => {
      expect(svm.decide(row) > 0).toBe(isOut[i]);
    });
  });
});

describe('membership attacks', () => {
  it('find what is plain to see, and nothing where there is nothing', () => {
    const near = Array.from({ length: 20 }, (_, i) => i / 100);
    expect(
      crossValidated(
        near,
        near.map((x) => x + 5),
      ),
    ).toBe(1);
    expect(crossValidated(near, near)).toBeLessThanOrEqual(0.6);
    expect(crossValidated(near.slice(0, 5), near)).toBeNaN();
    const scores = (values: readonly number[]) => values.map((value) => ({ label: 0, value }));
    const attack = thresholdAttack(scores([0.9, 0.8]), scores([0.1, 0.2]), 1);
    expect(attack.members(scores([0.85, 0.15]))).toBe(0.5);
    expect(attack.nonMembers([])).toBeNaN();
  });
});

describe('centered kernel alignment', () => {
  it('is 1 for what is turned, scaled or shifted, and symmetric', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(finite, finite), { minLength: 4, maxLength: 12 }), finite, (points, angle) => {
        const spread = new Set(points.map(([x]) => Math.round(x))).size;
        fc.pre(spread > 2);
        const n = points.length;
        const a = Float32Array.from(points.flat());
        const [c, s] = [3 * Math.cos(angle), 3 * Math.sin(angle)];
        const b = Float32Array.from(points.flatMap(([x, y]) => [c * x - s * y + 7, s * x + c * y - 2]));
        expect(linearCka(a, b, n)).toBeCloseTo(1, 3);
        expect(linearCka(a, b, n)).toBeCloseTo(linearCka(b, a, n), 6);
      }),
    );
  });
});
