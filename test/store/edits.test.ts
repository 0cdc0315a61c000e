import { describe, expect, it } from 'vitest';
import { offerOf } from '../../src/scenario/format/catalogue.ts';
import type { Scenario } from '../../src/scenario/format/scenario.ts';
import { keysOf, valueAt } from '../../src/scenario/format/setting-path.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';
import {
  addRun,
  changeMethod,
  duplicateRun,
  fanRun,
  newSeeds,
  renameRun,
  resizedSeeds,
  roomFor,
  setAt,
  startingForget,
} from '../../src/store/draft/edits.ts';
import { small } from '../support/run.ts';

const scenario = small({
  runs: [
    { name: 'GA', method: 'ga', steps: 30 },
    { name: 'NPO 1.5', method: 'npo', steps: 30 },
  ],
  claims: [{ text: 'worse', run: 'GA', metric: 'retainAccuracy', is: '<', than: { run: 'NPO 1.5' } }],
  view: { hero: 'runs.NPO 1.5.params.beta' },
});
const methodOf = (id: string) => {
  const method = catalogueInfo.methods.find((one) => one.id === id);
  if (!method) throw new Error(id);
  return method;
};
const isValid = (input: unknown) => parseScenario(input, catalogueInfo, 'strict').scenario;

describe('paths', () => {
  it('find a run by its name, dots and all', () => {
    const keys = keysOf(scenario, 'runs.NPO 1.5.params.beta');
    expect(keys).toEqual(['runs', '1', 'params', 'beta']);
    expect(valueAt(scenario, keys ?? [])).toBe(1);
  });

  it('set one value and leave the rest as it is', () => {
    const next = setAt(['runs', '1', 'params', 'beta'], 0.3)(scenario);
    expect(next.runs[1]?.params['beta']).toBe(0.3);
    expect(next.runs[0]).toBe(scenario.runs[0]);
    expect(next.data).toBe(scenario.data);
  });
});

describe('runs', () => {
  it.each(
    offerOf(catalogueInfo, 'points').methods.flatMap((method) =>
      [undefined, ...method.recipes].map((recipe) => ({ method, recipe })),
    ),
  )('of $method.id with recipe $recipe.id can be added as a valid scenario', ({ method, recipe }) => {
    const next = addRun(method, recipe)(scenario);
    expect(isValid(next)).toEqual(next);
    expect(next.runs.at(-1)).toMatchObject({ steps: 30, learningRate: scenario.runs[0]?.learningRate });
  });

  it('get a free name when they are duplicated', () => {
    const twice = duplicateRun(0)(duplicateRun(0)(scenario));
    expect(twice.runs.map(({ name }) => name)).toEqual(['GA', 'GA 3', 'GA 2', 'NPO 1.5']);
  });

  it('take claims and the hero knob along when they are renamed', () => {
    const next = renameRun(1, 'Mine')(scenario);
    expect(next.claims[0]?.than?.run).toBe('Mine');
    expect(next.view.hero).toBe('runs.Mine.params.beta');
    expect(isValid(next)).toEqual(next);
  });

  it('to what only looks like another run’s name makes a name that can be told apart', () => {
    const other = scenario.runs[1]?.name ?? '';
    expect(renameRun(0, `${other}\u200b`)(scenario).runs[0]?.name).toBe(`${other}\u200b 2`);
    expect(renameRun(0, 'retrained\u2060')(scenario).runs[0]?.name).toBe('retrained\u2060 2');
  });

  it.each([
    ['of 58 characters', 58],
    ['of 60 characters', 60],
  ])('keep a name %s as it is written', (_, length) => {
    const name = 'x'.repeat(length);
    expect(renameRun(0, name)(scenario).runs[0]?.name).toBe(name);
  });

  it('have no name over 60 characters, whoever gives it: none is cut in the middle of a letter or ends in a space', () => {
    const long = 'y'.repeat(70);
    const renamed = renameRun(0, long)(scenario);
    expect(renamed.runs[0]?.name).toBe('y'.repeat(60));
    const copies = duplicateRun(0)(duplicateRun(0)(renamed)).runs.map(({ name }) => name);
    expect(copies.slice(0, 3)).toEqual(['y'.repeat(60), `${'y'.repeat(58)} 3`, `${'y'.repeat(58)} 2`]);
    expect(isValid(duplicateRun(0)(renamed)).runs.map(({ name }) => name)).toContain(`${'y'.repeat(58)} 2`);
    expect(renameRun(0, `${'z'.repeat(59)}🎈`)(scenario).runs[0]?.name).toBe('z'.repeat(59));
    expect(renameRun(0, `${'z'.repeat(59)} and more`)(scenario).runs[0]?.name).toBe('z'.repeat(59));
  });

  it('cannot take a name that means another model', () => {
    expect(renameRun(0, 'retrained')(scenario).runs[0]?.name).not.toBe('retrained');
    expect(renameRun(0, '  ')(scenario)).toBe(scenario);
  });

  it('change their method, and their name only if it was the old method’s', () => {
    const names = catalogueInfo.methods.map(({ short }) => short);
    expect(changeMethod(0, methodOf('ft'), undefined, names)(scenario).runs[0]?.name).toBe('FT');
    const named = renameRun(0, 'Mine')(scenario);
    const changed = changeMethod(0, methodOf('npo'), methodOf('npo').recipes[0], names)(named);
    expect(changed.runs[0]).toMatchObject({ name: 'Mine', method: 'npo', retain: { kind: 'ce' } });
    expect(isValid(changed)).toEqual(changed);
  });
});

