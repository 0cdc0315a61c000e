import { beforeAll, describe, expect, it } from 'vitest';
import type { Scenario } from '../../src/scenario/format/scenario.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';
import { scenarioOf } from '../support/diffusion.ts';
import { engineForTests } from '../support/engine.ts';
import { TYPED, typedRule } from '../support/rules.ts';
import { collected, collectedWithWeights, SMALL, small } from '../support/run.ts';

beforeAll(engineForTests);

const strict = (fields: object): Scenario => parseScenario(fields, catalogueInfo, 'strict').scenario;

/** Every method that a family runs beside the same rule typed as a formula, with swept settings where there are any. */
const pairs = (ids: readonly string[], fields: object, lanes: 'swept' | 'alone' = 'swept') => ({
  own: ids.map(typedRule),
  runs: ids.flatMap((id) => {
    const isSwept = lanes === 'swept' && Object.hasOwn(typedRule(id).params, 'beta');
    const swept = isSwept ? { sweep: { 'params.beta': [0.3, 2.7] } } : {};
    return [
      { name: id, method: id, ...fields, ...swept },
      { name: `my ${id}`, method: `my-${id}`, ...fields, ...swept },
    ];
  }),
});

/** Holds the weights of each run to those of the one that comes after it, at every recorded step of every seed. */
const expectSameBits = async (scenario: Scenario, ids: readonly string[]): Promise<void> => {
  const { collector, weights } = await collectedWithWeights(scenario);
  expect(collector.failures.size).toBe(0);
  expect(collector.status).toBe('finished');
  let compared = 0;
  for (const id of ids) {
    const of = (name: string) => collector.variants.filter((variant) => variant.name === name);
    of(id).forEach(({ variant }, i) => {
      const twin = of(`my ${id}`)[i]?.variant;
      for (const [key, own] of weights) {
        const [model, ...rest] = key.split('/');
        if (model !== String(variant)) continue;
        expect(weights.get([twin, ...rest].join('/')), `${id} at ${rest.join('/')}`).toEqual(own);
        compared++;
      }
      const at = (step: number) => weights.get(`${variant}/${scenario.seeds[0]}/${step}`);
      expect(at(6), `${id} moves`).not.toEqual(at(0));
    });
  }
  expect(compared).toBeGreaterThanOrEqual(ids.length * 3 * scenario.seeds.length);
};

describe('a method typed as a formula', () => {
  it('gives the bits of the method: points', async () => {
    const ids = TYPED;
    expect(ids).toEqual(expect.arrayContaining(['ga', 'npo', 'wga', 'simnpo', 'satimp']));
    const runs = pairs(ids, { steps: 6, batchSize: 7, retain: { kind: 'ce' }, learningRate: 0.1 });
    await expectSameBits(small({ ...runs, seeds: [0, 1], evaluate: { every: 3 } }), ids);
  });

  it('gives the bits of the method: answers of several words', async () => {
    const ids = ['ga', 'npo', 'wga', 'simnpo', 'satimp'];
    const scenario = strict({
      version: 2,
      family: 'text',
      data: { generator: 'tiny-tofu', seed: 'lane', params: { authors: 20 } },
      forget: { kind: 'rule', id: 'share', params: { share: 0.1 } },
      model: { kind: 'network', id: 'word-network', params: { hidden: 16, width: 6 } },
      training: { optimizer: 'adam', learningRate: 0.03, steps: 12, batchSize: 8 },
      seeds: [0],
      evaluate: { every: 3 },
      ...pairs(ids, { optimizer: 'adam', learningRate: 0.003, steps: 6, batchSize: 4 }, 'alone'),
    });
    await expectSameBits(scenario, ids);
  });

  it('gives the bits of the method: regression', async () => {
    const ids = ['ga', 'npo', 'simnpo'];
    const base = strict({ version: 2, family: 'numbers', runs: [] });
    const scenario = strict({
      ...base,
      training: { ...base.training, steps: 40 },
      seeds: [0],
      evaluate: { every: 3 },
      ...pairs(ids, { optimizer: 'adam', learningRate: 0.003, steps: 6 }),
    });
    await expectSameBits(scenario, ids);
  });

  it('gives the bits of the method: diffusion, where log p is minus the squared error of the noise', async () => {
    const ids = ['ga', 'npo'];
    const fields = {
      optimizer: 'adam',
      learningRate: 0.003,
      steps: 6,
      batchSize: 8,
      retain: { kind: 'ce', batchSize: 8 },
    };
    const scenario = scenarioOf({ seeds: [0], evaluate: { every: 3 }, ...pairs(ids, fields, 'alone') });
    await expectSameBits(scenario, ids);
  });
});

