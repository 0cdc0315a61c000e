import { beforeAll, describe, expect, it } from 'vitest';
import type { SimError } from '../../src/engine/base/errors.ts';
import type { Dataset } from '../../src/engine/contracts/dataset.ts';
import { resolveRequests } from '../../src/families/points/split.ts';
import { metrics } from '../../src/metrics/registry.ts';
import type { ForgetSpec } from '../../src/scenario/format/scenario.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { createCache } from '../../src/sim/cache.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';
import { engineForTests } from '../support/engine.ts';
import { collected, SMALL, small } from '../support/run.ts';

beforeAll(engineForTests);

const run = { name: 'GA', method: 'ga', steps: 6, learningRate: 0.02 };
const [first, second] = [
  { kind: 'class', label: 1 },
  { kind: 'class', label: 3 },
] as const;

describe('several deletion requests in a row', () => {
  it('one request is the same experiment as a forget set', async () => {
    const plain = await collected(small({ runs: [run], seeds: [0, 1] }));
    const asked = await collected(small({ runs: [run], seeds: [0, 1], requests: [first] }));
    expect(asked.results().runs).toEqual(plain.results().runs);
    expect(asked.results().retrained).toEqual(plain.results().retrained);
  });

  it('up to the end of the first one, nothing differs from an experiment that ends there', async () => {
    const alone = (await collected(small({ runs: [run] }))).results().runs[0];
    const both = (await collected(small({ runs: [run], requests: [first, second] }))).results().runs[0];
    expect(both?.steps).toEqual([0, 5, 6, 11, 12]);
    for (const [name, values] of Object.entries(alone?.metrics ?? {})) {
      // What is computed at the end only is not there yet.
      const known = metrics.get(name)?.when === 'last' ? values.map(() => null) : values;
      expect(both?.metrics[name]?.slice(0, 3), name).toEqual(known);
    }
  });

  it('the next one goes on from the run’s own weights, and counts what it reads', async () => {
    const { results } = await collected(small({ runs: [run], requests: [first, second] }));
    const [ga] = results().runs;
    const distance = ga?.metrics['weightDistance'] as number[];
    expect(distance[3]).toBeGreaterThan(distance[2] as number);
    expect(ga?.sampleVisits).toBe(2 * 6 * 20);
  });

  it('the yardstick at the end is the model trained without all of them', async () => {
    const both = (await collected(small({ runs: [run], requests: [first, second] }))).results();
    const union = parseScenario({ ...SMALL, forget: first }, catalogueInfo, 'strict').scenario;
    expect(both.retrained[0]?.metrics['forgetAccuracy']).toBe(0);
    const single = (await collected(union)).results();
    expect(both.retrained[0]?.metrics['retainLoss']).not.toBe(single.retrained[0]?.metrics['retainLoss']);
  });

  it('a lane that diverges in one request stays as it is through the others, and hurts no other lane', async () => {
    const model = { hidden: [16, 16], activation: 'relu' };
    const wild = { ...run, name: 'wild', learningRate: 10 };
    const { results } = await collected(small({ model, runs: [wild, run], requests: [first, second] }));
    const [diverged, calm] = results().runs;
    expect(diverged?.divergedAt).not.toBeNull();
    expect(diverged?.divergedAt).toBeLessThanOrEqual(6);
    expect(diverged?.steps).toEqual(calm?.steps);
    const alone = (await collected(small({ model, runs: [run], requests: [first, second] }))).results().runs[0];
    expect(calm?.metrics).toEqual(alone?.metrics);
  });

  it('what is known already is told again from the cache', async () => {
    const cache = createCache();
    const scenario = small({ runs: [run, { ...run, name: 'FT', method: 'ft' }], requests: [first, second] });
    const once = (await collected(scenario, { cache })).results();
    const again = (await collected(scenario, { cache })).results();
    expect(again.runs).toEqual(once.runs);
    expect(again.retrained).toEqual(once.retrained);
  });

  it('are read strictly: beside them, "forget" may only repeat the first', () => {
    const parse = (fields: object) => () => parseScenario({ ...SMALL, ...fields }, catalogueInfo, 'strict');
    expect(parse({ requests: [first, second] })).not.toThrow();
    expect(parse({ requests: [second] })).toThrow('/forget: expected no such field beside "requests"');
    expect(parse({ requests: [] })).toThrow('/requests: expected at least one forget set');
    expect(parse({ requests: [first, { kind: 'class', label: 99 }] })).toThrow('/requests/1/label');
    expect(parse({ requests: Array.from({ length: 40 }, () => first) })).toThrow('at most 32 requests');
  });
});

describe('what requests mean on a data set', () => {
  const n = 40;
  const points = {
    x: Float32Array.from({ length: 2 * n }, (_, i) => i),
    y: Int32Array.from({ length: n }, (_, i) => i % 2),
  };
  const data: Dataset = { inputs: 2, classes: 2, train: points, test: points };
  const random: ForgetSpec = { kind: 'random', fraction: 0.1, seed: 0 };

  it('random requests draw from what the earlier ones left', () => {
    const requests = resolveRequests(data, [random, random, random], 0);
    const all = requests.flatMap(({ forget }) => [...forget]);
    expect(new Set(all).size).toBe(12);
    expect(requests.map(({ after }) => after.retain.length)).toEqual([36, 32, 28]);
    expect(requests[0]?.forget).toEqual(resolveRequests(data, [random], 0)[0]?.forget);
  });

  it('points that have gone already count once; a request for nothing else is refused with its place', () => {
    const some: ForgetSpec = { kind: 'indices', indices: [1, 2, 3] };
    const [, more] = resolveRequests(data, [some, { kind: 'indices', indices: [3, 4] }], 0);
    expect([...(more?.forget ?? [])]).toEqual([4]);
    expect([...(more?.after.forget ?? [])]).toEqual([1, 2, 3, 4]);
    try {
      resolveRequests(data, [some, some], 0);
      expect.unreachable();
    } catch (error) {
      expect((error as SimError).faults[0]?.path).toBe('/requests/1');
    }
  });
});