describe('forget sets', () => {
  it.each(['class', 'random', 'indices', 'region', 'selector'] as const)('of kind %s start valid', (kind) => {
    const next = {
      ...scenario,
      forget: startingForget(kind, undefined, { components: [], selectors: catalogueInfo.selectors }),
      claims: [],
    };
    expect(isValid(next).forget).toEqual(next.forget);
  });
});

describe('seeds', () => {
  it('are kept when there are more or fewer of them', () => {
    expect(resizedSeeds([4, 7], 4)).toEqual([4, 7, 8, 9]);
    expect(resizedSeeds([4, 7, 8], 1)).toEqual([4]);
  });

  it('are all new when new ones are asked for', () => {
    expect(newSeeds([0, 1, 2])).toEqual([3, 4, 5]);
  });
});

describe('a fan', () => {
  it('puts valid copies with other values beside the run, in the order of the values', () => {
    const next = isValid(fanRun(1, 'params.beta', [0.1, 0.316, 3.16, 10], 'β')(scenario));
    expect(next.runs.map(({ name, params }) => [name, params['beta']])).toEqual([
      ['GA', undefined],
      ['NPO 1.5 β=0.1', 0.1],
      ['NPO 1.5 β=0.316', 0.316],
      ['NPO 1.5', 1],
      ['NPO 1.5 β=3.16', 3.16],
      ['NPO 1.5 β=10', 10],
    ]);
    expect(next.view.hero).toBe(scenario.view.hero);
    expect(next.claims).toEqual(scenario.claims);
    const { name: _, params: __, ...rest } = next.runs[1] ?? scenario.runs[1] ?? {};
    expect(scenario.runs[1]).toMatchObject(rest);
  });

  it('of a fan has names of its own', () => {
    const once = fanRun(1, 'params.beta', [2], 'β')(scenario);
    const twice = isValid(fanRun(1, 'params.beta', [2], 'β')(once));
    expect(new Set(twice.runs.map(({ name }) => name)).size).toBe(4);
  });

  it('stops where there is no room for more runs or lanes, and passes over a swept number', () => {
    const many: Scenario = { ...scenario, seeds: Array.from({ length: 32 }, (_, i) => i) };
    const run = many.runs[1];
    if (!run) throw new Error('no run');
    expect(roomFor(many, run)).toBe(6);
    const full = [1, 2, 3].reduce((now) => fanRun(1, 'params.beta', [2, 3, 4, 5], 'β')(now), many);
    expect(isValid(full).runs).toHaveLength(8);
    const swept = setAt(['runs', '1', 'sweep'], { 'params.beta': [1, 2] })(scenario);
    expect(fanRun(1, 'params.beta', [3], 'β')(swept)).toBe(swept);
  });
});
