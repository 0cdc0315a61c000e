import { describe, expect, it } from 'vitest';
import { expandRuns, recordedSteps, settingsAt } from '../../src/scenario/format/variants.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { smallCatalogue as catalogue } from '../support/catalogue.ts';

const scenarioOf = (runs: readonly object[], every = 5) =>
  parseScenario({ version: 1, runs, evaluate: { every } }, catalogue, 'strict').scenario;

describe('the variants of a scenario', () => {
  it('are its runs where nothing is swept', () => {
    const variants = expandRuns(scenarioOf([{ method: 'ga' }, { method: 'npo', steps: 7 }]), catalogue);
    expect(variants.map(({ label, run, variant, swept }) => ({ label, run, variant, swept }))).toEqual([
      { label: 'GA', run: 0, variant: 0, swept: {} },
      { label: 'NPO', run: 1, variant: 1, swept: {} },
    ]);
    expect(variants[1]).toMatchObject({ name: 'NPO', method: 'npo', steps: 7, recorded: [0, 5, 7] });
  });

  it('are the product of its sweeps, in the order of their keys, labeled with the symbols of the field', () => {
    const sweep = { 'params.beta': [0.1, 1], 'retain.kind': ['none', 'ce'] };
    const variants = expandRuns(scenarioOf([{ method: 'npo', sweep }]), catalogue);
    expect(variants.map(({ label }) => label)).toEqual([
      'NPO β=0.1 retain=none',
      'NPO β=0.1 retain=ce',
      'NPO β=1 retain=none',
      'NPO β=1 retain=ce',
    ]);
    expect(variants[1]?.swept).toEqual({ 'params.beta': 0.1, 'retain.kind': 'ce' });
  });

  it('know every setting of theirs by dotted path', () => {
    const run = { method: 'npo', sweep: { steps: [3], 'mask.keep': [0.2] } };
    const [variant] = expandRuns(scenarioOf([run], 2), catalogue);
    expect(variant?.settings).toEqual({
      'params.beta': 1,
      optimizer: 'sgd',
      learningRate: 0.05,
      momentum: 0.9,
      weightDecay: 0,
      clipNorm: 0,
      steps: 3,
      batchSize: 'full',
      'retain.kind': 'none',
      'retain.weight': 1,
      'retain.batchSize': 'full',
      'mask.kind': 'none',
      'mask.keep': 0.2,
    });
    expect(variant?.recorded).toEqual([0, 2, 3]);
  });

  it('have different labels even where a run is named like another one’s variant', () => {
    const runs = [
      { name: 'NPO β=1', method: 'npo' },
      { name: 'NPO', method: 'npo', sweep: { 'params.beta': [1, 2] } },
    ];
    const labels = expandRuns(scenarioOf(runs), catalogue).map(({ label }) => label);
    expect(labels).toEqual(['NPO β=1', 'NPO β=1 (2)', 'NPO β=2']);
  });
});

describe('a run at a swept setting', () => {
  it('has the values in their places and no sweep', () => {
    const wrappers = [{ kind: 'l2' }, { kind: 'pcgrad' }];
    const [run] = scenarioOf([{ method: 'npo', wrappers, sweep: { 'params.beta': [2] } }]).runs;
    if (run === undefined) throw new Error('no run');
    const single = settingsAt(run, {
      'params.beta': 2,
      learningRate: 0.5,
      'retain.weight': 3,
      'mask.kind': 'salun',
      'wrappers.l2.kind': 'ewc',
      'wrappers.l2.weight': 5,
      'wrappers.lat.epsilon': 2,
      'wrappers.pcgrad.kind': 'none',
    });
    expect(single).toEqual({
      ...run,
      params: { beta: 2 },
      learningRate: 0.5,
      retain: { ...run.retain, weight: 3 },
      mask: { ...run.mask, kind: 'salun' },
      wrappers: [
        { kind: 'ewc', weight: 5 },
        { kind: 'lat', epsilon: 2 },
      ],
      sweep: {},
    });
  });
});

describe('recorded steps', () => {
  it.each([
    [10, 5, [0, 5, 10]],
    [11, 5, [0, 5, 10, 11]],
    [3, 5, [0, 3]],
    [1, 1, [0, 1]],
  ])('of %i steps, every %i', (steps, every, recorded) => {
    expect(recordedSteps(steps, every)).toEqual(recorded);
  });
});
