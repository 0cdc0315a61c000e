import { beforeAll, describe, expect, it } from 'vitest';
import type { AnyMethod } from '../../../src/engine/contracts/method.ts';
import { methods } from '../../../src/methods/registry.ts';
import type { Scenario } from '../../../src/scenario/format/scenario.ts';
import { parseScenario } from '../../../src/scenario/read/parse.ts';
import { catalogue, catalogueInfo } from '../../../src/sim/catalogue.ts';
import { engineForTests } from '../../support/engine.ts';
import { collected } from '../../support/run.ts';
import { curve } from './curve.ts';

beforeAll(engineForTests);

const runOf = (id: string, more: Readonly<Record<string, unknown>> = {}) => {
  const params = id === 'blindspot' ? { proxySteps: 12 } : {};
  return { name: id, method: id, steps: 8, optimizer: 'adam', learningRate: 0.01, params, ...more };
};

/** The numbers of a run at all its steps, seed by seed. */
const numbersOf = async (scenario: Scenario) => {
  const { runs } = (await collected(scenario)).results();
  return Object.fromEntries(runs.map(({ name, seed, metrics }) => [`${name}/${seed}`, metrics]));
};

/** Those that speak real numbers alone, without conditions. */
const own = [...methods.values()].filter(
  ({ heads = [], conditions }) => heads.includes('real') && !heads.includes('categorical') && !conditions,
);

describe.each(own.map((method) => [method.id, method] as const))('%s, on a curve', (id, method: AnyMethod) => {
  it('stacked lanes give the numbers of single runs, with whole and with mini-batches', async () => {
    for (const batchSize of ['full', 7]) {
      const runs = [runOf(id, { batchSize })];
      const together = await numbersOf(curve({ runs, seeds: [3, 1] }));
      for (const seed of [1, 3]) {
        const alone = await numbersOf(curve({ runs, seeds: [seed] }));
        expect(together[`${id}/${seed}`]).toEqual(alone[`${id}/${seed}`]);
      }
    }
  });

  it('brings what is said of the forget set nearer to the retrained model, and away from the original', async () => {
    const training = { steps: 300, learningRate: 0.01 };
    const proxy = id === 'blindspot' ? { params: { proxySteps: 300 } } : {};
    const { runs, original } = (
      await collected(curve({ runs: [runOf(id, { steps: 150, ...proxy })], training, data: { generator: 'waves' } }))
    ).results();
    const [before, after] = [original[0]?.metrics['forgetError'], runs[0]?.metrics['forgetError']?.at(-1)];
    expect(after as number).toBeGreaterThan(1.5 * (before as number));
    expect(runs[0]?.metrics['retainError']?.at(-1) as number).toBeLessThan(0.3);
  });

  it('reads only what it declares', async () => {
    for (const need of method.needs) {
      const poorer = { ...method, needs: method.needs.filter((other) => other !== need) };
      const known = { ...catalogue, methods: new Map(methods).set(id, poorer) };
      const { failures, error } = await collected(curve({ runs: [runOf(id)] }), { catalogue: known });
      const [failure = error] = failures.values();
      expect(failure?.code, `without ${need}`).toBe('method/undeclared-need');
    }
  });

  it('is not offered to labelled points, which are told what works with classes', () => {
    const { scenario, repairs } = parseScenario({ version: 2, runs: [runOf(id)] }, catalogueInfo, 'repair');
    expect(scenario.runs).toEqual([]);
    expect(repairs.find(({ path }) => path === '/runs/0/method')?.expected).toMatch(
      /^one that works with probabilities of classes: one of /,
    );
  });

  it('says what it is', () => {
    const { idea, tex, lookFor, failsWhen } = method.page ?? {};
    for (const part of [idea, tex, lookFor, failsWhen]) expect(part?.length ?? 0).toBeGreaterThan(10);
    expect(method.citation?.url).toMatch(/^https:/);
  });
});

describe('Gaussian amnesiac', () => {
  it('drawn anew in every pass goes another way than drawn once', async () => {
    const runs = ['once', 'every pass'].map((redraw) =>
      runOf('gaussian-amnesiac', { name: redraw, params: { redraw } }),
    );
    const found = await numbersOf(curve({ runs }));
    expect(found['once/0']).not.toEqual(found['every pass/0']);
  });
});

describe('Blindspot', () => {
  it('becomes its proxy: with a longer training of it the gap to the retrained model closes', async () => {
    const runs = [10, 600].map((proxySteps) =>
      runOf('blindspot', { name: `${proxySteps}`, params: { proxySteps }, steps: 200 }),
    );
    const training = { steps: 600, learningRate: 0.01 };
    const found = await numbersOf(curve({ runs, training, data: { generator: 'waves' }, evaluate: { every: 200 } }));
    const gap = (name: string) => found[`${name}/0`]?.['gap']?.at(-1) as number;
    expect(gap('600')).toBeLessThan(0.7 * gap('10'));
  });
});
