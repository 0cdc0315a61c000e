import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ontoCappedSimplex } from '../../src/engine/base/capped-simplex.ts';
import { foldIn, keyOf, normal } from '../../src/engine/base/random.ts';
import { lossesOn } from '../../src/engine/contracts/attack-rows.ts';
import { highest } from '../../src/engine/contracts/selector.ts';
import { rowsAt } from '../../src/engine/objective/gauss-newton.ts';
import { network } from '../../src/engine/start.ts';
import { influenceOnTest } from '../../src/selectors/influence.ts';
import { varianceOfGradients, withinClasses } from '../../src/selectors/vog.ts';
import { upperStep } from '../../src/selectors/worst-case.ts';
import { catalogue } from '../../src/sim/catalogue.ts';
import { createCohort, type Lane } from '../../src/sim/cohort.ts';
import { engineForTests } from '../support/engine.ts';
import { collected, small } from '../support/run.ts';

beforeAll(engineForTests);

const indices = (n: number) => Int32Array.from({ length: n }, (_, i) => i);

describe('the highest scores', () => {
  it('are chosen among the candidates; of equal ones the first; what is no number comes last', () => {
    const scores = Float64Array.of(3, Number.NaN, 5, 3, 3, 9);
    expect([...highest(scores, indices(6), 3)]).toEqual([0, 2, 5]);
    expect([...highest(scores, Int32Array.of(1, 3, 4), 2)]).toEqual([3, 4]);
    expect([...highest(scores, Int32Array.of(1, 3), 2)]).toEqual([1, 3]);
  });
});

describe('the projection onto weights in [0, 1] with a given sum', () => {
  const values = fc.array(fc.double({ min: -20, max: 20, noNaN: true }), { minLength: 2, maxLength: 30 });

  it('keeps the bounds and the sum, and the order of the values', () => {
    fc.assert(
      fc.property(values, fc.nat(), (list, some) => {
        const total = 1 + (some % (list.length - 1));
        const w = ontoCappedSimplex(Float64Array.from(list), total);
        expect(w.reduce((a, b) => a + b, 0)).toBeCloseTo(total, 6);
        for (const value of w) expect(value >= 0 && value <= 1).toBe(true);
        list.forEach((a, i) => {
          list.forEach((b, j) => {
            if (a > b) expect(w[i] as number).toBeGreaterThanOrEqual(w[j] as number);
          });
        });
      }),
    );
  });

  it('leaves alone what has both already', () => {
    const w = Float64Array.of(0.25, 1, 0, 0.75);
    expect([...ontoCappedSimplex(w, 2)].map((value) => Number(value.toFixed(9)))).toEqual([...w]);
  });

  it('is nearer than any other such point', () => {
    fc.assert(
      fc.property(values, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (list, stream) => {
        const v = Float64Array.from(list);
        const distance = (w: Float64Array) => w.reduce((sum, value, i) => sum + (value - (v[i] as number)) ** 2, 0);
        const other = Float64Array.from(list, () => stream.next().value);
        const total = other.reduce((a, b) => a + b, 0);
        expect(distance(ontoCappedSimplex(v, total))).toBeLessThanOrEqual(distance(other) + 1e-6);
      }),
    );
  });

  it('moves the weights of the worst case to where the losses are low', () => {
    const w = upperStep(Float64Array.of(0.5, 0.5, 0.5, 0.5), [0, 0, 4, 4], { rate: 0.5, gamma: 0, total: 2 });
    expect([...w]).toEqual([1, 1, 0, 0].map((value) => expect.closeTo(value, 9)));
  });
});

describe('the variance of gradients', () => {
  it('is the deviation over the checkpoints, averaged over the inputs', () => {
    const gradients = [Float32Array.of(1, 2, 0, 0), Float32Array.of(3, 2, 0, 8)];
    expect([...varianceOfGradients(gradients, 2)]).toEqual([0.5, 2]);
  });

  it('within classes has mean 0 and deviation 1 in each; a class that does not vary has 0', () => {
    expect([...withinClasses(Float64Array.of(1, 10, 3, 10), Int32Array.of(0, 1, 0, 1))]).toEqual([-1, 0, 1, 0]);
  });
});

/** Ranks, the mean of them for equal values. */
const ranks = (values: readonly number[]) =>
  values.map((a) => values.filter((b) => b < a).length + (values.filter((b) => b === a).length - 1) / 2);
const correlation = (a: readonly number[], b: readonly number[]): number => {
  const centered = (list: readonly number[]) => list.map((x) => x - list.reduce((s, y) => s + y, 0) / list.length);
  const [u, v] = [centered(a), centered(b)];
  const sum = (f: (i: number) => number) => u.reduce((s, _, i) => s + f(i), 0);
  const at = (list: readonly number[], i: number) => list[i] as number;
  return sum((i) => at(u, i) * at(v, i)) / Math.sqrt(sum((i) => at(u, i) ** 2) * sum((i) => at(v, i) ** 2));
};

