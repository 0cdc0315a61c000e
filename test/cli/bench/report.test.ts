import { describe, expect, it } from 'vitest';
import { jobs, type Objective } from '../../../src/cli/bench/jobs.ts';
import { type Measured, toJson, toText } from '../../../src/cli/bench/report.ts';
import type { JobRates } from '../../../src/cli/bench/steps.ts';

const machine = {
  cpu: 'A processor',
  cores: 2,
  platform: 'linux x64',
  node: '20.19.0',
  load: 0.1,
  pytorch: 'python3: no module',
};

const rated = (id: string, objective: Objective, rates: Record<string, readonly number[]>): JobRates => ({
  job: jobs.find((job) => job.id === id) as (typeof jobs)[number],
  objective,
  rates: new Map(Object.entries(rates)),
});

const measured: Measured = {
  jobs: [
    rated('P1', 'cross-entropy', { 'kernels, 5 lanes': [9000], 'tfjs wasm, 5 lanes': [10] }),
    rated('P1', 'NPO + retain', {
      'kernels, 5 lanes': [1000, 4000, 2000],
      'tfjs wasm, 5 lanes': [100, 100, 100],
      'Playground style': [50, 100, 40],
    }),
  ],
  numbers: { ours: [200, 400, 300], theirs: [100, 100, 150] },
  diffusion: { ours: [30, 30, 90], theirs: [10, 20, 30] },
  language: [
    { task: 'train', ours: [90], theirs: new Map([['tfjs wasm, 5 lanes', [1]]]) },
    { task: 'unlearn', ours: [60, 30], theirs: new Map([['tfjs wasm, 5 lanes', [2, 1]], ['PyTorch', [30, 20]]]) }, // biome-ignore format: a table
  ],
  comparison: {
    seeds: 5,
    runs: 8,
    seconds: new Map([
      ['kernels', [1, 2]],
      ['PyTorch', [6, 10]],
    ]),
    apart: { run: 'GA', by: 0.01 },
  },
  growth: { lanes: 0.98, methods: 1.01, steps: 1, rows: 0.999999 },
  machine,
};

describe('the report of bench', () => {
  it('is JSON with exactly these keys: medians of NPO + retain, null where a peer did not run', () => {
    expect(toJson(measured)).toEqual({
      ratios: {
        'p1.tfjsWasm': 20,
        'p1.playground': 40,
        'p1.pytorch': null,
        'p2.tfjsWasm': null,
        'p2.pytorch': null,
        'p3.tfjsWasm': null,
        'p3.pytorch': null,
        'numbers.pytorch': 2,
        'diffusion.pytorch': 3,
        'lm.tfjsWasm': 30,
        'lm.pytorch': 1.75,
        'comparison.pytorch': 5.5,
      },
      growth: { lanes: 0.98, methods: 1.01, steps: 1, rows: 1 },
      machine,
    });
    const nothing = toJson({ jobs: [], machine });
    expect(Object.keys(nothing.ratios)).toEqual(Object.keys(toJson(measured).ratios));
    expect(nothing.growth).toEqual({ lanes: null, methods: null, steps: null, rows: null });
    expect(JSON.parse(JSON.stringify(nothing))).toEqual(nothing);
  });

  it('is a table with rates, ratios and their quartiles, and why a peer is missing', () => {
    const lines = toText(measured).split('\n');
    expect(lines).toContain('P1, NPO + retain: 2-16-16-3, 128 forget and 128 retain rows a step');
    const wasm = lines.filter((line) => line.startsWith('  tfjs wasm, 5 lanes')).at(-1);
    expect(wasm?.replace(/ +/g, ' ')).toBe(' tfjs wasm, 5 lanes 100 [100, 100] x 20.0 [15.0, 30.0]');
    expect(lines.some((line) => line.includes('8 runs, 5 seeds'))).toBe(true);
    expect(lines.some((line) => line.includes('lanes 0.98'))).toBe(true);
    const torch = lines.filter((line) => line.includes('PyTorch ')).map((line) => line.replace(/ +/g, ' '));
    expect(torch).toContainEqual(expect.stringMatching(/^ PyTorch 100 \[100, 1\d\d\] x 2\.00 /));
    expect(torch).toContainEqual(expect.stringMatching(/^ PyTorch 20\.0 \[15\.0, 25\.0\] x 3\.00 /));
    expect(lines.map((line) => line.trim().replace(/ +/g, ' '))).toContain(
      'tfjs wasm, 5 lanes 1.50 [1.25, 1.75] x 30.0 [30.0, 30.0]',
    );
    expect(lines.some((line) => line.includes('one-hot'))).toBe(true);
    expect(lines).toContain('PyTorch: python3: no module');
  });
});
