import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { attacks } from '../../src/attacks/registry.ts';
import { defaultsOf } from '../../src/engine/base/schema.ts';
import * as tf from '../../src/engine/base/tf.ts';
import type { AttackOutcome, AttackProgress } from '../../src/engine/contracts/attack.ts';
import type { Scenario } from '../../src/scenario/format/scenario.ts';
import { expandRuns } from '../../src/scenario/format/variants.ts';
import { type Archive, createArchive } from '../../src/sim/archive.ts';
import { startAttack } from '../../src/sim/attack.ts';
import { catalogue } from '../../src/sim/catalogue.ts';
import { engineForTests } from '../support/engine.ts';
import { eventsOf, small } from '../support/run.ts';

beforeAll(engineForTests);

const SMALLER: Readonly<Record<string, object>> = {
  relearn: { examples: 8, steps: 10 },
  lira: { models: 3 },
  epsilon: { models: 4, examples: 6 },
};
const archives: Archive[] = [];
afterEach(() => {
  for (const archive of archives.splice(0)) archive.dispose();
});

const poisoned = (fields: object = {}): Scenario =>
  small({
    data: { generator: 'backdoor', seed: 0, params: { perClass: 30 } },
    forget: { kind: 'component', name: 'poisoned', fraction: 1, seed: 0 },
    runs: [{ name: 'NPO', method: 'npo', steps: 12 }],
    ...fields,
  });

/** Data that an attack can be tried on. */
const suited = (kind: string, fields: object = {}): Scenario =>
  kind === 'compose'
    ? small({
        data: { generator: 'dual-use', seed: 0, params: { perTask: 30 } },
        forget: { kind: 'component', name: 'xor', fraction: 1, seed: 0 },
        runs: [{ name: 'NPO', method: 'npo', steps: 12 }],
        ...fields,
      })
    : poisoned(fields);

const opened = async (scenario: Scenario): Promise<Archive> => {
  const archive = createArchive();
  archives.push(archive);
  await eventsOf(scenario, { archive });
  return archive;
};

const paramsOf = (kind: string, own: object = {}) => ({
  ...defaultsOf(attacks.get(kind)?.params ?? {}),
  ...SMALLER[kind],
  ...own,
});

const attacked = (kind: string, scenario: Scenario, archive: Archive, step = 12, own: object = {}, variant = 0) => {
  const info = expandRuns(scenario)[variant];
  if (!info) throw new Error('no such variant');
  const target = { scenario, catalogue, archive, variant: info, seed: 0, step };
  const { events } = startAttack(kind, paramsOf(kind, own), target);
  const progress: AttackProgress[] = [];
  for (let next = events.next(); ; next = events.next()) {
    if (next.done) return { outcome: next.value as AttackOutcome, progress };
    progress.push(next.value);
  }
};

describe.each([...attacks.values()])('the attack $id', (attack) => {
  it('gives every value that it promises for the unlearned model, within its bounds, and says what it did', async () => {
    const scenario = suited(attack.id);
    const { outcome } = attacked(attack.id, scenario, await opened(scenario));
    for (const { id, unit } of attack.values) {
      const series = outcome.values.unlearned?.[id];
      expect(series?.values.length, id).toBe(series?.steps.length);
      for (const value of series?.values ?? []) {
        expect(Number.isFinite(value), id).toBe(true);
        expect(value, id).toBeGreaterThanOrEqual(0);
        if (unit === 'fraction') expect(value, id).toBeLessThanOrEqual(1.2); // a score may beat the retrained model's accuracy
      }
    }
    expect(outcome.notes.length).toBeGreaterThan(0);
  });

  it('gives the same numbers every time, whatever else has been computed', async () => {
    const scenario = suited(attack.id);
    const archive = await opened(scenario);
    const { outcome } = attacked(attack.id, scenario, archive);
    expect(attacked(attack.id, scenario, archive).outcome).toEqual(outcome);
    const again = await opened(suited(attack.id, { seeds: [5, 0] }));
    expect(attacked(attack.id, scenario, again).outcome).toEqual(outcome);
  });

  it('counts its progress up to its end', async () => {
    const scenario = suited(attack.id);
    const { progress } = attacked(attack.id, scenario, await opened(scenario));
    const shares = progress.map(({ done, total }) => done / total);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBeCloseTo(1, 9);
  });

  it('leaves no tensor behind, at its end or where it is stopped', async () => {
    const scenario = suited(attack.id);
    const archive = await opened(scenario);
    attacked(attack.id, scenario, archive);
    const before = tf.tensorCount();
    attacked(attack.id, scenario, archive);
    expect(tf.tensorCount()).toBe(before);
    const variant = expandRuns(scenario)[0] as ReturnType<typeof expandRuns>[number];
    const { events } = startAttack(attack.id, paramsOf(attack.id), {
      scenario,
      catalogue,
      archive,
      variant,
      seed: 0,
      step: 12,
    });
    events.next();
    events.return({ values: {}, notes: [] });
    expect(tf.tensorCount()).toBe(before);
  });

  it('costs what it says is more than nothing', () => {
    const sizes = { forget: 10, retain: 90, training: 100, unlearning: 50 };
    expect(attack.work(paramsOf(attack.id) as never, sizes)).toBeGreaterThan(0);
  });
});

