import { describe, expect, it } from 'vitest';
import { highest } from '../../../src/engine/contracts/selector.ts';
import { upperStep } from '../../../src/selectors/worst-case.ts';
import { fixtures } from './fixtures.ts';

interface Entry {
  readonly m: number;
  readonly hyper: { readonly w_lr: number; readonly gamma: number };
  readonly w0: readonly number[];
  readonly per_sample_ce: readonly number[];
  readonly w_after: readonly number[];
  readonly top_m: readonly number[];
}

/** Where the authors' bisection stops, in each weight. */
const BISECTION = 1e-5;

describe(`selectors agree with the authors' code`, () => {
  it('worst case: a step of the weights from given losses, and the set it means', () => {
    const { m, hyper, w0, per_sample_ce, w_after, top_m } = fixtures.updates['worst_case_select'] as unknown as Entry;
    const w = upperStep(Float64Array.from(w0), per_sample_ce, { rate: hyper.w_lr, gamma: hyper.gamma, total: m });
    w.forEach((value, i) => {
      expect(Math.abs(value - (w_after[i] as number))).toBeLessThan(BISECTION);
    });
    const all = Int32Array.from(w, (_, i) => i);
    expect([...highest(w, all, m)]).toEqual(top_m);
  });
});