describe('influence', () => {
  // MLP 2-8-3 tanh, 60 points, weight decay .01, 1500 Adam steps; 60 continuations without a point each.
  it('ranks points as leaving each of them out does', () => {
    const model = network({ inputs: 2, hidden: [8], classes: 3, activation: 'tanh', init: 'auto' });
    const key = keyOf(5);
    const draw = (name: string, n: number) => {
      const own = foldIn(key, name);
      const y = Int32Array.from({ length: n }, (_, i) => i % 3);
      const x = Float32Array.from({ length: 2 * n }, (_, at) => {
        const angle = (2 * Math.PI * ((at >> 1) % 3)) / 3;
        return (at % 2 === 0 ? Math.cos(angle) : Math.sin(angle)) + 0.8 * normal(own, at);
      });
      return { x, y };
    };
    const [train, test] = [draw('train', 60), draw('test', 200)];
    const trainOn = (
      starts: readonly Float32Array[],
      parts: readonly Int32Array[],
      steps: number,
      learningRate: number,
    ) => {
      const run = {
        name: 'fit',
        method: catalogue.training.id,
        optimizer: 'adam',
        learningRate,
        momentum: 0,
        weightDecay: 0.01,
        clipNorm: 0,
        steps,
        batchSize: 'full',
        params: {},
        retain: { kind: 'none', weight: 1, batchSize: 'full' },
        mask: { kind: 'none', keep: 1 },
        wrappers: [],
        sweep: {},
      } as const;
      const rows = (part: Int32Array) => ({ seed: 0, ...train, indices: part });
      const lanes = starts.map(
        (start, k): Lane => ({
          seed: 0,
          run,
          start,
          rows: { forget: rows(new Int32Array()), retain: rows(parts[k] as Int32Array) },
        }),
      );
      const cohort = createCohort({ model, batches: catalogue.family.batches }, catalogue.training, undefined, lanes);
      while (!cohort.isDone) cohort.advance();
      const found = lanes.map((lane) => cohort.weights(lane));
      cohort.dispose();
      return found;
    };
    const [original] = trainOn([model.init(foldIn(key, 'weights'))], [indices(60)], 1500, 0.01) as [Float32Array];
    const testLoss = (weights: Float32Array) =>
      lossesOn(model, weights, test).reduce((sum, loss) => sum + loss, 0) / 200;
    const without = Array.from({ length: 60 }, (_, i) => indices(60).filter((j) => j !== i));
    const continued = trainOn(
      Array.from({ length: 60 }, () => original),
      without,
      400,
      0.002,
    );
    const [all] = trainOn([original], [indices(60)], 400, 0.002) as [Float32Array];
    const truth = continued.map((weights) => testLoss(weights) - testLoss(all));
    const at = (points: typeof train) => rowsAt(model, original, points.x, points.y);
    const scores = [...influenceOnTest(at(train), at(test), 0.01)];
    expect(correlation(ranks(scores), ranks(truth))).toBeGreaterThan(0.8);
    // Not only the order: the size of the change is of the right order too.
    const slope = correlation(scores, truth);
    expect(slope).toBeGreaterThan(0.7);
  });
});

describe('the worst case', () => {
  it('is harder to forget than random points, the easiest set easier; even retraining knows its points', async () => {
    const retrainedUA = async (forget: object) => {
      const scenario = small({
        data: {
          generator: 'high-dim-blobs',
          seed: 'lane',
          params: { classes: 6, dimensions: 10, perClass: 67, noise: 0.85, flip: 0.1 },
        },
        model: { hidden: [64, 64], activation: 'relu' },
        training: { steps: 200 },
        seeds: [0, 1],
        forget,
      });
      const { retrained } = (await collected(scenario, { metrics: ['forgetAccuracy'] })).results();
      return retrained.map(({ metrics }) => 1 - (metrics['forgetAccuracy'] as number));
    };
    const selected = (id: string, params = {}) => ({ kind: 'selector', id, count: 40, params });
    const random = await retrainedUA({ kind: 'random', fraction: 0.1, seed: 'lane' });
    const worst = await retrainedUA(selected('worst-case'));
    const easiest = await retrainedUA(selected('worst-case', { goal: 'easiest' }));
    const lowest = await retrainedUA(selected('loss'));
    random.forEach((ua, k) => {
      expect(ua).toBeGreaterThan(0.15);
      expect(worst[k] as number).toBeLessThan(ua - 0.1);
      expect(easiest[k] as number).toBeGreaterThan(ua + 0.15);
      expect(lowest[k] as number).toBeLessThan(0.05);
    });
  });
});
