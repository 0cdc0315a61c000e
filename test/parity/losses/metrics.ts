import { beforeAll, describe, expect, it } from 'vitest';
import type { Dataset } from '../../../src/engine/contracts/dataset.ts';
import type { Subject } from '../../../src/engine/contracts/metric.ts';
import { createEvaluator, type PointOutputs, viewOf } from '../../../src/families/points/evaluate.ts';
import { metrics } from '../../../src/metrics/registry.ts';
import { useEngine } from '../../support/engine.ts';
import {
  classes,
  ENGINES,
  fixtureModel,
  fixtures,
  inputs,
  type Points,
  weightsNamed,
  worstExcess,
} from './fixtures.ts';

const range = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, i) => from + i);

/** The fixture's points as a data set: forget first, then retain. Its distances are over these points, so they serve as test points too. */
const asDataset = (): Dataset => {
  const { forget, retain, test } = fixtures.data;
  const points = (sets: readonly Points[]) => ({
    x: Float32Array.from(sets.flatMap(({ x }) => x.flat())),
    y: Int32Array.from(sets.flatMap(({ y }) => [...y])),
  });
  return { inputs, classes, train: points([forget, retain]), test: points([forget, retain, test]) };
};

const valuesOf = (name: string): Record<string, number> => {
  const dataset = asDataset();
  const nf = fixtures.data.forget.y.length;
  const n = dataset.train.y.length;
  const split = { forget: range(0, nf), retain: range(nf, n), testForget: range(0, nf), testRetain: range(nf, n) };
  const rows = { train: dataset.train.x, test: dataset.test.x };
  const evaluator = createEvaluator({ model: fixtureModel(), encode: (x) => x }, dataset, rows, [-1, 1, -1, 1]);
  const outputs = (weights: string) => evaluator.outputs(weightsNamed(weights));
  const subjects: Record<Subject, PointOutputs> = {
    unlearned: outputs(name),
    original: outputs('theta_ref'),
    retrained: outputs('theta_retrain'),
    untrained: outputs('theta_bad'),
  };
  const view = viewOf(dataset, split, subjects);
  const values = Object.fromEntries([...metrics.values()].map(({ id, compute }) => [id, compute(view)]));
  evaluator.dispose();
  return values;
};

describe.each(ENGINES)(`metrics agree with the reference numbers, on %s`, (engine) => {
  beforeAll(() => useEngine(engine));

  it.each(['theta', 'theta_ref', 'theta_retrain'])('accuracies and losses at %s', (name) => {
    const { UA, RA, ce_f, ce_r } = fixtures.metrics[name];
    const found = valuesOf(name);
    expect(1 - (found['forgetAccuracy'] as number)).toBeCloseTo(UA, 12);
    expect(found['retainAccuracy']).toBeCloseTo(RA, 12);
    expect(worstExcess([found['forgetLoss'] as number], [ce_f])).toBeLessThanOrEqual(1);
    expect(worstExcess([found['retainLoss'] as number], [ce_r])).toBeLessThanOrEqual(1);
  });

  it('distances to the retrained and the original model', () => {
    const expected = fixtures.metrics;
    const found = valuesOf('theta');
    const pairs = {
      forgetDistance: expected.forget_distance,
      retainDistance: expected.retain_distance,
      forgetKl: expected.forget_kl_to_ref,
      weightDistance: expected.weight_dist_l2,
      weightDistanceToRetrained: expected.weight_dist_retrain_l2,
    };
    for (const [id, value] of Object.entries(pairs)) {
      expect(worstExcess([found[id] as number], [value]), id).toBeLessThanOrEqual(1);
    }
  });
});
