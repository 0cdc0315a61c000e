import { describe, expect, it } from 'vitest';
import { type ClaimData, compare, evaluateClaims, slope } from '../../src/scenario/format/claims.ts';
import type { MetricValue } from '../../src/scenario/format/results.ts';
import type { Claim } from '../../src/scenario/format/scenario.ts';

const steps = [0, 5, 10, 15];
type Series = readonly MetricValue[];

/** A run of two metrics under one seed: keep (k) and distance (d). */
const lane = (name: string, seed: number, k: Series, d: Series = k, beta = 1) => ({
  name,
  seed,
  settings: { 'params.beta': beta },
  steps: steps.slice(0, k.length),
  metrics: { k, d },
});
const model = (seed: number, k: MetricValue) => ({ seed, metrics: { k, d: k } });

const check = (claim: Partial<Claim>, data: Partial<ClaimData>) => {
  const full: Claim = { text: 'x', run: 'A', metric: 'k', at: 'last', is: '<', seeds: 'all', ...claim };
  const [result] = evaluateClaims([full], { original: [], retrained: [], runs: [], ...data });
  if (result === undefined) throw new Error('no result');
  const { text: _, ...verdict } = result;
  return verdict;
};
const one = (k: Series, d?: Series) => ({ runs: [lane('A', 0, k, d)] });

describe('a claim among some seeds', () => {
  const data = { runs: [lane('A', 0, [0.9]), lane('A', 1, [0.1]), lane('A', 2, [0.2])] };

  it('counts those and no others, and fails where none of them was run', () => {
    const claim = { is: '>', value: 0.5 } as const;
    expect(check(claim, data)).toMatchObject({ holds: false, held: 1, of: 3 });
    expect(check({ ...claim, among: [0] }, data)).toMatchObject({ holds: true, held: 1, of: 1 });
    expect(check({ ...claim, among: [0, 2] }, data)).toMatchObject({ holds: false, held: 1, of: 2 });
    expect(check({ ...claim, among: [7] }, data)).toMatchObject({ holds: false, of: 0 });
  });
});

describe('comparisons', () => {
  it('take equality with a tolerance for rounding', () => {
    expect(compare(0.1 + 0.2, '==', 0.3)).toBe(true);
    expect(compare(0.1 + 0.2, '!=', 0.3)).toBe(false);
    expect(compare(0.3, '==', 0.3001)).toBe(false);
    expect([compare(1, '<', 1), compare(1, '<=', 1), compare(1, '>', 1), compare(1, '>=', 1)]).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });
});

describe('where a claim looks', () => {
  const falling = one([0.9, 0.5, 0.2, 0.4]);
  it.each<[Claim['at'], number]>([
    ['last', 0.4],
    ['first', 0.9],
    [5, 0.5],
    [7, 0.5],
    [15, 0.4],
    ['argmin', 10],
    ['argmax', 0],
    [{ when: { metric: 'k', is: '<=', value: 0.5 } }, 0.5],
    [{ when: { metric: 'd', is: '<', value: 0.3 } }, 0.2],
  ])('at %j', (at, found) => {
    const result = check({ at, is: '==', value: found }, falling);
    expect(result.seeds).toEqual([{ seed: 0, left: found, right: found, holds: true }]);
  });

  it('finds nothing at a step beyond the end, nor when a condition never holds', () => {
    expect(check({ at: 16, value: 1 }, falling)).toMatchObject({ holds: false, of: 0, leftOut: 1 });
    const never = { when: { metric: 'k', is: '<', value: 0 } } as const;
    expect(check({ at: never, value: 1 }, falling)).toMatchObject({ holds: false, of: 0, leftOut: 1 });
  });

  it('looks at any or every step', () => {
    expect(check({ at: 'any', is: '<', value: 0.3 }, falling).seeds[0]).toMatchObject({ left: 0.2, holds: true });
    expect(check({ at: 'any', is: '<', value: 0.1 }, falling).holds).toBe(false);
    expect(check({ at: 'every', is: '>', value: 0.1 }, falling).holds).toBe(true);
    expect(check({ at: 'every', is: '>', value: 0.45 }, falling).seeds[0]).toMatchObject({ left: 0.2, holds: false });
  });

  it('passes over steps without a value, and leaves out a seed that has none', () => {
    expect(check({ at: 'every', is: '>', value: 0.1 }, one([0.9, null, 0.3])).holds).toBe(true);
    expect(check({ at: 'every', is: '>', value: 0.1 }, one([null, null]))).toMatchObject({ holds: false, leftOut: 1 });
  });

  it('reduces to the least-squares slope between two steps', () => {
    // (5, 1), (10, 4), (15, 4): mean 10, 3; sum of products 15, of squares 50.
    const data = one([7, 1, 4, 4]);
    expect(check({ reduce: 'slope', from: 5, to: 15, is: '==', value: 0.3 }, data).holds).toBe(true);
    expect(check({ reduce: 'slope', from: 5, to: 10, is: '==', value: 0.6 }, data).holds).toBe(true);
    expect(check({ reduce: 'slope', from: 6, to: 10, is: '>', value: 0 }, data).of).toBe(0);
    expect(slope([0, 1, 2], [1, null, 5])).toBe(2);
  });
});

