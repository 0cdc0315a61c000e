import { beforeAll, describe, expect, it } from 'vitest';
import { defaultsOf } from '../../src/engine/base/schema.ts';
import * as tf from '../../src/engine/base/tf.ts';
import type { Scenario } from '../../src/scenario/format/scenario.ts';
import { selectors } from '../../src/selectors/registry.ts';
import { createCache } from '../../src/sim/cache.ts';
import { engineForTests } from '../support/engine.ts';
import { collected, eventsOf, small, stream } from '../support/run.ts';

beforeAll(engineForTests);

const FEWER: Readonly<Record<string, object>> = { 'worst-case': { rounds: 3, steps: 4 } };

const asking = (id: string, count = 12, fields: object = {}, own: object = {}): Scenario =>
  small({
    forget: { kind: 'selector', id, count, params: { ...FEWER[id], ...own } },
    runs: [{ name: 'GA', method: 'ga', steps: 4 }],
    ...fields,
  });

const chosenBy = async (scenario: Scenario, extra = {}) => {
  const { forgetSets = [] } = (await collected(scenario, extra)).results();
  return new Map(forgetSets.map(({ seed, indices }) => [seed, indices]));
};

describe.each([...selectors.values()])('the selector $id', (selector) => {
  it('chooses as many different training points as asked for, ascending, for every seed', async () => {
    const chosen = await chosenBy(asking(selector.id, 12, { seeds: [0, 1] }));
    expect([...chosen.keys()]).toEqual([0, 1]);
    for (const indices of chosen.values()) {
      expect(new Set(indices).size).toBe(12);
      expect(indices).toEqual([...indices].sort((a, b) => a - b));
      for (const index of indices) expect(index >= 0 && index < 100).toBe(true);
    }
  });

  it('chooses the same for a seed whoever else is there, and when it is asked again', async () => {
    const cache = createCache();
    const together = await chosenBy(asking(selector.id, 12, { seeds: [3, 0, 7] }), { cache });
    expect((await chosenBy(asking(selector.id, 12, { seeds: [0] }))).get(0)).toEqual(together.get(0));
    expect(await chosenBy(asking(selector.id, 12, { seeds: [3, 0, 7] }), { cache })).toEqual(together);
  });

  it('chooses by its settings: every option of its first one gives another set', async () => {
    const [name, spec] = Object.entries(selector.params)[0] as [string, { options?: readonly string[] }];
    const sets: string[] = [];
    for (const option of spec.options ?? []) {
      sets.push(`${(await chosenBy(asking(selector.id, 12, {}, { [name]: option }))).get(0)}`);
    }
    expect(sets.length).toBeGreaterThan(1);
    expect(new Set(sets).size).toBe(sets.length);
  });

  it('leaves no tensor behind, at its end or where it is stopped', async () => {
    await eventsOf(asking(selector.id));
    const before = tf.tensorCount();
    await eventsOf(asking(selector.id));
    expect(tf.tensorCount()).toBe(before);
    const events = stream(asking(selector.id));
    for await (const event of events) if (event.type === 'progress' && event.phase === 'selecting') break;
    expect(tf.tensorCount()).toBe(before);
  });

  it('tells its progress, which never runs ahead of the whole', async () => {
    const events = await eventsOf(asking(selector.id, 12, { seeds: [0, 1] }), { metrics: ['forgetAccuracy'] });
    const selecting = events.filter((event) => event.type === 'progress' && event.phase === 'selecting');
    expect(selecting.length).toBeGreaterThan(0);
    const done = events.flatMap((event) => (event.type === 'progress' ? [event.done / event.total] : []));
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(Math.max(...done)).toBeLessThanOrEqual(1);
  });

  it.each([
    ['random features', { kind: 'random-features', features: 16 }],
    ['a linear model', { kind: 'linear' }],
  ])('looks at %s too', async (_, model) => {
    const data = { generator: 'gaussian-logistic', seed: 0, params: { nForget: 30, nRetain: 60 } };
    const chosen = await chosenBy(asking(selector.id, 9, { data, model }));
    expect(chosen.get(0)).toHaveLength(9);
  });

  it('has parameters that start within their bounds', () => {
    expect(Object.keys(defaultsOf(selector.params))).toEqual(Object.keys(selector.params));
  });
});

describe('a chosen forget set', () => {
  it('is announced once the original is trained: nobody is crossed before', async () => {
    const events = await eventsOf(asking('loss'));
    const data = events.flatMap((event) => (event.type === 'data' ? [event.forget.length] : []));
    expect(data).toEqual([0, 12]);
    const order = events.flatMap((event) => (event.type === 'phase' ? [event.phase] : []));
    expect(order).toEqual(['training', 'selecting', 'retraining', 'unlearning']);
  });

  it('is what points by number would be: the same retrained model, the same runs', async () => {
    const selected = (await collected(asking('loss'))).results();
    const indices = selected.forgetSets?.[0]?.indices;
    const named = (await collected(asking('loss', 12, { forget: { kind: 'indices', indices } }))).results();
    expect(named.checksum).toBe(selected.checksum);
    expect(named).not.toHaveProperty('forgetSets');
  });

  it('that is one of several requests takes from what the others have left', async () => {
    const easiest = { kind: 'selector', id: 'loss', count: 10, params: {} };
    const requests = [easiest, { kind: 'class', label: 2 }, easiest];
    const chosen = await chosenBy(
      small({ forget: undefined, requests, runs: [{ name: 'FT', method: 'ft', steps: 4 }] }),
    );
    const once = await chosenBy(asking('loss', 10));
    const all = chosen.get(0) ?? [];
    for (const index of once.get(0) ?? []) expect(all).toContain(index);
    for (let index = 40; index < 60; index++) expect(all).toContain(index); // class 2 of 20 points each
    const ofClass = (once.get(0) ?? []).filter((index) => index >= 40 && index < 60).length;
    expect(all).toHaveLength(10 + 20 - ofClass + 10);
  });

  it('of all points is refused, with the number there is', async () => {
    const collector = await collected(asking('loss', 100));
    expect(collector.error).toMatchObject({ code: 'forget/invalid' });
    expect(JSON.stringify(collector.error)).toContain('fewer than the 100 training points');
    expect(JSON.stringify(collector.error)).toContain('/forget/count');
  });
});
