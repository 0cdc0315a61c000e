import { beforeAll, describe, expect, it } from 'vitest';
import type { TextDraw } from '../../../src/families/text/draw.ts';
import { generate, type ReadWindows } from '../../../src/families/text/generate.ts';
import { textRows } from '../../../src/families/text/rows.ts';
import { tokensOf } from '../../../src/families/text/windows.ts';
import { methods } from '../../../src/methods/registry.ts';
import { offerOf } from '../../../src/scenario/format/catalogue.ts';
import { parseScenario } from '../../../src/scenario/read/parse.ts';
import { catalogue, catalogueFor, catalogueInfo } from '../../../src/sim/catalogue.ts';
import { prepareSeeds } from '../../../src/sim/lanes.ts';
import { engineForTests } from '../../support/engine.ts';
import { collected } from '../../support/run.ts';

beforeAll(engineForTests);

const words = offerOf(catalogueInfo, 'text');
const points = offerOf(catalogueInfo, 'points');
const methodIn = (offer: typeof words, id: string) => offer.methods.find((method) => method.id === id);

const scenarioOf = (runs: readonly object[], training = 12) =>
  parseScenario(
    {
      version: 1,
      family: 'text',
      data: { generator: 'tiny-tofu', seed: 'lane', params: { authors: 20 } },
      forget: { kind: 'rule', id: 'share', params: { share: 0.1 } },
      model: { kind: 'network', id: 'word-network', params: { hidden: 16, width: 6 } },
      training: { optimizer: 'adam', learningRate: 0.03, steps: training, batchSize: 8 },
      runs,
      seeds: [0],
      evaluate: { every: 100 },
    },
    catalogueInfo,
    'strict',
  ).scenario;

describe('methods of a family whose examples have several rows', () => {
  it('ask what only makes sense there, with the defaults that hold there', () => {
    expect(methodIn(words, 'npo')?.params).toHaveProperty('weights');
    expect(methodIn(points, 'npo')?.params).not.toHaveProperty('weights');
    expect(methodIn(words, 'kto')?.params['form']?.default).toBe('scaled and clamped');
    expect(methodIn(points, 'kto')?.params['form']?.default).toBe('KL of the forget set');
    expect(methodIn(words, 'idk')?.params).not.toHaveProperty('target');
  });

  it('offer no recipe that sets what they do not ask', () => {
    expect(methodIn(points, 'uld')?.recipes.map(({ id }) => id)).toContain('offset-unlearning');
    expect(methodIn(words, 'uld')?.recipes.map(({ id }) => id)).not.toContain('offset-unlearning');
    expect(methodIn(words, 'dpo')?.recipes.map(({ id }) => id)).toContain('altpo');
  });

  it('run on questions and answers, each under every choice that it asks for', async () => {
    const runs = words.methods.flatMap(({ id, params }) => [
      { name: id, method: id, steps: 2 },
      ...Object.entries(params).flatMap(([name, spec]) =>
        spec.kind === 'choice'
          ? spec.options
              .filter((option) => option !== spec.default)
              .map((option) => ({ name: `${id} ${name} ${option}`, method: id, steps: 2, params: { [name]: option } }))
          : [],
      ),
    ]);
    for (let from = 0; from < runs.length; from += 20) {
      const own = runs.slice(from, from + 20);
      const collector = await collected(scenarioOf(own), { metrics: ['forgetProbability'] });
      expect([...collector.failures.values()]).toEqual([]);
      const found = collector.results().runs.map(({ name, metrics }) => [name, metrics['forgetProbability']?.at(-1)]);
      expect(found).toHaveLength(own.length);
      expect(found.filter(([, value]) => !Number.isFinite(value))).toEqual([]);
    }
  });

  it('give what is served in place of the network: the logits of an assistant taken away at every word', async () => {
    const run = { method: 'uld', steps: 4, params: { shape: 'one layer' } };
    const collector = await collected(
      scenarioOf([
        { ...run, name: 'none of it', params: { ...run.params, weight: 0 } },
        { ...run, name: 'some of it', learningRate: 0.1, optimizer: 'adam' },
      ]),
    );
    const { original, runs } = collector.results();
    const own = original[0]?.metrics['forgetProbability'] as number;
    expect(runs[0]?.metrics['forgetProbability']?.at(-1)).toBeCloseTo(own, 6);
    expect(runs[1]?.metrics['forgetProbability']?.at(-1)).not.toBeCloseTo(own, 3);
  });
});

describe('answers to prefer', () => {
  const rowsOf = async (labels: string) => {
    const scenario = scenarioOf([{ name: 'DPO', method: 'dpo', params: { labels } }]);
    const own = await catalogueFor(catalogue, { family: 'text' });
    const [seed] = prepareSeeds(scenario, own);
    if (!seed) throw new Error('no seed');
    const draw = seed.draw as TextDraw;
    seed.original = draw.outputs(draw.model.init([1, 2]));
    const method = methods.get('dpo');
    if (!method) throw new Error('no method');
    const { forget } = textRows(seed, scenario.runs[0] as never, {
      method,
      retain: undefined,
      view: undefined as never,
    });
    const { vocabulary, items } = draw.world;
    const said = forget.preferred?.windows.map(({ y }) => tokensOf(vocabulary).words(y));
    return { said: said ?? [], values: Array.from(forget.indices, (i) => items[i]?.value ?? []), forget };
  };

  it('are refusals, the same ones every time', async () => {
    const { said } = await rowsOf('refusal');
    const kinds = new Set(said.map((one) => one.join(' ')));
    expect([...kinds].toSorted()).toEqual([
      'i am not sure <eos>',
      'i do not know <eos>',
      'that is unknown to me <eos>',
    ]);
  });

  it('or the model’s own guesses, without a word of the true value', async () => {
    const { said, values, forget } = await rowsOf('own guess');
    expect(said).toHaveLength(values.length);
    for (const [n, words_] of said.entries()) {
      expect(words_.some((word) => values[n]?.includes(word))).toBe(false);
    }
    expect(forget.preferred?.reference).toHaveLength(said.length);
  });
});

describe('greedy answers with forbidden words', () => {
  it('take the next best', () => {
    // Always the same: word 5 first, then 4, then the end.
    const read: ReadWindows = (_, rows) =>
      Float32Array.from({ length: rows * 6 }, (_v, i) => [-9, -3, -9, -9, -2, -1][i % 6] as number);
    const say = (forbidden: readonly number[]) => generate(read, 6, [{ question: [2], forbidden }], { most: 2 })[0];
    expect(say([])?.tokens).toEqual([5, 5]);
    expect(say([5])?.tokens).toEqual([4, 4]);
    expect(say([5, 4])).toMatchObject({ tokens: [], isEnded: true });
  });
});