describe('the other side of a claim', () => {
  const data = {
    runs: [lane('A', 0, [0.9, 0.5]), lane('B', 0, [0.8, 0.7])],
    original: [model(0, 0.9)],
    retrained: [model(0, 0.6)],
  };
  it('is another run, its metric at the same moment', () => {
    expect(check({ than: { run: 'B' } }, data).seeds).toEqual([{ seed: 0, left: 0.5, right: 0.7, holds: true }]);
    expect(check({ at: 'first', than: { run: 'B' } }, data).holds).toBe(false);
  });

  it('may be the same run at another moment', () => {
    expect(check({ than: { at: 'first' } }, data).seeds[0]).toMatchObject({ left: 0.5, right: 0.9 });
  });

  it('may be scaled and shifted', () => {
    expect(check({ is: '==', than: { run: 'B', times: 2, plus: -0.9 } }, data).holds).toBe(true);
  });

  it('may be the original or the retrained model, which have one value at all steps', () => {
    expect(check({ than: { run: 'retrained' } }, data).holds).toBe(true);
    expect(check({ at: 'every', than: { run: 'retrained' } }, data).holds).toBe(false);
    expect(check({ at: 'any', than: { run: 'retrained' } }, data).holds).toBe(true);
    expect(check({ run: 'original', is: '>', than: { run: 'retrained' } }, data).holds).toBe(true);
    expect(check({ run: 'original', reduce: 'slope', value: 1 }, data).of).toBe(0);
  });

  it('is compared step by step for any and every', () => {
    expect(check({ at: 'every', is: '<', than: { run: 'B' } }, data).seeds[0]).toMatchObject({ left: 0.9, right: 0.8 });
    expect(check({ at: 'every', is: '<', than: { run: 'B', plus: 0.2 } }, data).holds).toBe(true);
    expect(check({ at: 'every', is: '>=', than: { run: 'A', at: 'last' } }, data).holds).toBe(true);
  });
});

