import { beforeAll, describe, expect, it } from 'vitest';
import { formatTable } from '../../src/cli/format.ts';
import * as tf from '../../src/engine/base/tf.ts';
import { engineForTests } from '../support/engine.ts';
import { collected, eventsOf, small, stream } from '../support/run.ts';

beforeAll(engineForTests);

const runs = [
  { name: 'GA', method: 'ga', steps: 10 },
  { name: 'NPO', method: 'npo', steps: 12, sweep: { 'params.beta': [0.1, 1] } },
];
const relearn = { kind: 'relearn', run: 'NPO', params: { examples: 5, steps: 4 } };
const probe = { kind: 'probe', run: 'GA', at: 7 };
const asked = (fields: object = {}) =>
  small({ runs, attacks: [relearn, probe], seeds: [0, 1], evaluate: { every: 5 }, ...fields });

describe('attacks that a scenario asks for', () => {
  it('are tried on every setting and seed, at the nearest recorded step', async () => {
    const { attacks = [] } = (await collected(asked())).results();
    expect(attacks.map(({ kind, run, seed, step }) => [kind, run, seed, step])).toEqual([
      ['relearn', 'NPO', 0, 12],
      ['relearn', 'NPO', 1, 12],
      ['relearn', 'NPO', 0, 12],
      ['relearn', 'NPO', 1, 12],
      ['probe', 'GA', 0, 5],
      ['probe', 'GA', 1, 5],
    ]);
    expect(attacks[0]?.values.unlearned?.['relearnAccuracy']?.steps).toEqual([0, 1, 2, 3, 4]);
  });

  it('change no number of the runs, and no checksum', async () => {
    const [with_, without] = [
      (await collected(asked())).results(),
      (await collected(small({ runs, seeds: [0, 1], evaluate: { every: 5 } }))).results(),
    ];
    expect(with_.checksum).toBe(without.checksum);
    expect(with_.runs.map(({ metrics }) => metrics)).toEqual(without.runs.map(({ metrics }) => metrics));
    expect(without).not.toHaveProperty('attacks');
  });

  it('count in the progress, which does not run back or over its end', async () => {
    const shares = (await eventsOf(asked())).flatMap((event) =>
      event.type === 'progress' ? [event.done / event.total] : [],
    );
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBeLessThanOrEqual(1);
  });

  it('that cannot be tried are told, and the others go on', async () => {
    const backdoor = { kind: 'backdoor', run: 'GA' };
    const { attacks, attackFailures } = (await collected(asked({ attacks: [backdoor, probe] }))).results();
    expect(attacks?.map(({ kind }) => kind)).toEqual(['probe', 'probe']);
    expect(attackFailures?.map(({ kind, error }) => [kind, error.code])).toEqual([
      ['backdoor', 'attack/refused'],
      ['backdoor', 'attack/refused'],
    ]);
  });

  it('are printed with their controls', async () => {
    const collector = await collected(asked());
    const table = formatTable(collector.results(), collector.variants);
    expect(table).toContain('Attack relearn on NPO at step 12.');
    expect(table).toMatch(/fresh weights +\d\.\d{3}/);
  });

  it('leave no tensor where they are stopped', async () => {
    const before = tf.tensorCount();
    const events = stream(asked());
    for await (const event of events) if (event.type === 'progress' && event.phase === 'attacking') break;
    expect(tf.tensorCount()).toBe(before);
  });
});
