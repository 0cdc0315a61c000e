import { expect } from 'vitest';
import { SimError } from '../../src/engine/base/errors.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { smallCatalogue } from './catalogue.ts';

/** What the strict parse has against an input, one line each. */
export const faults = (input: unknown): string[] => {
  try {
    parseScenario(input, smallCatalogue, 'strict');
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(SimError);
    expect((thrown as SimError).code).toBe('scenario/invalid');
    expect((thrown as SimError).faults.length).toBeGreaterThan(0);
    return (thrown as SimError).message.split('\n');
  }
  return [];
};
