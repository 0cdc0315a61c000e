import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { keyOf } from '../../src/engine/base/random.ts';
import type { LaneView } from '../../src/engine/contracts/lane-view.ts';
import type { AnyMethod, Method } from '../../src/engine/contracts/method.ts';
import type { Frame } from '../../src/families/points/shown.ts';
import { methods } from '../../src/methods/registry.ts';
import { createCollector } from '../../src/sim/collector.ts';
import { engineForTests } from '../support/engine.ts';
import { collected, eventsOf, small } from '../support/run.ts';

beforeAll(engineForTests);

/** The labels that a method draws for examples of given classes. */
const drawn = (method: string, params: Parameters<NonNullable<Method['alternatives']>>[0], labels: Int32Array) =>
  (methods.get(method) as AnyMethod).alternatives?.(params).draw({
    labels,
    classes: 4,
    counts: Int32Array.of(1, 1, 1, 1),
    key: keyOf(3),
    lane: {} as LaneView,
  }) ?? new Int32Array();

/** The last value of some metrics of a run. */
const lastOf = async (run: Record<string, unknown>, more: Record<string, unknown> = {}) => {
  const { runs } = (await collected(small({ runs: [{ name: 'a', steps: 100, ...run }], ...more }))).results();
  return (metric: string): number => runs[0]?.metrics[metric]?.at(-1) as number;
};

describe('random labels', () => {
  const labels = Int32Array.from({ length: 8000 }, (_, i) => i % 4);

  it('from all classes are each class equally often, whatever the true one is', () => {
    const found = drawn('rl', { labels: 'all', redraw: 'once' }, labels);
    for (let label = 0; label < 4; label++) {
      const own = found.filter((_, i) => labels[i] === label);
      for (let other = 0; other < 4; other++) {
        const share = own.filter((one) => one === other).length / own.length;
        expect(Math.abs(share - 1 / 4)).toBeLessThan(0.04);
      }
    }
  });

  it('from the other classes are never the true one, and each of the others equally often', () => {
    for (const [method, params] of [
      ['rl', { labels: 'other', redraw: 'once' }],
      ['dpo', { labels: 'other' }],
      ['flat', { labels: 'other' }],
    ] as const) {
      const found = drawn(method, params, labels);
      found.forEach((label, i) => {
        expect(label).not.toBe(labels[i]);
      });
      const apart = found.map((label, i) => (label - (labels[i] as number) + 4) % 4);
      for (let gap = 1; gap < 4; gap++) {
        const share = apart.filter((one) => one === gap).length / apart.length;
        expect(Math.abs(share - 1 / 3), method).toBeLessThan(0.03);
      }
    }
  });

  it('for the spare class are that class alone', () => {
    const counts = Int32Array.of(5, 5, 5, 0);
    fc.assert(
      fc.property(fc.constantFrom('idk', 'dpo', 'kto', 'flat'), fc.nat(1e6), (id, seed) => {
        const name = id === 'idk' ? 'target' : 'labels';
        const rule = (methods.get(id) as AnyMethod).alternatives?.({ [name]: 'spare class' });
        const found = rule?.draw({ labels, classes: 4, counts, key: keyOf(seed), lane: {} as LaneView });
        expect(found?.every((label) => label === 3)).toBe(true);
      }),
      { numRuns: 8 },
    );
  });
});

describe('boundary shrink', () => {
  const flipRateOf = async (bound: number): Promise<number> => {
    const run = { name: 'BS', method: 'boundary-shrink', params: { bound }, steps: 100 };
    const events = await eventsOf(small({ runs: [run] }));
    const lane = events.find((event) => event.type === 'lane');
    return lane?.type === 'lane' ? (lane.account?.['flipRate'] as number) : Number.NaN;
  };

  it('with a step that crosses no boundary gives every example the label that the original sees there: nothing is forgotten', async () => {
    expect(await flipRateOf(0.01)).toBeLessThan(0.2);
    const last = await lastOf({ method: 'boundary-shrink', params: { bound: 0.01 } });
    expect(last('forgetAccuracy')).toBeGreaterThan(0.8);
  });

  it('with a longer one gives them to the neighbors, and the class is forgotten', async () => {
    expect(await flipRateOf(3)).toBeGreaterThan(0.9);
    const last = await lastOf({ method: 'boundary-shrink', params: { bound: 3 }, learningRate: 0.1 });
    expect(last('forgetAccuracy')).toBeLessThan(0.1);
  });
});

