import { beforeAll, describe, expect, it } from 'vitest';
import { defaultsOf } from '../../../src/engine/base/schema.ts';
import * as tf from '../../../src/engine/base/tf.ts';
import type { AttackOutcome } from '../../../src/engine/contracts/attack.ts';
import { relearning } from '../../../src/families/numbers/relearn.ts';
import { expandRuns } from '../../../src/scenario/format/variants.ts';
import { createArchive } from '../../../src/sim/archive.ts';
import { startAttack } from '../../../src/sim/attack.ts';
import { catalogue, catalogueFor } from '../../../src/sim/catalogue.ts';
import { engineForTests } from '../../support/engine.ts';
import { eventsOf } from '../../support/run.ts';
import { curve } from './curve.ts';

beforeAll(engineForTests);

/** What relearning finds on a run that does nothing, under settings of its own. */
const found = async (params: Readonly<Record<string, unknown>>): Promise<AttackOutcome> => {
  const scenario = curve({
    data: { generator: 'waves', seed: 'lane', params: { points: 80 } },
    training: { steps: 400, learningRate: 0.01 },
    runs: [{ name: 'nothing', method: 'none', steps: 1 }],
  });
  const archive = createArchive();
  const before = tf.tensorCount();
  try {
    await eventsOf(scenario, { archive });
    const [variant] = expandRuns(scenario);
    if (!variant) throw new Error('no variant');
    const own = await catalogueFor(catalogue, { family: 'numbers' });
    const all = { ...defaultsOf(relearning.params), ...params } as never;
    const { events } = startAttack('relearn-numbers', all, {
      scenario,
      catalogue: own,
      archive,
      variant,
      seed: 0,
      step: 1,
    });
    for (let next = events.next(); ; next = events.next()) if (next.done) return next.value;
  } finally {
    archive.dispose();
    expect(tf.tensorCount()).toBe(before);
  }
};

describe('relearning on a curve', () => {
  it('finds a model that has forgotten nothing at once, and a fresh one last', async () => {
    const { values } = await found({ steps: 60, learningRate: 0.003 });
    const steps = (subject: 'unlearned' | 'original' | 'retrained' | 'fresh') =>
      values[subject]?.['relearnSteps']?.values[0] as number;
    expect([steps('unlearned'), steps('original')]).toEqual([0, 0]);
    expect(steps('retrained')).toBeGreaterThan(0);
    expect(steps('fresh')).toBeGreaterThanOrEqual(steps('retrained'));
    expect(values.retrained?.['anamnesis']?.values).toEqual([1]);
    expect(values.unlearned?.['anamnesis']?.values).toEqual([0]);
    expect(values.fresh?.['relearnExplained']?.values).toHaveLength(61);
  });

  it('says where the index is cut off, and on how many pairs it trained', async () => {
    const cut = await found({ steps: 1 });
    expect(cut.values.retrained?.['relearnSteps']?.values).toEqual([2]);
    expect(cut.notes).toHaveLength(2);
    expect(cut.notes[0]).toMatch(/^Trained on 80 pairs; relearned at an error of 0\.\d{3}\.$/);
    const few = await found({ steps: 1, source: 'forget pairs', examples: 7 });
    expect(few.notes[0]).toContain('Trained on 7 pairs');
  });
});
