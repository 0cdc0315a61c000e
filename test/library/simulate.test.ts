import { beforeAll, describe, expect, it } from 'vitest';
import { SimError } from '../../src/engine/base/errors.ts';
import { exp } from '../../src/engine/base/math.ts';
import * as tf from '../../src/engine/base/tf.ts';
import type { AnyMethod } from '../../src/engine/contracts/method.ts';
import { rowMethod } from '../../src/engine/method-kinds.ts';
import { presets } from '../../src/library/presets.ts';
import { simulate } from '../../src/library/simulate.ts';
import { engineForTests } from '../support/engine.ts';
import { collected, SMALL, small } from '../support/run.ts';

beforeAll(engineForTests);

const fading = (id: string) =>
  rowMethod({
    id,
    title: 'Fading ascent',
    short: 'FA',
    summary: 'It fades.',
    formula: 'L = E_forget[p_y]',
    citation: { authors: 'A', title: 'T', year: 2026, url: 'https://example.org' },
    needs: ['forget'],
    sequences: true,
    start: 'original',
    schedule: 'iterative',
    params: {
      strength: {
        kind: 'number',
        label: 'Strength',
        symbol: 's',
        help: 'How hard.',
        default: 1,
        min: 0,
        max: 10,
        scale: 'linear',
      },
    },
    recipes: [],
    terms: [
      {
        on: 'forget',
        pulls: [{ towards: 'label', weight: (row, { strength }) => -strength * exp(row.logP) }],
        loss: (rows, { strength }) => tf.mul(strength, tf.exp(rows.logP)),
      },
    ],
  });

const GA = { name: 'GA', method: 'ga', steps: 10, learningRate: 0.1 };
const OWN = { name: 'Own', method: 'my-rule', steps: 10, learningRate: 0.1 };

const errorOf = (body: () => unknown): SimError => {
  try {
    body();
  } catch (thrown) {
    if (thrown instanceof SimError) return thrown;
  }
  throw new Error('it threw no SimError');
};

describe('simulate', () => {
  it('gives the numbers of the lab', async () => {
    const { checksum } = await simulate({ ...SMALL, runs: [GA] }).results();
    expect(checksum).toBe((await collected(small({ runs: [GA] }))).results().checksum);
  });

  it('runs a method of one’s own, sweeps its hyperparameter, and names it by its symbol', async () => {
    const runs = [{ ...OWN, sweep: { 'params.strength': [0, 5] } }];
    const simulation = simulate({ ...SMALL, runs }, { methods: [fading('my-rule')] });
    const labels: string[] = [];
    for await (const event of simulation) {
      if (event.type === 'started') labels.push(...event.variants.map(({ label }) => label));
    }
    expect(labels).toEqual(['Own s=0', 'Own s=5']);
    const { runs: found, original } = await simulation.results();
    const [still, forgotten] = found.map(({ metrics }) => metrics['forgetLoss']?.at(-1) as number);
    expect(still).toBeCloseTo(original[0]?.metrics['forgetLoss'] as number, 6);
    expect(forgotten).toBeGreaterThan(still as number);
  });

  it('knows a method only in the simulation that was given it', async () => {
    await simulate({ ...SMALL, runs: [OWN] }, { methods: [fading('my-rule')] }).results();
    const { code, faults } = errorOf(() => simulate({ ...SMALL, runs: [OWN] }));
    expect(code).toBe('scenario/invalid');
    expect(faults[0]).toMatchObject({ path: '/runs/0/method', found: '"my-rule"' });
  });

  it('runs one’s own method on models of another family', async () => {
    const input = { version: 2, family: 'text', training: { steps: 10 }, seeds: [0], runs: [{ ...OWN, steps: 2 }] };
    const { runs } = await simulate(input, { methods: [fading('my-rule')] }).results();
    expect(runs[0]?.metrics).toHaveProperty('forgetQuality');
  });

  it('computes what is asked for only', async () => {
    const { runs } = await simulate({ ...SMALL, runs: [GA] }, { metrics: ['forgetAccuracy'] }).results();
    expect(Object.keys(runs[0]?.metrics ?? {})).toEqual(['forgetAccuracy']);
  });

  it('that was left early gives what it found, and leaves no tensor behind', async () => {
    await simulate({ ...SMALL, runs: [GA] }).results();
    const before = tf.tensorCount();
    const simulation = simulate({ ...SMALL, runs: [GA] });
    for await (const event of simulation) if (event.type === 'metrics' && event.model === 0 && event.step >= 5) break;
    const { runs } = await simulation.results();
    expect(runs[0]?.steps.at(-1)).toBeLessThan(10);
    expect(tf.tensorCount()).toBe(before);
  });

  it('goes on where another simulation waits', async () => {
    const [first, second] = [simulate({ ...SMALL, runs: [GA] }), simulate({ ...SMALL, runs: [GA] })];
    const events = first[Symbol.asyncIterator]();
    await events.next();
    const { checksum } = await second.results();
    expect((await first.results()).checksum).toBe(checksum);
  });

  it.each([
    ['no object', null, 'a method as rowMethod() or editMethod() makes it'],
    ['no functions', { id: 'x' }, 'a method as rowMethod() or editMethod() makes it'],
    ['the id of another method', { ...fading('my-rule'), id: 'npo' }, 'an id that no other method has'],
    ['an id that no link can hold', { ...fading('my-rule'), id: 'My rule' }, 'an id in kebab-case'],
    ['no hyperparameters', { ...fading('my-rule'), params: undefined }, 'a method with params, needs and recipes'],
  ])('refuses a method with %s, and says which and why', (_, method, expected) => {
    const { code, faults } = errorOf(() =>
      simulate({ ...SMALL, runs: [] }, { methods: [fading('other'), method as AnyMethod] }),
    );
    expect(code).toBe('method/failed');
    expect(faults[0]).toMatchObject({ path: '/methods/1', expected });
  });

  it('tells every fault of a scenario, with its place', () => {
    const { faults } = errorOf(() => simulate({ ...SMALL, seeds: ['x'], runs: [{ ...GA, steps: -1 }] }));
    expect(faults.map(({ path }) => path)).toEqual(['/runs/0/steps', '/seeds/0']);
  });
});

describe('presets', () => {
  it('are experiments by their ids, ready to be changed', () => {
    expect(Object.keys(presets)).toContain('ga-vs-npo');
    expect(simulate({ ...presets['ga-vs-npo'], seeds: [3] }).scenario.seeds).toEqual([3]);
  });
});
