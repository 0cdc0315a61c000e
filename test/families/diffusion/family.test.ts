import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../../src/engine/base/tf.ts';
import type { Batch } from '../../../src/engine/contracts/rows.ts';
import { CODE_AT, inputsOf } from '../../../src/engine/diffusion/process.ts';
import type { DiffusionDraw, DiffusionOutputs } from '../../../src/families/diffusion/outputs.ts';
import { cloudBatches, trainingRows } from '../../../src/families/diffusion/rows.ts';
import type { CloudsPicture } from '../../../src/families/diffusion/shown.ts';
import { initialWeights } from '../../../src/families/shared/initial.ts';
import { drawOf, faultsOf, scenarioOf, seedOf } from '../../support/diffusion.ts';
import { engineForTests } from '../../support/engine.ts';
import { collected } from '../../support/run.ts';

beforeAll(engineForTests);

const numbersOf = ({ x, y, noised }: Batch) => ({
  x: [...tf.valuesOf(x)],
  y: [...tf.valuesOf(y)],
  times: [...(noised?.times ?? [])],
  conditions: [...(noised?.conditions ?? [])],
});

describe('rows of a diffusion model', () => {
  it('are drawn anew at each step, and the same for the same seed and step', () => {
    const { model } = seedOf(scenarioOf()).draw;
    const rows = (seed: number) =>
      trainingRows(
        seedOf(scenarioOf(), seed),
        Int32Array.from({ length: 40 }, (_, i) => i),
      );
    tf.tidy(() => {
      const [one, other] = [cloudBatches([rows(0)], 'retain', 16, model), cloudBatches([rows(0)], 'retain', 16, model)];
      expect(numbersOf(one.at(3))).toEqual(numbersOf(other.at(3)));
      expect(numbersOf(one.at(3)).y).not.toEqual(numbersOf(one.at(4)).y);
      const stacked = cloudBatches([rows(1), rows(0)], 'retain', 16, model);
      expect(numbersOf(stacked.at(3)).x.slice(16 * model.inputs)).toEqual(numbersOf(one.at(3)).x);
    });
  });

  it('pair each time with its counterpart from the other end', () => {
    const seed = seedOf(scenarioOf());
    const rows = trainingRows(
      seed,
      Int32Array.from({ length: 40 }, (_, i) => i),
    );
    tf.tidy(() => {
      const { times } = numbersOf(cloudBatches([rows], 'retain', 16, seed.draw.model).at(0));
      for (let b = 0; b < 8; b++) expect((times[b] as number) + (times[b + 8] as number)).toBe(24);
    });
  });

  it('are a known share of signal and noise, told when and under which condition', () => {
    const seed = seedOf(scenarioOf());
    const { data, process } = seed.draw as DiffusionDraw;
    const rows = trainingRows(
      seed,
      Int32Array.from({ length: 60 }, (_, i) => i),
    );
    tf.tidy(() => {
      const { x, y, times, conditions } = numbersOf(cloudBatches([rows], 'retain', 'full', seed.draw.model).at(0));
      const width = inputsOf(process);
      for (let b = 0; b < 60; b++) {
        const left = process.kept[times[b] as number] as number;
        const expected = Math.sqrt(left) * (data.train.x[2 * b] as number) + Math.sqrt(1 - left) * (y[2 * b] as number);
        expect(x[b * width]).toBeCloseTo(expected, 5);
        const code = x.slice(b * width + CODE_AT, (b + 1) * width);
        expect(code).toEqual([0, 1, 2].map((c) => (c === conditions[b] ? 1 : 0)));
      }
      const dropped = conditions.filter((condition) => condition === 3).length;
      expect(dropped).toBeGreaterThan(0);
      expect(dropped).toBeLessThan(20);
      const own = conditions.every((condition, b) => condition === 3 || condition === data.train.y[b]);
      expect(own).toBe(true);
    });
  });
});

describe('samples of a diffusion model', () => {
  it('are a pure function of weights and seed: two models get the same noise', () => {
    const scenario = scenarioOf();
    const [one, other] = [drawOf(scenario), drawOf(scenario)];
    const weights = initialWeights({ seed: 0, draw: one });
    const samples = (draw: DiffusionDraw, own: Float32Array) => (draw.outputs(own) as DiffusionOutputs).samples();
    expect(samples(one, weights)).toEqual(samples(other, weights.slice()));
    // A network that says nothing but zero moves all points along the same way, whatever the condition.
    const silent = new Float32Array(weights.length);
    const still = samples(one, silent);
    expect(still.length).toBe(2 * 4 * 20);
    expect(new Set(still).size).toBeGreaterThan(100);
  });

  it('that a picture shows are the first of those that metrics are computed from, to the bit', () => {
    const scenario = scenarioOf({
      model: { kind: 'network', id: 'denoiser', params: { width: 12, times: 25, samples: 80 } },
    });
    const draw = drawOf(scenario);
    const weights = initialWeights({ seed: 0, draw });
    const { x, count } = draw.picture(weights, 0) as CloudsPicture;
    expect(count).toBe(60);
    const all = (draw.outputs(weights) as DiffusionOutputs).samples();
    for (let c = 0; c < 4; c++) {
      expect([...x.subarray(120 * c, 120 * (c + 1))]).toEqual([...all.subarray(160 * c, 160 * c + 120)]);
    }
    expect((draw.picture(weights, 0) as CloudsPicture).x).toEqual(x);
  });
});

describe('the family of diffusion models', () => {
  it('runs a scenario to its end, and stacked seeds give the numbers of single ones', async () => {
    const both = await collected(scenarioOf());
    expect(both).toMatchObject({ status: 'finished', error: null });
    expect(both.failures.size).toBe(0);
    const alone = await collected(scenarioOf({ seeds: [1] }));
    for (const variant of [0, 1]) {
      for (const metric of both.metricIds) {
        expect(both.lane(variant, 1)?.series(metric), metric).toEqual(alone.lane(variant, 1)?.series(metric));
      }
    }
  });

  it.each([
    [
      'a class that is not there',
      { forget: { kind: 'rule', id: 'condition', params: { label: 7 } } },
      '/forget/params/label: a condition that there is: 0 to 2',
    ],
    [
      'one step of noise',
      { model: { kind: 'network', id: 'denoiser', params: { times: 1 } } },
      '/model/params/times: a whole number in [25, 200]',
    ],
    [
      'ten thousand steps',
      { model: { kind: 'network', id: 'denoiser', params: { times: 10000 } } },
      '/model/params/times: a whole number in [25, 200]',
    ],
    [
      'ten thousand samples',
      { model: { kind: 'network', id: 'denoiser', params: { samples: 10000 } } },
      '/model/params/samples: a whole number in [20, 1000]',
    ],
    [
      'one class only',
      { data: { generator: 'ring', params: { classes: 1 } } },
      '/data/params/classes: a whole number in [2, 9]',
    ],
    [
      'the same class twice',
      {
        requests: [
          { kind: 'rule', id: 'condition', params: { label: 1 } },
          { kind: 'rule', id: 'condition', params: { label: 1 } },
        ],
        forget: undefined,
      },
      '/requests/1/params/label: a class that is still there',
    ],
    [
      'a method of class probabilities',
      { runs: [{ method: 'scrub' }] },
      '/runs/0/method: one that works with real numbers',
    ],
  ])('refuses %s, and says where and what would do', (_, change, expected) => {
    expect(faultsOf(change).join('\n')).toContain(expected);
  });
});
