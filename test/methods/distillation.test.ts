import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../src/engine/base/tf.ts';
import type { AnyMethod } from '../../src/engine/contracts/method.ts';
import { argmax } from '../../src/engine/contracts/metric.ts';
import type { Batch } from '../../src/engine/contracts/rows.ts';
import { logitsAt } from '../../src/engine/network/serve.ts';
import { rowGradient } from '../../src/engine/objective/row-gradient.ts';

import type { LabelledPoints, Seed } from '../../src/families/family.ts';
import { methods } from '../../src/methods/registry.ts';
import type { Scenario } from '../../src/scenario/format/scenario.ts';
import { catalogue } from '../../src/sim/catalogue.ts';
import { prepareSeeds } from '../../src/sim/lanes.ts';
import { engineForTests } from '../support/engine.ts';
import { collected, lastWeights, small } from '../support/run.ts';

beforeAll(engineForTests);

const methodOf = (id: string): AnyMethod => methods.get(id) as AnyMethod;
const defaults = (id: string): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(methodOf(id).params as Record<string, { default: unknown }>).map(([name, spec]) => [
      name,
      spec.default,
    ]),
  );

/** A batch of one lane in which what the teachers say is given by their logits [rows * 3]. */
const batchOf = (logits: readonly number[], labels: readonly number[]): Batch => {
  const rows = labels.length;
  const outputs = tf.logSoftmax(tf.tensor3d([...logits], [1, rows, 3]));
  return {
    x: tf.zerosLike(outputs),
    y: tf.tensorOf(Int32Array.from(labels), [1, rows]),
    reference: outputs,
    teacher: outputs,
    size: rows,
  };
};
const LOGITS = [0.3, -1, 2, 0, 0.5, -0.2, 1, 1, -3, 2, -2, 0.1];

const gradients = (id: string, logits: readonly number[], labels: readonly number[]): number[][] =>
  tf.tidy(() =>
    (methodOf(id).terms ?? []).map((term) => [
      ...rowGradient(
        [{ term, settings: [defaults(id)] }],
        tf.tensor3d([...logits], [1, labels.length, 3]),
        batchOf(LOGITS, labels),
      ).dataSync(),
    ]),
  );

const networksOf = (scenario: Scenario): Seed[] => prepareSeeds(scenario, catalogue);
const release = (seeds: readonly Seed[]): void => {
  for (const draw of new Set(seeds.map(({ draw: own }) => own))) draw.dispose();
};

const SCRUB = { method: 'scrub', optimizer: 'adam', learningRate: 0.005, steps: 90, batchSize: 16 };

describe('SCRUB', () => {
  it('on the plateau of its teacher feels nothing in a max step, and never reads a forget label there', () => {
    const [max = []] = gradients('scrub', LOGITS, [0, 1, 2, 0]);
    expect(Math.max(...max.map(Math.abs))).toBeLessThan(1e-6);
    const moved = LOGITS.map((z, i) => z + Math.sin(i));
    expect(gradients('scrub', moved, [0, 1, 2, 0])[0]).toEqual(gradients('scrub', moved, [2, 2, 1, 1])[0]);
  });

  it('stands still from the original model as in the authors’ code, and leaves it with either of the other starts', async () => {
    const run = { ...SCRUB, optimizer: 'sgd', learningRate: 0.05, steps: 3 };
    const starts = ['as in the authors’ code', 'min steps', 'noise'];
    const runs = starts.map((start) => ({ ...run, name: start, params: { start, maxSteps: 3, minSteps: 1 } }));
    const { results } = await collected(small({ runs }));
    const [still, repaired, noisy] = results().runs.map(({ metrics }) => metrics['weightDistance']?.at(-1) as number);
    expect(still).toBeLessThan(1e-6);
    expect(repaired).toBeGreaterThan(1e-4);
    expect(noisy).toBeGreaterThan(1e-3);
  });

  it('without max steps only repairs: the retain loss falls and nothing is lost', async () => {
    const runs = [{ ...SCRUB, name: 'a', learningRate: 0.001, batchSize: 'full', params: { maxRounds: 0 } }];
    const { results } = await collected(small({ runs, evaluate: { every: 10 } }));
    const losses = results().runs[0]?.metrics['retainLoss'] as number[];
    losses.slice(1).forEach((loss, i) => {
      expect(loss).toBeLessThanOrEqual((losses[i] as number) + 1e-6);
    });
  });

  it.each(['max first', 'min first', 'all max first'])('forgets with %s', async (order) => {
    const runs = [{ ...SCRUB, name: 'a', learningRate: 0.01, steps: 150, params: { order } }];
    const { results } = await collected(small({ runs }));
    const metrics = results().runs[0]?.metrics;
    expect(metrics?.['forgetAccuracy']?.at(-1)).toBeLessThan((metrics?.['forgetAccuracy']?.[0] as number) - 0.2);
    expect(metrics?.['retainAccuracy']?.at(-1)).toBeGreaterThan(0.85);
  });

  it('rewound is never farther from the error on held-out points than at its last step', async () => {
    // Long climbs and short repairs: the end is far too far for some seeds.
    const params = { maxSteps: 6, minSteps: 3, maxRounds: 20 };
    const run = { ...SCRUB, learningRate: 0.01 };
    const rewound = [false, true].map((rewind) => ({ ...run, name: `${rewind}`, params: { ...params, rewind } }));
    const scenario = small({
      runs: rewound,
      seeds: [0, 1, 2],
      forget: { kind: 'random', fraction: 0.2, seed: 'lane' },
    });
    const [last, seeds] = [await lastWeights(scenario), networksOf(scenario)];
    let improved = 0;
    for (const { seed, draw, split } of seeds) {
      const { model } = draw;
      const { dataset } = draw.points as LabelledPoints;
      const errorAt = (weights: Float32Array, from: typeof dataset.train, rows: Int32Array): number => {
        const x = Float32Array.from([...rows].flatMap((i) => [...from.x.subarray(2 * i, 2 * i + 2)]));
        const logits = logitsAt(model, weights, x);
        const wrong = [...rows].filter((i, n) => argmax(logits, n * dataset.classes, dataset.classes) !== from.y[i]);
        return wrong.length / rows.length;
      };
      const [plain, own] = [0, 1].map((variant) => last.get(`${variant}/${seed}`) as Float32Array) as [
        Float32Array,
        Float32Array,
      ];
      const target = errorAt(
        plain,
        dataset.test,
        split.testForget.filter((_, i) => i % 2 === 0),
      );
      const gapOf = (weights: Float32Array) => Math.abs(errorAt(weights, dataset.train, split.forget) - target);
      expect(gapOf(own)).toBeLessThanOrEqual(gapOf(plain));
      improved += gapOf(own) < gapOf(plain) ? 1 : 0;
    }
    release(seeds);
    expect(improved).toBeGreaterThan(0);
  });
});

