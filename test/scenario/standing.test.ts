import { describe, expect, it } from 'vitest';
import type { Results, RunResult } from '../../src/scenario/format/results.ts';
import { standingOf } from '../../src/scenario/leaderboard/standing.ts';

const metrics = { forgetAccuracy: 0.1, retainAccuracy: 0.9, retainTestAccuracy: 0.8, miaAuc: 0.5 };

const run = (seed: number, change: Partial<RunResult> = {}, values: Record<string, number | null> = {}): RunResult => ({
  name: 'NPO',
  method: 'npo',
  seed,
  params: {},
  settings: {},
  steps: [0, 10],
  metrics: Object.fromEntries(Object.entries({ ...metrics, ...values }).map(([id, value]) => [id, [1, value]])),
  divergedAt: null,
  collapsedAt: null,
  sampleVisits: 0,
  milliseconds: 0,
  ...change,
});

const standing = (runs: readonly RunResult[], change: Partial<Results> = {}) =>
  standingOf({
    runs,
    retrained: [
      { seed: 5, metrics },
      { seed: 6, metrics: { ...metrics, miaAuc: null } },
    ],
    ...change,
  } as Results);

describe('the standing of an entry', () => {
  it('is 0 where the run ends as the retrained model', () => {
    expect(standing([run(5), run(6)])).toBe(0);
  });

  it('is the mean over seeds of the mean distance over the metrics that the retrained model has', () => {
    // Seed 5: (0.4 + 0 + 0 + 0.2) / 4 = 0.15; seed 6, without the attack: 0.3 / 3 = 0.1.
    expect(standing([run(5, {}, { forgetAccuracy: 0.5, miaAuc: 0.7 }), run(6, {}, { retainAccuracy: 0.6 })])).toBe(
      0.125,
    );
  });

  it('does not exist where a run diverged, has no value, or could not run', () => {
    expect(standing([run(5), run(6, { divergedAt: 3 })])).toBeNull();
    expect(standing([run(5), run(6, {}, { forgetAccuracy: null })])).toBeNull();
    const failures = [{ label: 'NPO', error: { code: 'method/failed', message: '', faults: [] } }] as const;
    expect(standing([run(5)], { failures })).toBeNull();
    expect(standing([])).toBeNull();
  });
});
