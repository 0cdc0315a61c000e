import { beforeAll, describe, expect, it } from 'vitest';
import { SimError } from '../../src/engine/base/errors.ts';
import { bibtexOf, citedIn } from '../../src/scenario/files/bibtex.ts';
import type { CatalogueInfo } from '../../src/scenario/format/catalogue.ts';
import { expandRuns } from '../../src/scenario/format/variants.ts';
import { decodeLink, encodeLink } from '../../src/scenario/links/link.ts';
import { scenarioFromQuery } from '../../src/scenario/links/query.ts';
import { pytorchRefusal } from '../../src/scenario/pytorch/refusal.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { parseTournament } from '../../src/scenario/tournament/parse.ts';
import { catalogue as builtIn, catalogueInfo, offeredWrappers } from '../../src/sim/catalogue.ts';
import { valueAt } from '../../src/store/numbers/series.ts';
import { changedSettings } from '../../src/ui/forms/changed.ts';
import { engineForTests } from '../support/engine.ts';
import { collected, SMALL } from '../support/run.ts';
import { noise } from '../support/wrapper.ts';

beforeAll(engineForTests);

const catalogue = { ...builtIn, wrappers: new Map([...builtIn.wrappers, [noise.id, noise]]) };
const info: CatalogueInfo = { ...catalogueInfo, wrappers: offeredWrappers(catalogue) };

const run = { name: 'GA', method: 'ga', steps: 10, wrappers: [{ kind: 'noise' }] };
const read = (fields: object = {}) => parseScenario({ ...SMALL, runs: [run], ...fields }, info, 'strict').scenario;

const faultsOf = (fields: object) => {
  try {
    read(fields);
  } catch (thrown) {
    if (thrown instanceof SimError) return thrown.faults.map(({ path, expected }) => `${path}: ${expected}`);
    throw thrown;
  }
  return [];
};

describe('a wrapper that comes in through the registry alone', () => {
  it('has its settings filled in, and travels in a link', () => {
    const scenario = read();
    expect(scenario.runs[0]?.wrappers).toEqual([{ kind: 'noise', size: 0.01 }]);
    expect(decodeLink(encodeLink(scenario), info)).toEqual({ scenario, repairs: [] });
  });

  it('is refused in words where a setting is wrong, or where this version does not have it', () => {
    expect(faultsOf({ runs: [{ ...run, wrappers: [{ kind: 'noise', size: 7 }] }] })).toEqual([
      '/runs/0/wrappers/0/size: a number in [0, 1]',
    ]);
    const without = () => parseScenario({ ...SMALL, runs: [run] }, catalogueInfo, 'strict');
    expect(without).toThrow('/runs/0/wrappers/0/kind: expected one of none, l2, ewc, pcgrad, lat');
  });

  it('is run and charted, each swept lane with the numbers of a run of its own', async () => {
    const swept = read({ runs: [{ ...run, sweep: { 'wrappers.noise.size': [0, 0.02] } }], seeds: [0, 1] });
    expect(expandRuns(swept, info).map(({ label }) => label)).toEqual(['GA σ=0', 'GA σ=0.02']);
    const both = await collected(swept, { catalogue });
    const plain = await collected(read({ runs: [{ ...run, wrappers: [] }], seeds: [0, 1] }), { catalogue });
    const alone = await collected(read({ runs: [{ ...run, wrappers: [{ kind: 'noise', size: 0.02 }] }] }), {
      catalogue,
    });
    const loss = (of: typeof both, variant: number, seed: number) => valueAt(of, variant, seed, 'forgetLoss', 10);
    expect(loss(both, 0, 1)).toBe(loss(plain, 0, 1));
    expect(loss(both, 1, 0)).toBe(loss(alone, 0, 0));
    expect(loss(both, 1, 0)).not.toBe(loss(both, 0, 0));
  });

  it('is refused by a method that it does not take, with what would fit, and the other runs go on', async () => {
    const scenario = read({ runs: [{ ...run, name: 'once', method: 'ssd' }, run] });
    const { failures, status, results } = await collected(scenario, { catalogue });
    const [failure] = failures.values();
    expect(failure?.code).toBe('method/failed');
    expect(failure?.message).toContain('once: ssd cannot be wrapped in noise, which asks for steps along a gradient');
    expect(failure?.faults).toEqual([{ path: '/wrappers/0/kind', expected: 'no wrapper', found: 'noise' }]);
    expect(status).toBe('finished');
    expect(results().runs.map(({ name }) => name)).toContain('GA');
  });

  it('is named by a query, searched by a tournament, cited, and said to have no script yet', () => {
    const asked = scenarioFromQuery('?noise.size=0.5', [{ id: 'one', input: { ...SMALL, runs: [run] } }], info);
    expect(asked?.repairs).toEqual([]);
    expect(asked?.scenario.runs[0]?.wrappers).toEqual([{ kind: 'noise', size: 0.5 }]);

    const search = { 'wrappers.noise.size': { min: 0, max: 0.1 } };
    const file = { kind: 'tournament', version: 1, scenario: { ...SMALL }, methods: [{ ...run, search }] };
    expect(parseTournament(file, info, [], 'strict').tournament.methods[0]?.search).toEqual({
      'wrappers.noise.size': { min: 0, max: 0.1, scale: 'linear' },
    });

    const scenario = read();
    expect(bibtexOf(citedIn(scenario, info))).toContain('Adding Gradient Noise');
    const own = scenario.runs[0] as (typeof scenario.runs)[number];
    const method = info.methods.find(({ id }) => id === 'ga');
    expect(method && pytorchRefusal(scenario, own, method, info)).toBe('wrapper');
    expect(changedSettings(own, undefined, info)).toContain('wrappers.noise.kind');
  });
});