describe('bad teaching', () => {
  it('rests where the student says what its teachers say, and reads no label', () => {
    for (const gradient of gradients('bad-teacher', LOGITS, [0, 1, 2, 0])) {
      expect(Math.max(...gradient.map(Math.abs))).toBeLessThan(1e-6);
    }
    const moved = LOGITS.map((z, i) => z + Math.cos(i));
    expect(gradients('bad-teacher', moved, [0, 1, 2, 0])).toEqual(gradients('bad-teacher', moved, [1, 1, 1, 2]));
  });

  it('with a teacher of scale 0 drives the forget set towards the uniform distribution', async () => {
    const run = {
      method: 'bad-teacher',
      optimizer: 'adam',
      learningRate: 0.01,
      steps: 200,
      params: { teacherScale: 0 },
    };
    const { results } = await collected(small({ runs: [{ ...run, name: 'a' }] }));
    const loss = results().runs[0]?.metrics['forgetLoss']?.at(-1) as number;
    expect(Math.abs(loss - Math.log(5))).toBeLessThan(0.25);
  });
});

describe('RMU and LAF', () => {
  it('RMU moves no layer above the one that it steers', async () => {
    const scenario = small({
      model: { hidden: [12, 10, 8] },
      runs: [
        { name: 'rmu', method: 'rmu', params: { layer: 2 }, optimizer: 'adam', learningRate: 0.01, steps: 20 },
        { name: 'still', method: 'none' },
      ],
    });
    const [last, seeds] = [await lastWeights(scenario), networksOf(scenario)];
    const [own, original] = ['0/0', '1/0'].map((key) => last.get(key) as Float32Array) as [Float32Array, Float32Array];
    for (const { name, offset, size } of seeds[0]?.draw.model.layout ?? []) {
      const isSame = own.slice(offset, offset + size).every((value, i) => value === original[offset + i]);
      expect(isSame, name).toBe(Number(name.slice(1)) > 2);
    }
    release(seeds);
  });

  it('read no labels: other labels give the same weights', async () => {
    const points = (seed: number) => Array.from({ length: 60 }, (_, i) => [Math.sin(i + seed), Math.cos(3 * i + seed)]);
    const weights = async (method: string, shift: number) => {
      const labels = Array.from({ length: 60 }, (_, i) => (i < 12 ? i + shift : i) % 3);
      // The first model must not learn the labels either: it trains with a rate that moves nothing.
      const scenario = small({
        data: {
          generator: 'inline',
          params: { train: { x: points(0), y: labels }, test: { x: points(1), y: labels } },
        },
        forget: { kind: 'indices', indices: Array.from({ length: 12 }, (_, i) => i) },
        training: { steps: 1, learningRate: 1e-6, optimizer: 'sgd' },
        runs: [{ name: 'a', method, steps: 6, learningRate: 0.05 }],
      });
      return (await lastWeights(scenario)).get('0/0') as Float32Array;
    };
    for (const method of ['rmu', 'laf']) {
      const [a, b] = [await weights(method, 0), await weights(method, 1)];
      const [gap, size] = [Math.max(...a.map((w, i) => Math.abs(w - (b[i] as number)))), Math.max(...a.map(Math.abs))];
      expect(gap, method).toBeLessThan(1e-4 * size);
    }
  });
});
