import { beforeAll, describe, expect, it } from 'vitest';
import { SimError } from '../../src/engine/base/errors.ts';
import { families } from '../../src/families/registry.ts';
import { offerOf } from '../../src/scenario/format/catalogue.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { catalogue as builtIn, catalogueFor, catalogueInfo } from '../../src/sim/catalogue.ts';
import { createCollector } from '../../src/sim/collector.ts';
import { simulate } from '../../src/sim/simulate.ts';
import { metricPair, valueAt } from '../../src/store/numbers/series.ts';
import { engineForTests } from '../support/engine.ts';
import { scales } from '../support/family.ts';

beforeAll(engineForTests);

const catalogue = { ...builtIn, families: new Map([...families, ['scales', scales]]) };
const offered = { ...catalogueInfo, families: [...catalogueInfo.families, scales.info] };

const file = {
  version: 1,
  family: 'scales',
  training: { steps: 80, learningRate: 0.05 },
  seeds: [0, 1],
  runs: [
    { name: 'GA', method: 'ga', steps: 60, optimizer: 'adam', learningRate: 0.1 },
    { name: 'NPO', method: 'npo', steps: 60, optimizer: 'adam', learningRate: 0.1 },
  ],
  claims: [{ text: 'GA forgets', run: 'GA', metric: 'stillHeavy', at: 'last', is: '<', value: 0.5, seeds: 'all' }],
};
const read = (fields: object = {}) => parseScenario({ ...file, ...fields }, offered, 'strict').scenario;

const faultsOf = (fields: object) => {
  try {
    read(fields);
  } catch (thrown) {
    if (thrown instanceof SimError) return thrown.faults.map(({ path, expected }) => `${path}: ${expected}`);
    throw thrown;
  }
  return [];
};

const runToEnd = async (scenario: ReturnType<typeof read>) => {
  const collector = createCollector(scenario);
  for await (const event of simulate({ runId: 'test', scenario, catalogue, backend: 'wasm', now: () => 0 })) {
    collector.take(event);
  }
  return collector;
};