const OWN = {
  id: 'fading',
  title: 'Fading ascent',
  params: { beta: { label: 'Power', symbol: 'β', default: 2, min: 0, max: 5 } },
  terms: [{ on: 'forget', pulls: [{ towards: 'label', weight: '-p^beta * (1 - step/steps)' }] }],
};

describe('a rule of one’s own', () => {
  it('runs as any other: swept, beside a retain term, under its title and symbol', async () => {
    const run = { method: 'fading', steps: 10, retain: { kind: 'ce' }, sweep: { 'params.beta': [1, 3] } };
    const collector = await collected(small({ own: [OWN], runs: [run] }));
    expect(collector.variants.map(({ label }) => label)).toEqual(['Fading ascent β=1', 'Fading ascent β=3']);
    expect(collector).toMatchObject({ status: 'finished', error: null });
    expect(collector.failures.size).toBe(0);
  });

  it('knows how far the run has come: what has faded to nothing no longer moves', async () => {
    const half = (weight: string) => ({ ...OWN, terms: [{ on: 'forget', pulls: [{ towards: 'label', weight }] }] });
    const run = { method: 'fading', steps: 10, learningRate: 0.1 };
    const weightsWith = async (weight: string) => {
      const scenario = small({ own: [half(weight)], runs: [run], evaluate: { every: 1 } });
      return (await collectedWithWeights(scenario)).weights;
    };
    const stopping = await weightsWith('if(step < steps/2, -1, 0)');
    const constant = await weightsWith('-1');
    expect(stopping.get('0/0/5')).toEqual(constant.get('0/0/5'));
    expect(stopping.get('0/0/10')).toEqual(stopping.get('0/0/5'));
    expect(constant.get('0/0/10')).not.toEqual(constant.get('0/0/5'));
  });

  it('pulls towards the alternative, the original’s output and all classes alike, on both sets', async () => {
    const terms = [
      {
        on: 'forget',
        pulls: [
          { towards: 'alternative', weight: 'sigmoid(logPAlt - logPRefAlt)' },
          { towards: 'all', weight: '0.1' },
          { towards: 'label', weight: '-abs(p - pRef)' },
        ],
      },
      { on: 'retain', mean: 'rows', pulls: [{ towards: 'original', weight: 'clamp(1 - p, 0, 1)' }] },
    ];
    const collector = await collected(small({ own: [{ ...OWN, terms }], runs: [{ method: 'fading', steps: 10 }] }));
    expect(collector.failures.size).toBe(0);
    expect(collector).toMatchObject({ status: 'finished', error: null });
  });

  it('that becomes no number stops alone; the other runs go on', async () => {
    const runs = [
      { method: 'fading', steps: 10, params: { beta: 1 } },
      { method: 'ga', steps: 10 },
    ];
    const own = [{ ...OWN, terms: [{ on: 'forget', pulls: [{ towards: 'label', weight: '-1/(beta - 1)' }] }] }];
    const collector = await collected(small({ own, runs }));
    expect(collector.status).toBe('finished');
    expect(collector.lane(0, 0)?.divergedAt).toBe(1);
    expect(collector.lane(1, 0)?.divergedAt ?? null).toBeNull();
  });

  it('is computed anew when its formula changes, not taken from what was known under its name', async () => {
    const { createCache } = await import('../../src/sim/cache.ts');
    const cache = createCache();
    const accuracy = async (weight: string) => {
      const own = [{ ...OWN, terms: [{ on: 'forget', pulls: [{ towards: 'label', weight }] }] }];
      const scenario = small({ own, runs: [{ method: 'fading', steps: 30, learningRate: 0.3 }] });
      return (await collected(scenario, { cache })).lane(0, 0)?.series('forgetLoss').at(-1);
    };
    const [weak, strong] = [await accuracy('-0.01'), await accuracy('-1')];
    expect(strong).toBeGreaterThan(weak as number);
  });
});

it('opens what an older page wrote with rules beside version 1', () => {
  const { scenario } = parseScenario(
    { ...SMALL, version: 1, own: [OWN], runs: [{ method: 'fading' }] },
    catalogueInfo,
    'strict',
  );
  expect(scenario.own?.[0]).toMatchObject({ id: 'fading', terms: [{ mean: 'examples' }] });
});
