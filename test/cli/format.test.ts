import { describe, expect, it } from 'vitest';
import { formatCsv, formatJson, formatTable, meanAndRange } from '../../src/cli/format.ts';
import { madeBy } from '../../src/scenario/files/made-by.ts';
import type { Results, RunResult } from '../../src/scenario/format/results.ts';
import { expandRuns } from '../../src/scenario/format/variants.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { smallCatalogue as catalogue } from '../support/catalogue.ts';

const { scenario } = parseScenario(
  {
    version: 1,
    id: 'demo',
    title: 'A demo',
    runs: [
      { name: 'GA, "plain"', method: 'ga', steps: 2 },
      { name: 'NPO', method: 'npo', steps: 2, sweep: { 'params.beta': [0.1, 1] } },
    ],
    seeds: [0, 1],
  },
  catalogue,
  'strict',
);
const variants = expandRuns(scenario, catalogue);
const model = (seed: number, value: number) => ({ seed, metrics: { forgetAccuracy: value, retainDistance: null } });
const runs = variants.flatMap(({ name, method, settings, variant }) =>
  scenario.seeds.map((seed): RunResult => {
    const forgetAccuracy = [0.5, variant + seed / 10];
    return {
      name,
      method,
      seed,
      params: {},
      settings,
      steps: [0, 2],
      metrics: { forgetAccuracy, retainDistance: [null, 1e7] },
      divergedAt: null,
      collapsedAt: variant === 0 ? 2 : null,
      sampleVisits: 1,
      milliseconds: 1,
    };
  }),
);
const results: Results = {
  version: 1,
  scenario,
  checksum: '0123abcd',
  engine: { backend: 'wasm', version: '0.1.0' },
  original: [model(0, 0.9), model(1, 1)],
  retrained: [model(0, 0), model(1, 0)],
  runs,
  claims: [
    { text: 'it works', holds: true, held: 2, of: 2, leftOut: 0, seeds: [] },
    {
      text: 'it flies',
      holds: false,
      held: 0,
      of: 1,
      leftOut: 1,
      seeds: [
        { seed: 0, left: 0.25, right: 0.5, holds: false },
        { seed: 1, left: null, right: 0.5, holds: null },
      ],
    },
  ],
};

describe('a mean with its range', () => {
  it('is over the values that exist', () => {
    expect(meanAndRange([0, 0.5, null, 1])).toBe('0.500 [0.000, 1.000]');
    expect(meanAndRange([0.25])).toBe('0.250');
    expect(meanAndRange([null, undefined])).toBe('-');
    expect(meanAndRange([123.4, 1e9])).toBe('5.0e+8 [123, 1.0e+9]');
  });
});

describe('the table', () => {
  const lines = formatTable(results, variants).split('\n');
  it('has a row for the original, the retrained and each swept setting', () => {
    expect(lines[0]).toBe('demo: A demo');
    expect(lines).toContainEqual(expect.stringMatching(/^Original +0\.950 \[0\.900, 1\.000\]/));
    expect(lines).toContainEqual(expect.stringMatching(/^NPO β=0\.1 +1\.050 \[1\.000, 1\.100\]/));
    expect(lines).toContainEqual(expect.stringMatching(/^NPO β=1 +2\.050 \[2\.000, 2\.100\]/));
    expect(lines).toContainEqual(expect.stringMatching(/^GA, "plain" .*collapsed 2\/2 \(from step 2\)$/));
  });

  it('lists the claims, with the numbers of those that fail', () => {
    expect(lines).toContain('  holds on 2 of 2 seeds: it works');
    expect(lines).toContain('  FAILS on 0 of 1 seed, 1 left out: it flies');
    expect(lines).toContain('    seed 0: 0.250 against 0.500');
    expect(lines).toContain('    seed 1: nothing against 0.500');
  });
});

describe('CSV', () => {
  it('has one row per run, seed and step, with the swept settings', () => {
    const lines = formatCsv(results).split('\n');
    expect(lines[0]).toBe('run,method,params.beta,seed,step,forgetAccuracy,retainDistance');
    expect(lines[1]).toBe('"GA, ""plain""",ga,,0,0,0.5,');
    expect(lines[6]).toBe('NPO,npo,0.1,0,2,1,10000000');
    expect(lines).toHaveLength(1 + 3 * 2 * 2 + 1);
  });
});

describe('JSON', () => {
  it('is the results as they are', () => {
    expect(JSON.parse(formatJson(results))).toEqual({ ...results, lab: madeBy });
  });
});