describe('attacks', () => {
  it('of the original model find what the original model says: at step 0 it is the one attacked', async () => {
    const scenario = poisoned();
    const archive = await opened(scenario);
    for (const kind of ['relearn', 'probe', 'membership', 'backdoor']) {
      const { values } = attacked(kind, scenario, archive, 0).outcome;
      expect(values.unlearned, kind).toEqual(values.original);
    }
  });

  it('of a run that retrains find what they find in the retrained model', async () => {
    const training = { steps: 60, learningRate: 0.05 };
    const scenario = poisoned({ runs: [{ name: 'again', method: 'retrain', ...training, optimizer: 'adam' }] });
    const archive = await opened(scenario);
    for (const kind of ['relearn', 'probe', 'membership', 'backdoor']) {
      const { values } = attacked(kind, scenario, archive, 60).outcome;
      expect(values.unlearned, kind).toEqual(values.retrained);
    }
  });

  it('U-LiRA knows the examples of a model that has unlearned nothing, and not those of one that retrains', async () => {
    const runs = [
      { name: 'still', method: 'ga', steps: 1, learningRate: 1e-6 },
      { name: 'again', method: 'retrain', steps: 200, learningRate: 0.05, optimizer: 'adam' },
    ];
    const scenario = small({
      data: { generator: 'blobs', seed: 0, params: { classes: 5, perClass: 20, noise: 1.1 } },
      forget: { kind: 'random', fraction: 0.3, seed: 0 },
      model: { hidden: [32] },
      training: { steps: 200, learningRate: 0.05 },
      runs,
    });
    const archive = await opened(scenario);
    const auc = (variant: number) => {
      const { outcome } = attacked('lira', scenario, archive, 200, { models: 8 }, variant);
      return outcome.values.unlearned?.['liraAuc']?.values[0] as number;
    };
    const [still, again] = [auc(0), auc(1)];
    expect(still).toBeGreaterThan(0.7);
    expect(Math.abs(again - 0.5)).toBeLessThan(0.1);
  });

  it('relearning with examples of the retain set never shows the attacker a forget example', async () => {
    const scenario = poisoned();
    const { outcome } = attacked('relearn', scenario, await opened(scenario), 12, { source: 'retain' });
    expect(outcome.notes[0]).toContain('of the retain set');
    expect(outcome.notes[0]).toContain('that the attacker does not have');
  });

  it('that cannot be tried say why', async () => {
    const blobs = small({ runs: [{ name: 'GA', method: 'ga', steps: 12 }] });
    const archive = await opened(blobs);
    expect(() => attacked('backdoor', blobs, archive)).toThrow('There is no trigger');
    expect(() => attacked('compose', blobs, archive)).toThrow('These data have no questions');
    expect(() => attacked('nothing', blobs, archive)).toThrow('There is no attack nothing.');
    const sisa = small({ runs: [{ name: 'SISA', method: 'sisa', steps: 12 }] });
    const other = await opened(sisa);
    expect(() => attacked('relearn', sisa, other)).toThrow('answers with several networks');
  });

  it.each([
    ['random features', { kind: 'random-features', features: 16 }],
    ['a linear model', { kind: 'linear' }],
  ])('run on %s too', async (_, model) => {
    const data = { generator: 'gaussian-logistic', seed: 0, params: {} };
    const forget = { kind: 'random', fraction: 0.2, seed: 0 };
    const scenario = small({ data, forget, model, runs: [{ name: 'GA', method: 'ga', steps: 12 }] });
    const archive = await opened(scenario);
    for (const kind of ['relearn', 'probe', 'membership', 'lira']) {
      const { outcome } = attacked(kind, scenario, archive);
      const [value] = attacks.get(kind)?.values ?? [];
      expect(outcome.values.unlearned?.[value?.id ?? '']?.values.every(Number.isFinite), kind).toBe(true);
    }
  });

  it('ask for what has been computed', async () => {
    const scenario = poisoned();
    expect(() => attacked('probe', scenario, createArchive())).toThrow('Nothing has been computed yet');
  });
});
