import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scenarioFromQuery } from '../../src/scenario/links/query.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { smallCatalogue as catalogue } from '../support/catalogue.ts';

const presets = [
  {
    id: 'first',
    input: {
      version: 1,
      id: 'first',
      runs: [
        { name: 'GA', method: 'ga' },
        { name: 'NPO', method: 'npo', params: { beta: 2 }, sweep: { learningRate: [0.1, 0.2] } },
        { name: 'NPO+RT', method: 'npo', retain: { kind: 'ce' } },
      ],
    },
  },
  { id: 'second', input: { version: 1, runs: [{ name: 'RL', method: 'rl' }] } },
];
const read = (search: string) => {
  const parsed = scenarioFromQuery(search, presets, catalogue);
  if (parsed === undefined) throw new Error('nothing read');
  expect(parseScenario(parsed.scenario, catalogue, 'strict').scenario).toEqual(parsed.scenario);
  return { ...parsed, lines: parsed.repairs.map(({ path, found, used }) => `${path}: ${found} -> ${used}`) };
};

describe('a readable query', () => {
  it('that is not about an experiment is nothing', () => {
    expect(scenarioFromQuery('', presets, catalogue)).toBeUndefined();
    expect(scenarioFromQuery('?embed=1&theme=dark', presets, catalogue)).toBeUndefined();
  });

  it('names a preset', () => {
    expect(read('?p=second').scenario.runs[0]?.name).toBe('RL');
    expect(read('?p=first').scenario.id).toBe('first');
  });

  it('sets a field of every run that has it', () => {
    const { scenario, lines } = read('?p=first&beta=0.1&steps=50');
    expect(lines).toEqual([]);
    expect(scenario.runs.map(({ params }) => params['beta'])).toEqual([undefined, 0.1, 0.1]);
    expect(scenario.runs.map(({ steps }) => steps)).toEqual([50, 50, 50]);
    expect(scenario.id).toBeUndefined();
  });

  it('sets a field of one run by its name, and ends its sweep', () => {
    const { scenario, lines } = read('?p=first&NPO.learningRate=0.3&npo%2Brt.retain.kind=kl&NPO.beta=5');
    expect(lines).toEqual([]);
    expect(scenario.runs[1]).toMatchObject({ learningRate: 0.3, sweep: {}, params: { beta: 5 } });
    expect(scenario.runs[2]).toMatchObject({ learningRate: 0.05, retain: { kind: 'kl' }, params: { beta: 1 } });
  });

  it('sets seeds, data, the forget set, the network and the training', () => {
    const search = '?seed=3&noise=0.8&data.perClass=50&label=2&hidden=8,8&activation=relu&training.steps=100&every=10';
    const { scenario, lines } = read(search);
    expect(lines).toEqual([]);
    expect(scenario).toMatchObject({
      seeds: [3],
      data: { params: { noise: 0.8, perClass: 50, classes: 5 } },
      forget: { kind: 'class', label: 2 },
      model: { hidden: [8, 8], activation: 'relu' },
      training: { steps: 100 },
      evaluate: { every: 10 },
    });
    expect(read('?seeds=1,2,4').scenario.seeds).toEqual([1, 2, 4]);
  });

  it('lists what it cannot use and keeps the rest', () => {
    const { scenario, lines } = read('?p=frist&beta=abc&noise=9&bta=1&seeds=1,x&optimizer=adm');
    expect(lines).toEqual([
      '?p: "frist" -> first',
      '?beta: "abc" -> the value of the preset',
      '?bta: "bta" -> left out',
      '?seeds: "1,x" -> the value of the preset',
      '?optimizer: "adm" -> the value of the preset',
      '/data/params/noise: 9 -> 2',
    ]);
    expect(scenario.runs[1]?.params['beta']).toBe(2);
  });

  it('of a hostile length is read in part, and says so in few words', () => {
    const { lines, repairs } = read(`?p=first&${'learningRat=1&'.repeat(50_000)}`);
    expect(lines[0]).toBe('?: more -> the first 100');
    expect(lines).toHaveLength(100);
    expect(read(`?${'x'.repeat(100_000)}=1`).repairs[0]?.path).toHaveLength(61);
    expect(read('?a%00b\u202e\ud800=1').repairs[0]?.path).toBe('?a\uFFFDb\uFFFD');
    expect(repairs.every(({ path }) => path.length < 62)).toBe(true);
  });

  it('never throws', () => {
    const part = fc.constantFrom(
      'p',
      'beta',
      'NPO.',
      '=',
      '&',
      '%',
      '%41',
      '+',
      'seed',
      '1',
      ',',
      '__proto__',
      '.',
      '?',
    );
    fc.assert(fc.property(fc.array(part), (parts) => void scenarioFromQuery(parts.join(''), presets, catalogue)));
    fc.assert(fc.property(fc.string(), (text) => void scenarioFromQuery(text, presets, catalogue)));
  });
});

describe('the names that version 1 had', () => {
  const wrapped = {
    id: 'wrapped',
    input: {
      version: 2,
      runs: [
        { name: 'A', method: 'ga', wrappers: [{ kind: 'ewc', weight: 2 }], sweep: { 'wrappers.lat.epsilon': [1, 2] } },
      ],
    },
  };
  const asked = (search: string) => scenarioFromQuery(search, [wrapped], catalogue);
  const lat = { kind: 'lat', layer: 1, epsilon: 0.5, steps: 8, learningRate: 0.25 };

  it.each([
    ['?surgery=pcgrad', [{ kind: 'ewc', weight: 2 }, lat, { kind: 'pcgrad' }]],
    ['?A.anchor.weight=5', [{ kind: 'ewc', weight: 5 }, lat]],
    ['?anchor.kind=l2', [{ kind: 'l2', weight: 2 }, lat]],
    ['?anchor.kind=none', [lat]],
    [
      '?adversary.epsilon=3&adversary.steps=2',
      [
        { kind: 'ewc', weight: 2 },
        { ...lat, epsilon: 3, steps: 2 },
      ],
    ],
    ['?pcgrad.kind=pcgrad&lat.layer=2', [{ kind: 'ewc', weight: 2 }, { ...lat, layer: 2 }, { kind: 'pcgrad' }]],
  ])('%s means what it meant', (search, wrappers) => {
    const parsed = asked(search);
    expect(parsed?.repairs).toEqual([]);
    const own = parsed?.scenario.runs[0]?.wrappers ?? [];
    expect([...own].sort((a, b) => (a.kind < b.kind ? -1 : 1))).toEqual(
      [...wrappers].sort((a, b) => (a.kind < b.kind ? -1 : 1)),
    );
    const isSwept = Object.hasOwn(parsed?.scenario.runs[0]?.sweep ?? {}, 'wrappers.lat.epsilon');
    expect(isSwept).toBe(!search.includes('epsilon'));
  });
});