describe('a family that comes in through the registry alone', () => {
  it('fills in its own generator, rule and network where a scenario names none', () => {
    const { data, forget, model } = read();
    expect(data).toEqual({ generator: 'weights', seed: 0, params: { count: 40 } });
    expect(forget).toEqual({ kind: 'rule', id: 'heavier', params: { limit: 1.5 } });
    expect(model).toEqual({ kind: 'network', id: 'balance', params: { width: 6 } });
  });

  it('is run like the others, and its claims are checked', async () => {
    const collector = await runToEnd(read());
    expect(collector.error).toBeNull();
    expect(collector.status).toBe('finished');
    expect(collector.metricIds).toEqual(['stillHeavy', 'othersRight']);
    const { claims } = collector.results();
    expect(claims.map(({ holds }) => holds)).toEqual([true]);
  });

  it('is charted by its own two numbers', async () => {
    const collector = await runToEnd(read());
    const pair = metricPair(collector);
    expect(pair).toMatchObject({ forget: 'stillHeavy', keep: 'othersRight' });
    const before = valueAt(collector, 'original', 0, pair.forget, 0);
    expect(valueAt(collector, 0, 0, pair.forget, 60)).toBeLessThan(before);
  });

  it('has a checksum over its own numbers, which differs where they differ', async () => {
    const [one, other] = [await runToEnd(read()), await runToEnd(read({ seeds: [2, 3] }))];
    expect(one.results().headline).toEqual(scales.info.headline);
    expect(one.results().checksum).toBe((await runToEnd(read())).results().checksum);
    expect(one.results().checksum).not.toBe(other.results().checksum);
  });

  it('offers what it has and nothing of the others', () => {
    const own = offerOf(offered, 'scales');
    expect(own.generators.map(({ id }) => id)).toEqual(['weights']);
    expect(own.attacks).toEqual([]);
    expect(offerOf(offered, 'scales')).toBe(own);
    const first = offerOf(offered, 'points');
    expect(offerOf(offered, 'points')).toBe(first);
    expect({ ...first, methods: [], retain: [] }).toEqual({ ...offered, methods: [], retain: [] });
    const ids = first.methods.map(({ id }) => id);
    expect(ids).toEqual(
      offered.methods.flatMap(({ id, heads = ['categorical'] }) => (heads.includes('categorical') ? [id] : [])),
    );
    expect(ids.length).toBeLessThan(offered.methods.length);
  });

  it('refuses what is not its own, with the place and what would fit', () => {
    expect(faultsOf({ forget: { kind: 'class', label: 0 } })).toEqual([
      '/forget/kind: "rule": forget sets of Scales are chosen by rules',
    ]);
    expect(faultsOf({ forget: { kind: 'rule', id: 'lighter' } })).toEqual(['/forget/id: "heavier"']);
    expect(faultsOf({ model: { kind: 'mlp' } })).toEqual(['/model/kind: "network"']);
    expect(faultsOf({ model: { kind: 'network', id: 'spring' } })).toEqual([
      '/model/id: "balance", a network of Scales',
    ]);
    expect(faultsOf({ data: { generator: 'blobs' } })).toEqual(['/data/generator: "weights"']);
    expect(faultsOf({ data: { generator: 'inline', params: {} } })).toEqual(['/data/generator: "weights"']);
    const labelled = { name: 'RL', method: 'rl', alternativeLabels: [0] };
    expect(faultsOf({ runs: [labelled], claims: [] })).toEqual([
      '/runs/0/alternativeLabels: no such field: these examples have no class labels',
    ]);
    const claim = { text: '', run: 'GA', metric: 'forgetAccuracy', at: 'last', is: '<', value: 1, seeds: 'all' };
    expect(faultsOf({ claims: [claim] })[0]).toContain('/claims/0/metric');
  });

  it('refuses a method that does not speak of its examples, and says which do', () => {
    const real = { ...scales.info, spoken: { head: 'real', sequences: false } } as const;
    const among = { ...catalogueInfo, families: [...catalogueInfo.families, real] };
    const of = (method: string) => parseScenario({ ...file, claims: [], runs: [{ method }] }, among, 'repair');
    const { scenario, repairs } = of('boundary-shrink');
    expect(scenario.runs).toEqual([]);
    expect(repairs.map(({ path }) => path)).toEqual(['/runs/0/method']);
    expect(repairs[0]?.expected).toMatch(/^one that works with real numbers: one of .*npo/);
    expect(of('npo').repairs).toEqual([]);
  });

  it('lets the other runs go on where one does not speak of its examples', async () => {
    const real = { info: { ...scales.info, spoken: { head: 'real', sequences: false } } as const, load: scales.load };
    const among = { ...catalogue, families: new Map([...families, ['scales', real]]) };
    const scenario = { ...read(), claims: [], runs: [...read().runs, { ...read().runs[0], name: 'RL', method: 'rl' }] };
    const collector = createCollector(scenario as never);
    const run = { runId: 'test', scenario: scenario as never, catalogue: among, backend: 'wasm', now: () => 0 };
    for await (const event of simulate(run)) collector.take(event);
    expect([...collector.failures.values()].map(({ faults }) => faults?.[0]?.path)).toEqual(['/method']);
    expect(collector.lane(1, 0)?.isDone).toBe(true);
  });

  it('is not what labelled points may ask for', () => {
    expect(faultsOf({ family: 'points', forget: { kind: 'rule', id: 'heavier' }, claims: [] })[0]).toContain(
      '/forget/kind',
    );
    expect(faultsOf({ family: 'points', model: { kind: 'network', id: 'balance' }, claims: [] })[0]).toContain(
      '/model/kind',
    );
  });

  it('that does not exist is an error in words', async () => {
    await expect(catalogueFor(builtIn, { family: 'scales' })).rejects.toThrow('There is no family of models scales.');
  });
});
