import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultsOf } from '../../../src/engine/base/schema.ts';
import * as tf from '../../../src/engine/base/tf.ts';
import type { AttackOutcome, AttackProgress } from '../../../src/engine/contracts/attack.ts';
import { textAttacks } from '../../../src/families/text/attacks/registry.ts';
import { expandRuns } from '../../../src/scenario/format/variants.ts';
import { parseScenario } from '../../../src/scenario/read/parse.ts';
import { type Archive, createArchive } from '../../../src/sim/archive.ts';
import { startAttack } from '../../../src/sim/attack.ts';
import { type Catalogue, catalogue, catalogueFor, catalogueInfo } from '../../../src/sim/catalogue.ts';
import { engineForTests } from '../../support/engine.ts';
import { eventsOf } from '../../support/run.ts';

const SMALLER: Readonly<Record<string, object>> = { 'relearn-facts': { steps: 6 }, 'zeroed-units': { units: 2 } };

const scenario = parseScenario(
  {
    version: 1,
    family: 'text',
    data: { generator: 'tiny-tofu', seed: 'lane', params: { authors: 20 } },
    forget: { kind: 'rule', id: 'share', params: { share: 0.15 } },
    model: { kind: 'network', id: 'word-network', params: { hidden: 24, width: 6 } },
    training: { optimizer: 'adam', learningRate: 0.03, steps: 150, batchSize: 16 },
    runs: [
      { name: 'GA', method: 'ga', optimizer: 'adam', learningRate: 0.003, steps: 10 },
      { name: 'ULD', method: 'uld', optimizer: 'adam', learningRate: 0.003, steps: 2 },
    ],
    seeds: [0],
    evaluate: { every: 10 },
  },
  catalogueInfo,
  'strict',
).scenario;

let archive: Archive;
let own: Catalogue;
beforeAll(async () => {
  await engineForTests();
  own = await catalogueFor(catalogue, scenario);
  archive = createArchive();
  await eventsOf(scenario, { archive, metrics: ['forgetProbability'] });
});
afterAll(() => archive.dispose());

const started = (kind: string, params: object = {}, step = 10, run = 0) => {
  const variant = expandRuns(scenario)[run];
  if (!variant) throw new Error('no such run');
  const all = { ...defaultsOf(textAttacks.get(kind)?.params ?? {}), ...SMALLER[kind], ...params };
  return startAttack(kind, all, { scenario, catalogue: own, archive, variant, seed: 0, step });
};

const attacked = (kind: string, params: object = {}, step = 10) => {
  const { events } = started(kind, params, step);
  const progress: AttackProgress[] = [];
  for (let next = events.next(); ; next = events.next()) {
    if (next.done) return { outcome: next.value as AttackOutcome, progress };
    progress.push(next.value);
  }
};

describe.each([...textAttacks.values()])('the attack $id on a model of words', (attack) => {
  it('gives every value for all four models, within its bounds, counts its progress and says what it did', () => {
    const { outcome, progress } = attacked(attack.id);
    for (const { id, unit } of attack.values) {
      for (const subject of ['unlearned', 'original', 'retrained', 'fresh'] as const) {
        const series = outcome.values[subject]?.[id];
        expect(series?.values.length, id).toBe(series?.steps.length);
        expect(series?.values.length, id).toBeGreaterThan(0);
        for (const value of series?.values ?? []) {
          expect(value, `${subject} ${id}`).toBeGreaterThanOrEqual(0);
          if (unit === 'fraction' && id !== 'weightsMoved') expect(value, id).toBeLessThanOrEqual(1 + 1e-6);
        }
      }
    }
    expect(outcome.notes[0]).toMatch(/\.$/);
    const { done, total } = progress.at(-1) as AttackProgress;
    expect(done).toBe(total);
    expect(attack.page?.lookFor.length).toBeGreaterThan(20);
    if (attack.page?.chart) expect(attack.values.map(({ id }) => id)).toContain(attack.page.chart.value);
  });

  it('finds in a model that has unlearned nothing what it finds in the original, every time alike', () => {
    const { values } = attacked(attack.id, {}, 0).outcome;
    expect(values.unlearned).toEqual(values.original);
    expect(attacked(attack.id, {}, 0).outcome.values).toEqual(values);
  });

  it('leaves no tensor behind, also where it is stopped', () => {
    attacked(attack.id);
    const before = tf.tensorCount();
    attacked(attack.id);
    const { events } = started(attack.id);
    events.next();
    events.return({ values: {}, notes: [] });
    expect(tf.tensorCount()).toBe(before);
  });

  it('is refused, in words, on what several networks answer', () => {
    expect(() => started(attack.id, {}, 2, 1)).toThrow(/ULD answers with several networks/);
  });
});

describe('attacks on a model of words', () => {
  it('find that the original remembers what a retrained model must learn again', () => {
    const { values } = attacked('relearn-facts', { steps: 40 }).outcome;
    expect(values.original?.['relearnSteps']?.values[0]).toBe(0);
    expect(values.retrained?.['relearnSteps']?.values[0]).toBeGreaterThan(3);
  });

  it('look at the other authors where the attacker has only some', () => {
    const { outcome } = attacked('relearn-facts', { share: 0.34 });
    expect(outcome.notes).toEqual([
      'Trained on 5 forgotten facts; looked at: the 10 facts about the other forgotten authors.',
    ]);
    const all = attacked('relearn-facts').outcome.values.retrained?.['relearnProbability']?.values.at(-1) as number;
    const some = outcome.values.retrained?.['relearnProbability']?.values.at(-1) as number;
    expect(some).toBeLessThan(all);
  });

  it('round nothing off at 32 bits and much at 3', () => {
    const { values } = attacked('few-bits').outcome;
    const kept = values.original?.['bitsRetain'];
    expect(kept?.steps).toEqual([3, 4, 8, 32]);
    expect(kept?.values[0]).toBeLessThan(kept?.values[3] as number);
    const asked = attacked('other-askings').outcome.values.original?.['askedWithPrefix']?.values[0];
    expect(values.original?.['bitsValue']?.values.at(-1)).toBe(asked);
  });

  it('compare value vectors with the original’s own, and take nothing away at none', () => {
    const { values } = attacked('value-vectors').outcome;
    expect(values.original?.['vectorCosine']?.values[0]).toBeCloseTo(1, 5);
    expect(values.original?.['weightsMoved']?.values[0]).toBe(0);
    expect(values.fresh?.['vectorCosine']?.values[0]).toBeLessThan(0.7);
    const zeroed = attacked('zeroed-units').outcome.values.original;
    const asked = attacked('other-askings').outcome.values.original?.['askedWithPrefix']?.values[0];
    expect(zeroed?.['zeroedValue']?.values[0]).toBe(asked);
    expect(zeroed?.['zeroedByLot']?.values[0]).toBe(asked);
  });
});
