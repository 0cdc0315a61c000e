import { describe, expect, it } from 'vitest';
import { expandRuns } from '../../src/scenario/format/variants.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { createCollector } from '../../src/sim/collector.ts';
import type { RunEvent, RunEventBody } from '../../src/sim/events.ts';
import { smallCatalogue as catalogue } from '../support/catalogue.ts';

const claim = { text: 'GA forgets', run: 'GA', metric: 'forgetAccuracy', is: '<', value: 0.5 };
const { scenario } = parseScenario(
  {
    version: 1,
    runs: [
      { method: 'ga', steps: 4 },
      { method: 'npo', steps: 3, sweep: { 'params.beta': [0.1, 1] } },
    ],
    seeds: [7, 8],
    evaluate: { every: 2 },
    claims: [claim],
  },
  catalogue,
  'strict',
);
const variants = expandRuns(scenario, catalogue);
const metricIds = ['forgetAccuracy', 'collapsed', 'forgetDistance'];

const started: RunEventBody = {
  type: 'started',
  variants,
  seeds: scenario.seeds,
  metricIds,
  backend: 'cpu',
  engineVersion: '0.1.0',
  shownSeed: 7,
};
const metrics = (model: 'original' | 'retrained' | number, seed: number, step: number, ...values: number[]) =>
  ({ type: 'metrics', model, seed, step, values: Float64Array.from(values) }) as const;

const collect = (...bodies: readonly RunEventBody[]) => {
  const collector = createCollector(scenario);
  bodies.forEach((body, seq) => {
    collector.take({ ...body, runId: 'r', seq } as RunEvent);
  });
  return collector;
};

/** All events of a run in which both seeds of a variant give the same numbers. */
const wholeRun = (milliseconds = 1, last = 0.25): RunEventBody[] => [
  started,
  ...scenario.seeds.flatMap((seed) => [
    metrics('original', seed, 0, 0.9, 0, Number.NaN),
    metrics('retrained', seed, 0, 0, 0, 0),
  ]),
  ...variants.flatMap(({ variant, recorded }) =>
    scenario.seeds.flatMap((seed): RunEventBody[] => [
      ...recorded.map((step) => metrics(variant, seed, step, step === recorded.at(-1) ? last : 0.5, 0, step)),
      { type: 'lane', variant, seed, sampleVisits: 400, milliseconds },
    ]),
  ),
  { type: 'finished', milliseconds },
];

describe('a collector', () => {
  it('is idle, then running, then finished, and counts every event', () => {
    expect(collect().status).toBe('idle');
    expect(collect(started)).toMatchObject({ status: 'running', version: 1, seeds: [7, 8], backend: 'cpu' });
    const events = wholeRun(3);
    expect(collect(...events)).toMatchObject({ status: 'finished', version: events.length, milliseconds: 3 });
    expect(collect(started, { type: 'cancelled' }).status).toBe('cancelled');
    const error = { code: 'worker/internal', message: 'oh', faults: [] } as const;
    expect(collect(started, { type: 'failed', error })).toMatchObject({ status: 'failed', error });
  });

  it('keeps the latest phase and progress', () => {
    const collector = collect(
      started,
      { type: 'phase', phase: 'training', seeds: [7], steps: 600 },
      { type: 'progress', phase: 'training', step: 5, done: 10, total: 100 },
    );
    expect(collector.phase).toBe('training');
    expect(collector.progress).toEqual({ phase: 'training', step: 5, done: 10, total: 100 });
  });

  it('grows one series per variant, seed and metric in place', () => {
    const collector = collect(started, metrics(0, 7, 0, 0.9, 0, 1));
    const series = collector.lane(0, 7)?.series('forgetAccuracy');
    expect(Array.from(series ?? [])).toEqual([0.9, Number.NaN, Number.NaN]);
    collector.take({ ...metrics(0, 7, 2, 0.4, 1, 2), runId: 'r', seq: 2 });
    collector.take({ ...metrics(0, 7, 4, 0.1, 1, 3), runId: 'r', seq: 3 });
    expect(Array.from(series ?? [])).toEqual([0.9, 0.4, 0.1]);
    expect(collector.lane(0, 7)?.series('forgetAccuracy')).toBe(series);
    expect(collector.lane(0, 7)).toMatchObject({ count: 3, steps: [0, 2, 4], isDone: false });
    expect(collector.lane(0, 7)?.series('unheardOf')).toHaveLength(0);
    expect(collector.lane(0, 8)).toBeUndefined();
  });

  it('says when a lane collapsed, diverged and was done', () => {
    const collector = collect(
      started,
      metrics(0, 7, 0, 0.9, 0, 1),
      metrics(0, 7, 2, 0.4, 1, 1),
      metrics(0, 7, 4, 0.4, 1, 1),
      { type: 'diverged', variant: 0, seed: 7, step: 3 },
      { type: 'lane', variant: 0, seed: 7, sampleVisits: 12, milliseconds: 2 },
    );
    expect(collector.lane(0, 7)).toMatchObject({ collapsedAt: 2, divergedAt: 3, isDone: true, sampleVisits: 12 });
  });

  it('does not call fresh weights collapsed, but does call a later fall one', () => {
    const fresh = collect(
      started,
      metrics(0, 7, 0, 0.2, 1, 1),
      metrics(0, 7, 2, 0.2, 1, 1),
      metrics(0, 7, 4, 0.9, 0, 1),
    );
    expect(fresh.lane(0, 7)?.collapsedAt).toBeNull();
    const fallen = collect(
      started,
      metrics(0, 7, 0, 0.2, 1, 1),
      metrics(0, 7, 2, 0.9, 0, 1),
      metrics(0, 7, 4, 0.2, 1, 1),
    );
    expect(fallen.lane(0, 7)?.collapsedAt).toBe(4);
  });

  it('knows the numbers of the original and the retrained model', () => {
    const collector = collect(started, metrics('original', 7, 0, 0.9, 0, 1));
    expect(collector.reference('original', 7, 'forgetAccuracy')).toBe(0.9);
    expect(collector.reference('original', 8, 'forgetAccuracy')).toBeNaN();
    expect(collector.reference('retrained', 7, 'forgetAccuracy')).toBeNaN();
    expect(collector.reference('original', 7, 'unheardOf')).toBeNaN();
  });

  it('lists a variant that could not run, and goes on with the others', () => {
    const error = { code: 'method/failed', message: 'keeps nothing', faults: [] } as const;
    const collector = collect(started, { type: 'variantFailed', variant: 1, error });
    expect(collector.failures.get(1)).toEqual(error);
    expect(collector.results().failures).toEqual([{ label: 'NPO β=0.1', error }]);
  });
});

