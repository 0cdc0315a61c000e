import { beforeAll, describe, expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/base/random.ts';
import * as tf from '../../../src/engine/base/tf.ts';
import type { AttackOutcome, AttackSubject, AttackView } from '../../../src/engine/contracts/attack.ts';
import type { AttackedClouds } from '../../../src/families/diffusion/attacks/attacked.ts';
import { findCondition } from '../../../src/families/diffusion/attacks/find-condition.ts';
import type { DiffusionDraw } from '../../../src/families/diffusion/outputs.ts';
import { initialWeights } from '../../../src/families/shared/initial.ts';
import { scenarioOf, seedOf } from '../../support/diffusion.ts';
import { engineForTests } from '../../support/engine.ts';
import { eventsOf } from '../../support/run.ts';

beforeAll(engineForTests);

const PARAMS = { radius: 1, points: 5, steps: 8, rate: 0.05 };

/** The attack on models of the small scenario; those that are not named have their first weights. */
const attacked = (
  weights: Partial<Record<AttackSubject, Float32Array>>,
  params: Partial<typeof PARAMS> = {},
): AttackOutcome => {
  const seed = seedOf(scenarioOf());
  const draw = seed.draw as DiffusionDraw;
  const view: AttackView<AttackedClouds> = {
    model: draw.model,
    dataset: draw.attacked?.().dataset as unknown as AttackedClouds,
    split: seed.split,
    key: keyOf(3),
    weights: (subject) => weights[subject] ?? initialWeights(seed),
    tune: () => {
      throw new Error('this attack trains nothing');
    },
    shadows: () => {
      throw new Error('this attack trains nothing');
    },
  };
  const going = findCondition.run(view, { ...PARAMS, ...params });
  let next = going.next();
  while (!next.done) next = going.next();
  return next.value;
};

describe('a search for a condition', () => {
  it('is made on the model, the original and the retrained one, in a ball and without bounds', () => {
    const before = tf.tensorCount();
    const { values, notes } = attacked({});
    expect(tf.tensorCount()).toBe(before);
    for (const subject of ['unlearned', 'original', 'retrained'] as const) {
      expect(values[subject]?.['ballSuccess']?.steps).toEqual([0, 2, 4, 6, 8]);
      expect(values[subject]?.['freeSuccess']?.values).toHaveLength(5);
    }
    expect(values.unlearned).toEqual(values.original); // the same weights, the same noise
    expect(notes.join()).toContain('5 points of class 1');
  });

  it('changes nothing but the condition: in a ball of next to no radius it stays where it began', () => {
    const near = attacked({}, { radius: 1e-9, rate: 1 }).values.unlearned?.['ballSuccess']?.values ?? [];
    expect(new Set(near).size).toBe(1);
  });

  it('on a model that has diverged says so with the step and a way out, and the others are searched all the same', () => {
    const seed = seedOf(scenarioOf());
    const broken = initialWeights(seed).fill(3e38);
    const { values, notes } = attacked({ unlearned: broken });
    expect(notes.join('\n')).toMatch(/The search on the unlearned model stopped at step 0.*Attack an earlier step/s);
    expect(values.unlearned?.['freeSuccess']?.steps).toEqual([0]);
    expect(values.retrained?.['freeSuccess']?.steps).toEqual([0, 2, 4, 6, 8]);
  });
});

describe('attacks of a scenario', () => {
  it('run to their end beside the runs', async () => {
    const attacks = [
      { kind: 'find-condition', run: 'GA', params: { steps: 4 } },
      { kind: 'relearn-class', run: 'GA', params: { steps: 10 } },
    ];
    const events = await eventsOf(scenarioOf({ attacks, seeds: [0] }));
    const found = events.flatMap((event) => (event.type === 'attack' ? [event] : []));
    expect(found).toHaveLength(2);
    expect(JSON.stringify(found)).toContain('relearnHits');
    expect(events.at(-1)?.type).toBe('finished');
  });
});
