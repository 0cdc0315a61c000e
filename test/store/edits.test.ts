import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/scenario/parse.ts';
import { keysOf, valueAt } from '../../src/scenario/setting-path.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';
import {
  addRun,
  changeMethod,
  duplicateRun,
  newSeeds,
  renameRun,
  resizedSeeds,
  setAt,
  startingForget,
} from '../../src/store/edits.ts';
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
    catalogueInfo.methods.flatMap((method) => [undefined, ...method.recipes].map((recipe) => ({ method, recipe }))),
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
