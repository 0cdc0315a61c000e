import { beforeAll, describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';
import { engineForTests } from '../support/engine.ts';
import { collected } from '../support/run.ts';
import { scaled } from '../support/pace.ts';

beforeAll(engineForTests);

/** UA, RA, TA as another implementation (PyTorch, float64) found them for the same kind of data, mean of three seeds. */
type Row = readonly [ua: number, ra: number, ta: number];
interface Anchor {
  readonly run: Readonly<Record<string, unknown>>;
  readonly random: Row;
  readonly class?: Row;
  /** Where a number is more than a tenth away: which, and why. */
  readonly differs?: Readonly<Record<string, string>>;
}

const ce = { kind: 'ce' };
const START = 'steep ascent from a confident start: when the fall begins depends on how far the draw was fitted';
const LABELS = 'labels drawn once at random: other draws, other neighbors';
const ANCHORS: Readonly<Record<string, Anchor>> = {
  ft: { run: { method: 'ft' }, random: [0, 1, 0.73], class: [0, 1, 0.89] },
  ga: {
    run: { method: 'ga', learningRate: 0.02, steps: 40 },
    random: [0.47, 0.59, 0.49],
    differs: { 'random UA': START, 'random RA': START },
  },
  npo: { run: { method: 'npo', steps: 150 }, random: [0.63, 0.47, 0.41], class: [1, 0.99, 0.91], differs: { 'random UA': START, 'random RA': START, 'random TA': START } },
  npo_rt: { run: { method: 'npo', retain: ce }, random: [0.36, 1, 0.72], class: [1, 1, 0.92] },
  simnpo_rt: {
    run: { method: 'simnpo', retain: ce, params: { forgetWeight: 0.25 } },
    random: [0.13, 1, 0.73],
    class: [0.95, 1, 0.92],
    differs: { 'class UA': START },
  },
  dpo_rt: { run: { method: 'dpo', retain: ce, steps: 100 }, random: [0.21, 1, 0.68], class: [0.99, 1, 0.92] },
  rl_all: {
    run: { method: 'rl', retain: ce, steps: 100, params: { labels: 'all', redraw: 'once' } },
    random: [0.84, 0.93, 0.61],
    class: [0.82, 0.99, 0.86],
  },
  salun: {
    run: { method: 'rl', retain: ce, steps: 100, params: { labels: 'all', redraw: 'once' }, mask: { kind: 'salun', keep: 0.5 } },
    random: [0.81, 0.9, 0.59],
    class: [0.83, 0.98, 0.86],
  },
  wga: { run: { method: 'wga', retain: ce }, random: [0.34, 1, 0.72], class: [1, 1, 0.92] },
  undial: { run: { method: 'undial', retain: ce }, random: [0.26, 1, 0.72], class: [0.12, 1, 0.9] },
  flat: {
    run: { method: 'flat', steps: 100 },
    random: [0.26, 0.83, 0.65],
    class: [1, 0.99, 0.91],
    differs: { 'class UA': LABELS },
  },
  scrub: {
    run: { method: 'scrub', optimizer: 'adam', learningRate: 0.002, steps: 150, batchSize: 32, retain: { kind: 'none', batchSize: 64 } },
    random: [0.06, 1, 0.73],
    class: [0.59, 1, 0.9],
    differs: {
      'class UA': 'it leaves its plateau in every draw here; there it stalled in one of three',
      'random UA': 'a min pass comes first here, so that the max steps have something to push against',
    },
  },
  bad_teacher: {
    run: { method: 'bad-teacher', optimizer: 'adam', learningRate: 0.005, steps: 150 },
    random: [0.71, 1, 0.68],
    class: [0.97, 1, 0.9],
    differs: { 'random UA': 'another random teacher', 'class UA': 'another random teacher' },
  },
  rmu: {
    run: { method: 'rmu', optimizer: 'adam', learningRate: 0.003 },
    random: [0.1, 0.97, 0.7],
    class: [0.47, 1, 0.91],
  },
  ssd: { run: { method: 'ssd', params: { selection: 3 } }, random: [0.17, 0.89, 0.69], class: [0.88, 0.96, 0.86], differs: { 'class UA': 'one of three draws keeps half of the class' } },
  ssd_none: { run: { method: 'ssd', params: { selection: 10 } }, random: [0, 1, 0.73], class: [0, 1, 0.88] },
  boundary: {
    run: { method: 'boundary-shrink', learningRate: 0.02, steps: 60 },
    random: [0.84, 0.72, 0.51],
    class: [0.93, 1, 0.91],
    differs: { 'class UA': 'in one of three draws the step of 0.8 does not cross the boundary for a part of the class' },
  },
  euk: { run: { method: 'euk', learningRate: 0.1, steps: 300 }, random: [0.08, 1, 0.74], class: [1, 1, 0.92] },
};

const base = {
  version: 1,
  model: { hidden: [64, 64], activation: 'relu' },
  training: { steps: 150 },
  seeds: [0, 1, 2],
  evaluate: { every: 2000 },
};
const runs = (names: readonly string[]) =>
  names.map((name) => ({ name, steps: 200, learningRate: 0.05, ...ANCHORS[name]?.run }));

describe.each([
  { kind: 'random', forget: { kind: 'random', fraction: 0.1, seed: 'lane' }, flip: 0.08, test: 'testAccuracy' },
  { kind: 'class', forget: { kind: 'class', label: 0 }, flip: 0, test: 'retainTestAccuracy' },
] as const)('forgetting at $kind', ({ kind, forget, flip, test }) => {
  const names = Object.keys(ANCHORS).filter((name) => ANCHORS[name]?.[kind]);

  it('whole methods end where another implementation ends, within a tenth, or the reason is given', async () => {
    const data = { generator: 'high-dim-blobs', seed: 'lane', params: { classes: 6, perClass: 80, noise: 0.8, flip } };
    const { scenario } = parseScenario({ ...base, data, forget, runs: runs(names) }, catalogueInfo, 'strict');
    const results = (await collected(scenario)).results();
    const surprises: string[] = [];
    for (const name of names) {
      const lanes = results.runs.filter((run) => run.name === name);
      const mean = (metric: string) =>
        lanes.reduce((sum, { metrics }) => sum + (metrics[metric]?.at(-1) as number), 0) / lanes.length;
      const found = { UA: 1 - mean('forgetAccuracy'), RA: mean('retainAccuracy'), TA: mean(test) };
      const { differs = {}, [kind]: expected } = ANCHORS[name] as Anchor;
      (['UA', 'RA', 'TA'] as const).forEach((key, i) => {
        const gap = Math.abs(found[key] - (expected?.[i] as number));
        const isExcused = `${kind} ${key}` in differs;
        if (gap > 0.1 && !isExcused) surprises.push(`${name} ${key}: ${found[key].toFixed(2)} against ${expected?.[i]}`);
      });
    }
    expect(surprises).toEqual([]);
  }, scaled(120_000));
});
