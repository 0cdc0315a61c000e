import { describe, expect, it } from 'vitest';
import { catalogueInfo } from '../../src/sim/catalogue.ts';

const recipes = catalogueInfo.methods.flatMap((method) =>
  method.recipes.map((recipe) => ({ method: method.id, ...recipe })),
);
const find = (id: string) => recipes.find((recipe) => recipe.id === id);

describe('the catalogue', () => {
  it('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(catalogueInfo))).toEqual(catalogueInfo);
  });

  it('names the known combinations', () => {
    expect(find('graddiff')).toMatchObject({ method: 'ga', retain: { kind: 'ce' } });
    expect(find('ga-kl')).toMatchObject({ method: 'ga', retain: { kind: 'kl' } });
    expect(find('npo-rt')).toMatchObject({ method: 'npo', retain: { kind: 'ce' } });
    expect(find('npo-kl')).toMatchObject({ method: 'npo', retain: { kind: 'kl' } });
    expect(find('salun')).toMatchObject({ method: 'rl', retain: { kind: 'ce' }, mask: { kind: 'salun' } });
  });

  it('has SalUn over each of them, once', () => {
    for (const base of ['ft', 'ga', 'graddiff', 'ga-kl', 'npo', 'npo-rt', 'npo-kl', 'rl']) {
      expect(find(`salun-${base}`)?.mask, base).toEqual({ kind: 'salun' });
    }
    expect(find('salun-npo-rt')).toMatchObject({ title: 'SalUn over NPO+RT', retain: { kind: 'ce' } });
    expect(find('salun-rl-rt')).toBeUndefined(); // that is SalUn itself
    expect(find('salun-retrain')).toBeUndefined();
    expect(new Set(recipes.map(({ id }) => id)).size).toBe(recipes.length);
  });
});
