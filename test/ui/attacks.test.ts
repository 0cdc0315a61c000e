import { describe, expect, it } from 'vitest';
import type { AttackOutcome } from '../../src/engine/contracts/attack.ts';
import type { AttackJob, LabRun } from '../../src/store/contracts/state.ts';
import { courseOf, endOf, jobsOf } from '../../src/ui/rooms/attack/jobs.ts';

const outcome = (...values: number[]): AttackOutcome => ({
  values: { unlearned: { relearnAccuracy: { steps: values.map((_, i) => 5 * i), values } } },
  notes: [],
});
const job = (fields: Partial<AttackJob>): AttackJob => ({
  id: 1,
  runId: 'a',
  kind: 'relearn',
  variant: 0,
  label: 'GA',
  step: 10,
  params: {},
  seeds: [0, 1, 2],
  status: 'done',
  share: 1,
  leftMs: null,
  findings: [],
  errors: [],
  ...fields,
});
const run = {
  runId: 'a',
  scenario: { attacks: [{ kind: 'relearn', run: 'GA', at: 'last', params: {} }] },
  collector: {
    seeds: [0, 1],
    variants: [{ label: 'GA' }, { label: 'NPO' }],
    attacks: [
      { type: 'attack', attack: 0, variant: 0, seed: 1, step: 20, outcome: outcome(0.5) },
      { type: 'attack', attack: 0, variant: 0, seed: 0, step: 20, outcome: outcome(0.25) },
    ],
  },
} as unknown as LabRun;

describe('what attacks found', () => {
  it('is read in the end and step by step', () => {
    const own = job({
      findings: [
        { seed: 0, step: 10, outcome: outcome(0, 0.5) },
        { seed: 1, step: 10, outcome: outcome(0.25, 1) },
      ],
    });
    expect(endOf(own, 'unlearned', 'relearnAccuracy')).toEqual({ median: 0.75, low: 0.5, high: 1, n: 2 });
    expect(courseOf(own, 'unlearned', 'relearnAccuracy').map(({ step, band }) => [step, band.median])).toEqual([
      [0, 0.125],
      [5, 0.75],
    ]);
    expect(endOf(own, 'unlearned', 'relearnAccuracy', 'iqr')).toMatchObject({ low: 0.625, high: 0.875 });
    expect(courseOf(own, 'unlearned', 'relearnAccuracy').map(({ each }) => each)).toEqual([
      [0, 0.25],
      [0.5, 1],
    ]);
    expect(endOf(own, 'fresh', 'relearnAccuracy')).toBeNull();
  });

  it('includes what the scenario asks for, unless the reader has attacked the same run', () => {
    const [asked] = jobsOf(run, [], 'relearn');
    expect(asked).toMatchObject({ label: 'GA', step: 20, status: 'done' });
    expect(asked?.findings.map(({ seed }) => seed)).toEqual([0, 1]);
    expect(jobsOf(run, [], 'probe')).toEqual([]);
    const other = job({ variant: 1, label: 'NPO' });
    expect(jobsOf(run, [other], 'relearn').map(({ label }) => label)).toEqual(['GA', 'NPO']);
    expect(jobsOf(run, [job({ id: 9 })], 'relearn').map(({ id }) => id)).toEqual([9]);
  });

  it('of a run that is no longer on screen is not shown', () => {
    expect(jobsOf(run, [job({ runId: 'z', variant: 1 })], 'relearn')).toHaveLength(1);
    expect(jobsOf(null, [job({})], 'relearn')).toEqual([]);
  });
});
