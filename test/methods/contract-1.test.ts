import { describe, expect, it } from 'vitest';
import { methods } from '../../src/methods/registry.ts';
import { holdMethodsToContract } from './contract.ts';

holdMethodsToContract(0, 2);

describe('the catalogue of methods', () => {
  it('names every recipe once', () => {
    const ids = [...methods.values()].flatMap((method) => [method.id, ...method.recipes.map(({ id }) => id)]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