describe('seeds', () => {
  const runs = (values: readonly MetricValue[]) => ({ runs: values.map((k, seed) => lane('A', seed, [k])) });
  const below = { is: '<', value: 0.5 } as const;

  it('all have to hold', () => {
    expect(check(below, runs([0.1, 0.2]))).toMatchObject({ holds: true, held: 2, of: 2 });
    expect(check(below, runs([0.1, 0.6]))).toMatchObject({ holds: false, held: 1, of: 2 });
  });

  it('most are four of five', () => {
    expect(check({ ...below, seeds: 'most' }, runs([0, 0, 0, 0, 1]))).toMatchObject({ holds: true, held: 4, of: 5 });
    expect(check({ ...below, seeds: 'most' }, runs([0, 0, 0, 1]))).toMatchObject({ holds: false, held: 3, of: 4 });
  });

  it('may be judged by the mean over seeds, of a value or of a difference seed by seed, with n', () => {
    expect(check({ ...below, seeds: 'mean' }, runs([0.1, 0.2, 0.9]))).toMatchObject({ holds: true, held: 2, of: 3 });
    const { holds, mean } = check({ ...below, seeds: 'mean' }, runs([0.1, 0.8, 0.9]));
    expect(holds).toBe(false);
    expect(mean?.value).toBeCloseTo(0.6, 12);
    expect(mean).toMatchObject({ n: 3, isDifference: false });
    const pairs = {
      runs: [0.5, 0.1, 0.9].flatMap((k, seed) => [lane('A', seed, [k]), lane('B', seed, [seed === 2 ? null : 0.4])]),
    };
    const paired = check({ is: '<', than: { run: 'B' }, seeds: 'mean' }, pairs);
    expect(paired).toMatchObject({ holds: true, held: 1, of: 2, leftOut: 1, mean: { n: 2, isDifference: true } });
    expect(paired.mean?.value).toBeCloseTo(-0.1, 12);
    expect(check(below, runs([0.1]))).not.toHaveProperty('mean');
    expect(check({ ...below, seeds: 'mean' }, runs([]))).toMatchObject({ holds: false, of: 0 });
  });

  it('may be judged by their medians', () => {
    expect(check({ ...below, seeds: 'median' }, runs([0.1, 0.4, 0.9]))).toMatchObject({ holds: true, held: 2, of: 3 });
    expect(check({ ...below, seeds: 'median' }, runs([0.1, 0.8, 0.9, 0.4])).holds).toBe(false);
    const series = { runs: [lane('A', 0, [1, 0]), lane('A', 1, [0, 0]), lane('A', 2, [0, 1])] };
    expect(check({ ...below, at: 'every', seeds: 'median' }, series)).toMatchObject({ holds: true, held: 1 });
  });

  it('without a number are left out and counted', () => {
    expect(check(below, runs([0.1, null, 0.2]))).toMatchObject({ holds: true, held: 2, of: 2, leftOut: 1 });
    expect(check({ ...below, than: { run: 'B' } }, runs([0.1]))).toMatchObject({ holds: false, of: 0, leftOut: 1 });
  });

  it('do not hold where none counts', () => {
    expect(check({ ...below, seeds: 'most' }, runs([null]))).toMatchObject({ holds: false, held: 0, of: 0 });
    expect(check({ ...below, seeds: 'median' }, runs([]))).toMatchObject({ holds: false, held: 0, of: 0 });
    expect(check({ ...below, metric: 'constructor' }, runs([0]))).toMatchObject({ holds: false, of: 0 });
  });
});

describe('a swept run', () => {
  const data = { runs: [lane('A', 0, [0.3], [0], 0.1), lane('A', 0, [0.7], [0], 1), lane('B', 0, [0.5])] };
  it('is picked by its settings', () => {
    expect(check({ is: '<', value: 0.5, where: { 'params.beta': 0.1 } }, data).holds).toBe(true);
    expect(check({ is: '<', value: 0.5, where: { 'params.beta': 1 } }, data).holds).toBe(false);
    expect(check({ is: '<', value: 0.5, where: { 'params.beta': 9 } }, data).of).toBe(0);
  });

  it('has to hold in all of its lanes otherwise', () => {
    expect(check({ is: '<', value: 0.8 }, data)).toMatchObject({ holds: true, held: 1, of: 1 });
    expect(check({ is: '<', value: 0.5 }, data).seeds).toEqual([{ seed: 0, left: 0.7, right: 0.5, holds: false }]);
  });

  it('compares lanes of its own', () => {
    const where = { 'params.beta': 0.1 };
    expect(check({ where, than: { where: { 'params.beta': 1 } } }, data).holds).toBe(true);
    expect(check({ where, is: '==', than: {} }, data).holds).toBe(true);
    expect(check({ where, than: { run: 'B' } }, data).holds).toBe(true);
    expect(check({ is: '==', than: { at: 'first' } }, data).holds).toBe(true);
  });
});
