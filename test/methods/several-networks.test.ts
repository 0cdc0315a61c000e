import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../src/engine/base/tf.ts';
import type { AnyMethod } from '../../src/engine/contracts/method.ts';
import { network } from '../../src/engine/start.ts';
import { methods } from '../../src/methods/registry.ts';
import { createArchive } from '../../src/sim/archive.ts';
import { engineForTests } from '../support/engine.ts';
import { collected, small } from '../support/run.ts';

beforeAll(engineForTests);

const random = { kind: 'random', fraction: 0.05, seed: 1 };
const metricsOf = async (fields: Readonly<Record<string, unknown>>) => {
  const results = (await collected(small(fields))).results();
  const [run] = results.runs;
  if (!run) throw new Error('no run');
  return { run, results };
};

describe('ULD', () => {
  it('with w = 0 answers as the original model at every step', async () => {
    const run = { name: 'a', method: 'uld', params: { weight: 0 }, steps: 20 };
    const { run: uld, results } = await metricsOf({ runs: [run] });
    for (const name of ['forgetLoss', 'retainLoss', 'testAccuracy']) {
      const original = results.original[0]?.metrics[name] as number;
      for (const value of uld.metrics[name] ?? []) expect(value, name).toBeCloseTo(original, 6);
    }
  });

  it('an assistant that is uniform changes no answer', () => {
    const model = network({ inputs: 2, hidden: [8], classes: 3, activation: 'tanh', init: 'auto' });
    const own = model.init([1, 2]);
    const params = { weight: 0.8, shape: 'like the original', form: 'assistant' };
    const served = (methods.get('uld') as AnyMethod).serve?.(model, params);
    const x = tf.tensor3d([
      [
        [0.1, 0.2],
        [1, -1],
        [3, 2],
      ],
    ]);
    const both = new Float32Array(2 * model.size);
    both.set(own);
    expect([...(served?.predict(both, x).logits ?? [])]).toEqual([...model.predict(own, x).logits]);
    x.dispose();
  });

  it('forgets while the rest stays, and its offset form too', async () => {
    for (const form of ['assistant', 'offset']) {
      const run = {
        name: 'a',
        method: 'uld',
        params: { form, weight: 1.5 },
        steps: 400,
        optimizer: 'adam',
        learningRate: 0.02,
      };
      const data = { generator: 'blobs', seed: 0, params: { classes: 5, perClass: 20, noise: 0.4 } };
      const { run: uld } = await metricsOf({ runs: [run], data });
      expect(uld.metrics['forgetAccuracy']?.at(-1), form).toBeLessThan(0.3);
      expect(uld.metrics['retainAccuracy']?.at(-1), form).toBeGreaterThan(0.9);
    }
  });
});

describe('SISA', () => {
  const sisa = { name: 'a', method: 'sisa', steps: 8, params: { shards: 3, slices: 2 } };

  it('is exact: at the end the forget points have left no trace in any weight', async () => {
    // Flipping the labels of the forget points changes the ensemble before the request, and nothing after it.
    const base = small({ runs: [sisa], forget: { kind: 'indices', indices: [4, 40] } });
    const train = { x: [] as number[][], y: [] as number[] };
    for (let i = 0; i < 60; i++) {
      train.y.push(i % 3);
      train.x.push([Math.cos(i % 3) + 0.1 * Math.sin(i), Math.sin(2 * (i % 3)) + 0.1 * Math.cos(3 * i)]);
    }
    const weightsWith = async (y: readonly number[]) => {
      const archive = createArchive();
      const kept: Float32Array[] = [];
      const data = { generator: 'inline', seed: 0, params: { train: { ...train, y }, test: train } };
      const scenario = small({
        ...base,
        title: '',
        question: '',
        view: {},
        claims: [],
        data,
        id: undefined,
        runs: [sisa],
        forget: base.forget,
      });
      await collected(scenario, {
        archive: {
          ...archive,
          put: (model, _seed, _step, weights) => {
            if (model === 0) kept.push(weights.slice());
          },
        },
      });
      archive.dispose();
      return kept;
    };
    const honest = await weightsWith(train.y);
    const flipped = await weightsWith(train.y.map((label, i) => (i === 4 || i === 40 ? (label + 1) % 3 : label)));
    expect(flipped[0]).not.toEqual(honest[0]);
    expect(flipped.at(-1)).toEqual(honest.at(-1));
  });

  it('reads only what it trains again, whatever the number of steps, and says how much that is', async () => {
    const counts = new Set<number>();
    for (const steps of [1, 8, 500]) {
      const { run } = await metricsOf({ runs: [{ ...sisa, steps }], forget: random });
      counts.add(run.sampleVisits);
      expect(run.account).toMatchObject({ shards: 3, expectedForOnePoint: 0.25 });
      expect(run.account?.['trainedAgain']).toBeGreaterThan(0);
    }
    expect(counts.size).toBe(1);
  });
});

