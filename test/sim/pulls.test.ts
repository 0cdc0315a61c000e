import { beforeAll, describe, expect, it } from 'vitest';
import type { Split } from '../../src/engine/contracts/rows.ts';

import type { ShownPoints } from '../../src/families/points/shown.ts';
import type { Scenario } from '../../src/scenario/format/scenario.ts';
import { expandRuns } from '../../src/scenario/format/variants.ts';
import { createArchive } from '../../src/sim/archive.ts';
import { catalogue, catalogueInfo } from '../../src/sim/catalogue.ts';
import type { NoPulls, Pulls } from '../../src/sim/events.ts';
import { createPulls } from '../../src/sim/pulls.ts';
import { engineForTests } from '../support/engine.ts';
import { ofPoints } from '../support/methods.ts';
import { eventsOf, small } from '../support/run.ts';

beforeAll(engineForTests);

/** A finished run that can be asked for pulls and for probabilities. */
const asked = async (scenario: Scenario) => {
  const archive = createArchive();
  const events = await eventsOf(scenario, { archive });
  const data = events.find((event) => event.type === 'data');
  if (data?.type !== 'data') throw new Error('no data');
  const points = data.shown as ShownPoints;
  const pulls = createPulls({ scenario, catalogue, archive, variants: expandRuns(scenario, catalogueInfo) });
  return {
    archive,
    data: { forget: data.forget, ...points },
    events,
    pulls: (model: number, step: number, on: Split = 'forget') =>
      pulls({ kind: 'pulls', model, seed: 0, step, on }).pulls,
    /** p_y of an example under a model. */
    ofLabel: (model: number | 'original', step: number, index: number): number => {
      const { probabilities } = archive.outputs({ kind: 'outputs', model, seed: 0, step });
      return probabilities[index * points.classes + (points.train.y[index] as number)] as number;
    },
  };
};

const told = (found: Pulls | NoPulls): Pulls => {
  if (typeof found === 'string') throw new Error(found);
  return found;
};

const plain = { steps: 8, optimizer: 'sgd', learningRate: 0.1 };

