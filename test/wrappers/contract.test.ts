import { beforeAll, describe, expect, it } from 'vitest';
import { defaultsOf, type ParamSchema } from '../../src/engine/base/schema.ts';
import * as tf from '../../src/engine/base/tf.ts';
import type { AnyMethod } from '../../src/engine/contracts/method.ts';
import type { AnyWrapper } from '../../src/engine/contracts/wrapper.ts';
import { methods } from '../../src/methods/registry.ts';
import { catalogue } from '../../src/sim/catalogue.ts';
import { wrappers } from '../../src/wrappers/registry.ts';
import { engineForTests } from '../support/engine.ts';
import { ofPoints } from '../support/methods.ts';
import { collected, collectedWithWeights, eventsOf, small, stream } from '../support/run.ts';
import { noise } from '../support/wrapper.ts';

beforeAll(engineForTests);

const cheap = { metrics: ['forgetLoss', 'retainLoss', 'weightDistance', 'collapsed'] };

/** What ships, and the wrapper of the tests. */
const all = new Map([...wrappers, [noise.id, noise]]);
const within = { ...catalogue, wrappers: all };

const runOf = (wrapper: AnyWrapper, fields: object = {}) => ({
  name: 'wrapped',
  method: 'ga',
  steps: 6,
  learningRate: 0.02,
  ...(wrapper.needsRetainTerm && { retain: { kind: 'ce' } }),
  wrappers: [{ kind: wrapper.id, ...fields }],
});

describe.each([...wrappers.values()].map((wrapper) => [wrapper.id, wrapper] as const))('%s', (id, wrapper) => {
  const schema: ParamSchema = wrapper.params;
  const numbers = Object.entries(schema).filter(([, { kind }]) => kind === 'number');

  it('says what it is: texts, defaults within ranges, citation over https, a slot that has one name', () => {
    for (const text of [wrapper.title, wrapper.short, wrapper.summary, wrapper.asks])
      expect(text.length).toBeGreaterThan(1);
    expect(wrapper.summary.endsWith('.')).toBe(true);
    expect(wrapper.citation.url).toMatch(/^https:\/\//);
    expect(Object.keys(schema)).not.toContain('kind');
    for (const spec of Object.values(schema)) {
      expect(spec.help.length).toBeGreaterThan(10);
      if (spec.kind !== 'number' && spec.kind !== 'int') continue;
      expect(spec.default).toBeGreaterThanOrEqual(spec.min);
      expect(spec.default).toBeLessThanOrEqual(spec.max);
    }
    const slots = [...wrappers.values()].map(({ slot }) => slot).filter((slot) => slot.id === wrapper.slot.id);
    expect(new Set(slots.map((slot) => JSON.stringify(slot))).size).toBe(1);
    for (const { of } of wrapper.recipes ?? []) expect(methods.has(of)).toBe(true);
  });

  it('changes where a run goes, and is the method to the bit where it is off', async () => {
    const weightsOf = async (run: object) => {
      const { weights } = await collectedWithWeights(small({ runs: [run] }));
      return weights.get('0/0/6') as Float32Array;
    };
    const { wrappers: _, ...bare } = runOf(wrapper);
    const plain = await weightsOf(bare);
    // Every step counts the distance from the original, so that a spring has something to pull on.
    expect(await weightsOf(runOf(wrapper, id === 'ewc' ? { weight: 50 } : {}))).not.toEqual(plain);
    if (wrapper.offAt) expect(await weightsOf(runOf(wrapper, wrapper.offAt))).toEqual(plain);
  });

  it('stacked lanes give the numbers of single runs, for every real setting', async () => {
    const [name, spec] = numbers[0] ?? [];
    const settings = name && spec?.kind === 'number' ? [spec.default, spec.default * 2] : [undefined];
    const runs = settings.map((value, i) => ({
      ...runOf(wrapper, value === undefined ? {} : { [name as string]: value }),
      name: `run ${i}`,
      batchSize: 7,
    }));
    const together = (await collected(small({ runs, seeds: [3, 1] }), cheap)).results();
    for (const seed of [1, 3]) {
      for (const [i, run] of runs.entries()) {
        const [alone] = (await collected(small({ runs: [run], seeds: [seed] }), cheap)).results().runs;
        const same = together.runs.find((one) => one.name === `run ${i}` && one.seed === seed);
        expect(same?.metrics).toEqual(alone?.metrics);
      }
    }
  });

  it('leaks no tensor, also when cancelled after any event', async () => {
    const scenario = small({ runs: [runOf(wrapper)], training: { steps: 3 } });
    const before = tf.tensorCount();
    const total = (await eventsOf(scenario, cheap)).length;
    expect(tf.tensorCount()).toBe(before);
    for (let stopAfter = 1; stopAfter < total; stopAfter += 4) {
      const events = stream(scenario, cheap);
      for (let i = 0; i < stopAfter; i++) await events.next();
      await events.return();
      expect(tf.tensorCount(), `cancelled after ${stopAfter} events`).toBe(before);
    }
  });

  it('reads only what it declares', async () => {
    for (const need of wrapper.needs) {
      const poorer = { ...wrapper, needs: wrapper.needs.filter((other: string) => other !== need) };
      const poor = { ...within, wrappers: new Map(all).set(id, poorer) };
      const { failures } = await collected(small({ runs: [runOf(wrapper)] }), { ...cheap, catalogue: poor });
      expect(
        [...failures.values()].map(({ code }) => code),
        `without ${need}`,
      ).toEqual(['method/undeclared-need']);
    }
  });

  it('runs around every method that it takes, and is refused by every other one with the place', async () => {
    const fits = (method: string) => wrapper.takes(methods.get(method) as AnyMethod);
    const ids = [...ofPoints.keys()];
    // As many at a time as a scenario has room for.
    for (let first = 0; first < ids.length; first += 20) {
      const part = ids.slice(first, first + 20);
      const runs = part.map((method) => ({
        ...runOf(wrapper, Object.hasOwn(schema, 'steps') ? { steps: 1 } : {}),
        ...(!fits(method) && { retain: { kind: 'none' } }),
        name: method,
        method,
        steps: 2,
      }));
      const scenario = small({ runs, training: { steps: 20 } });
      const { failures, results } = await collected(scenario, cheap);
      for (const [variant, { faults }] of failures) {
        expect(fits(part[variant] as string), `${part[variant]}: ${faults[0]?.expected}`).toBe(false);
        expect(faults[0]).toMatchObject({ path: '/wrappers/0/kind', found: id });
      }
      const done = results().runs.map(({ name }) => name);
      expect(done.sort()).toEqual(part.filter(fits).sort());
    }
  });

  it('has settings that a scenario’s defaults agree with', () => {
    const [run] = small({ runs: [runOf(wrapper)] }).runs;
    expect(run?.wrappers).toEqual([{ kind: id, ...defaultsOf(schema) }]);
  });
});