describe('S3T', () => {
  const s3t = { name: 'a', method: 's3t', steps: 4, params: { shards: 2, slices: 2, orders: 2 } };

  it('a request that leaves a prefix in every shard costs no sample visit', async () => {
    const { run } = await metricsOf({ runs: [s3t], forget: { kind: 'indices', indices: [7] } });
    expect(run.sampleVisits).toBe(0);
    expect(run.account).toMatchObject({ slices: 4, slicesTouched: 1 });
  });

  it('a request that touches everything trains the shards again, without the points', async () => {
    const { run } = await metricsOf({ runs: [{ ...s3t, steps: 30 }] });
    expect(run.sampleVisits).toBeGreaterThan(0);
    expect(run.metrics['forgetAccuracy']?.at(-1)).toBe(0);
  });
});

describe('O3', () => {
  const o3 = { name: 'a', method: 'o3', steps: 150, optimizer: 'adam', learningRate: 0.02 };

  it('forgets a class without retain data and keeps the rest, over several requests', async () => {
    const requests = [1, 3].map((label) => ({ kind: 'class', label }));
    const { run } = await metricsOf({
      runs: [o3],
      forget: requests[0],
      requests,
      data: { generator: 'blobs', seed: 0, params: { classes: 5, perClass: 20, noise: 0.4 } },
    });
    expect(run.metrics['forgetAccuracy']?.at(-1)).toBeLessThan(0.35);
    expect(run.metrics['retainAccuracy']?.at(-1)).toBeGreaterThan(0.85);
  });

  it('with adapters that have not moved, answers as the original model', async () => {
    const { run, results } = await metricsOf({ runs: [o3] });
    expect(run.metrics['retainLoss']?.[0]).toBeCloseTo(results.original[0]?.metrics['retainLoss'] as number, 5);
  });
});

describe('methods of several networks', () => {
  it.each(['uld', 'sisa', 's3t', 'o3'])(
    '%s says so when it is combined with a retain term or a mask',
    async (method) => {
      for (const fields of [{ retain: { kind: 'ce' } }, { mask: { kind: 'random', keep: 0.5 } }]) {
        const collector = await collected(
          small({
            runs: [
              { name: 'a', method, ...fields },
              { name: 'b', method: 'ga', steps: 2 },
            ],
          }),
        );
        const [failure] = [...collector.failures.values()];
        expect(failure?.code).toBe('method/failed');
        expect(failure?.faults[0]?.path).toBe(`/${Object.keys(fields)[0]}/kind`);
        expect(collector.results().runs.map(({ name }) => name)).toContain('b');
      }
    },
  );

  it('refuses an ensemble that is too large, with the field', async () => {
    const run = { name: 'a', method: 'sisa', params: { shards: 20, slices: 10 } };
    const collector = await collected(small({ runs: [run], model: { hidden: [300, 300] }, training: { steps: 1 } }));
    expect([...collector.failures.values()][0]?.faults[0]?.path).toBe('/params/shards');
  });
});