describe('the pulls on examples', () => {
  it('gradient ascent pushes every forget example away from its class with weight 1, at every step', async () => {
    const run = await asked(small({ runs: [{ name: 'GA', method: 'ga', ...plain }] }));
    for (const step of [0, 4, 8]) {
      const { indices, size, lift, isOfGradients } = told(run.pulls(0, step));
      expect([...indices]).toEqual([...run.data.forget]);
      expect([...size]).toEqual(Array(20).fill(1));
      indices.forEach((index, i) => {
        expect(lift[i]).toBeCloseTo(run.ofLabel(0, step, index) - 1, 5);
      });
      expect(isOfGradients).toBe(false);
    }
  });

  it('NPO’s weight is 2 p^β / (p^β + p̂^β): 1 at the start, and it fades as an example is forgotten', async () => {
    const beta = 0.7;
    const run = await asked(small({ runs: [{ name: 'NPO', method: 'npo', ...plain, steps: 40, params: { beta } }] }));
    for (const size of told(run.pulls(0, 0)).size) expect(size).toBeCloseTo(1, 6);
    const { indices, size, lift } = told(run.pulls(0, 40));
    indices.forEach((index, i) => {
      const [p, before] = [run.ofLabel(0, 40, index) ** beta, run.ofLabel('original', 0, index) ** beta];
      expect(size[i]).toBeCloseTo((2 * p) / (p + before), 5);
      expect(lift[i]).toBeLessThan(0);
    });
    expect(Math.max(...size)).toBeLessThan(0.999);
  });

  it('of a method that states a gradient are half the distance between what the model says and what it should', async () => {
    const beta = 3;
    const run = await asked(small({ runs: [{ name: 'UNDIAL', method: 'undial', params: { beta }, ...plain }] }));
    const C = 5;
    const probabilities = (model: number | 'original', step: number, index: number) =>
      run.archive.outputs({ kind: 'outputs', model, seed: 0, step }).probabilities.subarray(index * C, (index + 1) * C);
    for (const step of [0, 8]) {
      const { indices, size, isOfGradients } = told(run.pulls(0, step));
      expect(isOfGradients).toBe(true);
      expect(size).toHaveLength(20);
      indices.forEach((index, i) => {
        const lowered = Array.from(probabilities('original', 0, index), (p, c) =>
          c === run.data.train.y[index] ? p * Math.exp(-beta) : p,
        );
        const sum = lowered.reduce((a, b) => a + b, 0);
        const distance = lowered.reduce(
          (all, p, c) => all + Math.abs(p / sum - (probabilities(0, step, index)[c] as number)),
          0,
        );
        expect(size[i]).toBeCloseTo(distance / 2, 5);
      });
    }
  });

  it('are the ones that the steps are made with: their mean is how far the last bias moves', async () => {
    const run = await asked(
      small({
        runs: [{ name: 'NPO', method: 'npo', ...plain, steps: 1, params: { beta: 2 } }],
        evaluate: { every: 1 },
      }),
    );
    const { lift, indices } = told(run.pulls(0, 0));
    const at = (step: number) => run.archive.weights(0, 0, step).weights;
    const label = run.data.train.y[indices[0] as number] as number;
    const bias = at(0).length - run.data.classes + label; // all of one class: its bias is moved by its own examples alone
    const moved = ((at(1)[bias] as number) - (at(0)[bias] as number)) / plain.learningRate;
    expect(moved).toBeCloseTo(lift.reduce((sum, one) => sum + one, 0) / lift.length, 4);
  });

  it('random labels pull towards the label that the next step shows', async () => {
    const run = await asked(
      small({ runs: [{ name: 'RL', method: 'rl', ...plain, params: { labels: 'other', redraw: 'every pass' } }] }),
    );
    const [first, second] = [told(run.pulls(0, 0)), told(run.pulls(0, 1))];
    for (const { indices, lift, target, size } of [first, second]) {
      indices.forEach((index, i) => {
        expect(target[i]).not.toBe(run.data.train.y[index]);
        expect(lift[i]).toBeLessThan(0);
        expect(size[i]).toBe(1);
      });
    }
    expect([...told(run.pulls(0, 8)).target]).not.toEqual([...first.target]);
  });

  it('a retain term pulls the retain set towards its classes with the run’s own weight', async () => {
    const retain = { kind: 'ce', weight: 0.5 };
    const run = await asked(
      small({
        runs: [
          { name: 'GA', method: 'ga', ...plain },
          { name: 'GA+RT', method: 'ga', ...plain, retain },
          { name: 'FT', method: 'ft', ...plain },
        ],
      }),
    );
    expect(run.pulls(0, 4, 'retain')).toBe('none-on-split');
    const { size, lift, indices } = told(run.pulls(1, 4, 'retain'));
    expect(indices).toHaveLength(80);
    expect([...new Set(size)]).toEqual([0.5]);
    for (const one of lift) expect(one).toBeGreaterThanOrEqual(0);
    expect(run.pulls(2, 4, 'forget')).toBe('none-on-split');
    expect([...new Set(told(run.pulls(2, 4, 'retain')).size)]).toEqual([1]);
  });

  it('say why there are none where a method has no pulls, or not always the same', async () => {
    const lat = { kind: 'lat', layer: 1, epsilon: 0.5 };
    const run = await asked(
      small({
        runs: [
          { name: 'SSD', method: 'ssd' },
          { name: 'SCRUB', method: 'scrub', steps: 4 },
          { name: 'SISA', method: 'sisa', steps: 4 },
          { name: 'LAT', method: 'ga', steps: 4, wrappers: [lat] },
        ],
      }),
    );
    expect([0, 1, 2, 3].map((variant) => run.pulls(variant, 0))).toEqual([
      'no-terms',
      'own-steps',
      'served',
      'wrapped',
    ]);
  });

  it('belong to the request under way, with the run’s own model of then as its original', async () => {
    const requests = [
      { kind: 'class', label: 1 },
      { kind: 'class', label: 3 },
    ];
    const run = await asked(
      small({
        requests,
        forget: undefined,
        runs: [{ name: 'NPO', method: 'npo', ...plain, steps: 10 }],
        evaluate: { every: 5 },
      }),
    );
    const labels = (step: number) => [
      ...new Set([...told(run.pulls(0, step)).indices].map((i) => run.data.train.y[i])),
    ];
    expect(labels(10)).toEqual([1]);
    expect(labels(15)).toEqual([3]);
    for (const [i, index] of told(run.pulls(0, 15)).indices.entries()) {
      const [p, before] = [run.ofLabel(0, 15, index), run.ofLabel(0, 10, index)];
      expect(told(run.pulls(0, 15)).size[i]).toBeCloseTo((2 * p) / (p + before), 4);
    }
  });

  it('every method gives finite pulls on each forget example, or a reason', async () => {
    const all = [...ofPoints.keys()].map((method) => ({ name: method, method, steps: 2 }));
    const reasons = ['no-terms', 'own-steps', 'served', 'none-on-split'];
    for (const runs of [all.slice(0, 20), all.slice(20)]) {
      const run = await asked(small({ runs, training: { steps: 20 } }));
      expect(run.events.filter(({ type }) => type === 'variantFailed')).toEqual([]);
      runs.forEach(({ method }, variant) => {
        const found = run.pulls(variant, 0);
        if (typeof found === 'string') {
          expect(reasons, method).toContain(found);
          return;
        }
        expect(found.size, method).toHaveLength(20);
        expect(
          found.size.every((one) => one >= 0 && Number.isFinite(one)),
          method,
        ).toBe(true);
        expect(found.lift.every(Number.isFinite), method).toBe(true);
      });
    }
  });
});