describe('boundary expand', () => {
  it('weakens the class, and never shows the extra one', async () => {
    const run = { name: 'BE', method: 'boundary-expand', optimizer: 'adam', learningRate: 0.02, steps: 100 };
    const scenario = small({ model: { hidden: [32, 32], activation: 'relu' }, runs: [run], evaluate: { every: 100 } });
    const collector = createCollector(scenario);
    for (const event of await eventsOf(scenario, { pictures: true })) {
      collector.take(event);
      if (event.type !== 'frame' || event.model !== 0) continue;
      const { winner } = event.frame as Frame;
      expect(winner.length).toBeGreaterThan(0);
      expect(winner.every((answer) => answer < 5)).toBe(true);
    }
    const { runs, original } = collector.results();
    const before = original[0]?.metrics['forgetLoss'] as number;
    expect(runs[0]?.metrics['forgetLoss']?.at(-1)).toBeGreaterThan(2 * before);
  });

  it('refuses what works on the weights of one network', async () => {
    const events = await eventsOf(small({ runs: [{ name: 'BE', method: 'boundary-expand', retain: { kind: 'ce' } }] }));
    const failure = events.find((event) => event.type === 'variantFailed');
    expect(failure?.error.faults[0]?.path).toBe('/retain/kind');
  });
});

describe('UNSIR', () => {
  it('names what it needs when several classes are to be forgotten, and the other runs go on', async () => {
    const runs = [
      { name: 'UNSIR', method: 'unsir', steps: 5 },
      { name: 'GA', method: 'ga', steps: 5 },
    ];
    const events = await eventsOf(small({ forget: { kind: 'random', fraction: 0.3 }, runs }));
    const failures = events.filter((event) => event.type === 'variantFailed');
    expect(failures.map(({ variant, error }) => [variant, error.code, error.faults[0]?.expected])).toEqual([
      [0, 'method/failed', 'a forget set of one class'],
    ]);
    expect(events.some((event) => event.type === 'lane' && event.variant === 1)).toBe(true);
  });

  it('without impairing is fine-tuning on the retain set', async () => {
    const run = { learningRate: 0.05, steps: 20 };
    const [own, tuned] = await Promise.all([
      lastOf({ ...run, method: 'unsir', params: { impairShare: 0 } }),
      lastOf({ ...run, method: 'ft' }),
    ]);
    for (const metric of ['forgetLoss', 'retainLoss', 'weightDistance']) {
      expect(own(metric), metric).toBeCloseTo(tuned(metric), 6);
    }
  });

  it('forgets the class while it impairs, and keeps the rest while it repairs', async () => {
    const last = await lastOf({ method: 'unsir', optimizer: 'adam', learningRate: 0.02, steps: 60 });
    expect(last('forgetAccuracy')).toBeLessThan(0.5);
    expect(last('retainAccuracy')).toBeGreaterThan(0.8);
  });
});

describe('PDU', () => {
  const retainLoss = async (params: Record<string, number>) =>
    (await lastOf({ method: 'pdu', params, steps: 400 }))('retainLoss');

  it('brings the retain loss to what is tolerated: the weight rises above it and falls below it', async () => {
    const free = await retainLoss({ tolerance: 0.5, dualStep: 0, dualStart: 0 });
    const held = await retainLoss({ tolerance: 0.5, dualStep: 1, dualStart: 0 });
    expect(free).toBeGreaterThan(0.7);
    expect(Math.abs(held - 0.5)).toBeLessThan(0.15);
  });
});
