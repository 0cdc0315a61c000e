import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../../src/engine/base/tf.ts';
import type { AnyMethod } from '../../../src/engine/contracts/method.ts';
import { methods } from '../../../src/methods/registry.ts';
import { twoSidedGate } from '../../../src/methods/shared/gate.ts';
import {
  cyclicOrders,
  matchedOrders,
  meanRequestsUntilStop,
  survivingPrefix,
} from '../../../src/methods/shared/slice-orders.ts';
import { useEngine } from '../../support/engine.ts';
import { ENGINES, fixtureModel, fixtures, flat, flatNumbers, type Weights, worstExcess } from './fixtures.ts';

describe(`the bookkeeping of several networks agrees with the authors' code`, () => {
  it('S3T: orders of slices, and what survives deletions', () => {
    const { L, B, cyclic_sequences, delete_sequence, surviving_prefixes, bms_probs, bms_sequences } =
      fixtures.updates['s3t'];
    expect(cyclicOrders(L, B)).toEqual(cyclic_sequences);
    expect(matchedOrders(bms_probs)).toEqual(bms_sequences);
    let left: readonly number[][] = cyclicOrders(L, B);
    delete_sequence.forEach((gone: number, i: number) => {
      left = left.map((order) => survivingPrefix(order, (slice) => slice === gone)).filter(({ length }) => length > 0);
      expect(left).toEqual(surviving_prefixes[i]);
    });
  });

  it('O3: the soft weight of a score', () => {
    const { train_scores, heldout_forget_scores, sigma, x0, query, weights } = fixtures.updates['o3_soft_weight'];
    const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    const scale = { fitted: mean(train_scores), heldOut: mean(heldout_forget_scores), deviation: sigma };
    expect((scale.fitted + scale.heldOut) / 2).toBeCloseTo(x0, 10);
    const found = query.map((score: number) => twoSidedGate(score, scale));
    expect(worstExcess(found, weights)).toBeLessThanOrEqual(1);
  });
});

describe.each(ENGINES)(`what several networks serve agrees, on %s`, (engine) => {
  beforeAll(() => useEngine(engine));

  it('ULD: logits of the original less those of the assistant', () => {
    const { weight, assistant, forget_logits_nofilter, retain_logits_nofilter } = fixtures.uld_combined;
    const model = fixtureModel();
    const params = { weight: -weight, shape: 'like the original', form: 'assistant' };
    const served = (methods.get('uld') as AnyMethod).serve?.(model, params);
    const both = Float32Array.from([
      ...flat(fixtures.weights['theta_ref'] as Weights),
      ...flat(fixtures.weights[assistant] as Weights),
    ]);
    for (const [split, expected] of [
      ['forget', forget_logits_nofilter],
      ['retain', retain_logits_nofilter],
    ] as const) {
      const logits = tf.tidy(
        () => served?.predict(both, tf.tensor3d([fixtures.data[split].x.map((row) => [...row])])).logits ?? [],
      );
      expect(worstExcess(logits, flatNumbers(expected)), split).toBeLessThanOrEqual(1);
    }
  });
});

it('S3T: more orders stand more deletions, about as many as reported', () => {
  const requests = [1, 2, 3, 6].map((B) => meanRequestsUntilStop(5, 6, cyclicOrders(6, B), [3, 4], 400));
  [64, 85, 98, 117].forEach((reported, i) => {
    expect(Math.abs((requests[i] as number) - reported)).toBeLessThan(8);
  });
});
