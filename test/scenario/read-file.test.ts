import { describe, expect, it } from 'vitest';
import { readScenarioFile } from '../../src/scenario/files/read-file.ts';
import { smallCatalogue as catalogue } from '../support/catalogue.ts';

const scenario = { version: 1, title: 'Mine', runs: [{ method: 'ga' }] };
const read = (content: unknown) => readScenarioFile(JSON.stringify(content), catalogue);
const error = (code: string) => expect.objectContaining({ name: 'SimError', code });

describe('a file', () => {
  it('holds a scenario', () => {
    expect(read(scenario).scenario.title).toBe('Mine');
    expect(readScenarioFile(`\uFEFF${JSON.stringify(scenario)}`, catalogue).scenario.title).toBe('Mine');
    expect(Object.keys(read(scenario))).toEqual(['scenario']);
  });

  it('may hold results: their scenario, and what they were and by what', () => {
    const results = { version: 1, scenario, checksum: '0123abcd', engine: { backend: 'kernels', version: '0.1.0' } };
    expect(read(results)).toMatchObject({ scenario: { title: 'Mine' }, checksum: '0123abcd', engine: 'kernels 0.1.0' });
  });

  it('with results that say something odd about themselves is still opened', () => {
    for (const engine of [null, 7, [], { backend: { toString: 1 }, version: [] }, { backend: '<b>', version: '1' }]) {
      expect(Object.keys(read({ scenario, checksum: {}, engine }))).toEqual(['scenario']);
    }
  });

  it('that is no JSON, or no object, says so', () => {
    for (const text of ['', '{', 'null', '7', '"x"', '[]', '['.repeat(100_000)]) {
      expect(() => readScenarioFile(text, catalogue)).toThrow(error('file/malformed'));
    }
  });

  it('with faults lists each of them', () => {
    expect(() => read({ ...scenario, seeds: ['x'] })).toThrow(error('scenario/invalid'));
    expect(() => read({ scenario: { ...scenario, nonsense: 1 } })).toThrow(/\/nonsense/);
  });
});