describe('results', () => {
  const results = collect(...wholeRun()).results();

  it('have one entry per variant and seed, with every setting', () => {
    expect(results.runs.map(({ name, seed, params }) => [name, seed, params])).toEqual([
      ['GA', 7, {}],
      ['GA', 8, {}],
      ['NPO', 7, { beta: 0.1 }],
      ['NPO', 8, { beta: 0.1 }],
      ['NPO', 7, { beta: 1 }],
      ['NPO', 8, { beta: 1 }],
    ]);
    expect(results.runs[2]).toMatchObject({ method: 'npo', steps: [0, 2, 3], divergedAt: null, sampleVisits: 400 });
    expect(results.runs[2]?.settings['params.beta']).toBe(0.1);
    expect(results.engine).toEqual({ backend: 'cpu', version: '0.1.0' });
  });

  it('write null for what does not exist, and can be written as JSON', () => {
    expect(results.original[0]).toEqual({
      seed: 7,
      metrics: { forgetAccuracy: 0.9, collapsed: 0, forgetDistance: null },
    });
    expect(JSON.parse(JSON.stringify(results))).toEqual(results);
  });

  it('judge the claims', () => {
    expect(results.claims).toMatchObject([{ text: 'GA forgets', holds: true, held: 2, of: 2, leftOut: 0 }]);
  });

  it('hold what there is of a run that was cancelled', () => {
    const { runs, original } = collect(started, metrics(0, 8, 0, 1, 0, 0), { type: 'cancelled' }).results();
    expect(original).toEqual([]);
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({ name: 'GA', seed: 8, steps: [0], metrics: { forgetAccuracy: [1] } });
  });
});

describe('the checksum', () => {
  const sum = (...events: readonly RunEventBody[]) => collect(...events).results().checksum;

  it('is eight hexadecimal digits, the same for the same numbers', () => {
    expect(sum(...wholeRun())).toMatch(/^[0-9a-f]{8}$/);
    expect(sum(...wholeRun(1))).toBe(sum(...wholeRun(99)));
  });

  it('follows the fourth decimal, not the fifth', () => {
    expect(sum(...wholeRun(1, 0.25001))).toBe(sum(...wholeRun()));
    expect(sum(...wholeRun(1, 0.2502))).not.toBe(sum(...wholeRun()));
  });

  it('exists for a run that has recorded nothing', () => {
    expect(sum(started)).toMatch(/^[0-9a-f]{8}$/);
  });
});
