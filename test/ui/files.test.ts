import { beforeAll, describe, expect, it } from 'vitest';
import { fileName, resultsCsv } from '../../src/ui/shell/files.ts';
import { engineForTests } from '../support/engine.ts';
import { collected, small } from '../support/run.ts';

beforeAll(engineForTests);

describe('results as CSV', () => {
  it('have one row per run, seed and recorded step, and as many cells as the head', async () => {
    const scenario = small({ runs: [{ name: '=GA, "mine"', method: 'ga', steps: 10 }], seeds: [0, 1] });
    const lines = resultsCsv((await collected(scenario)).results())
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(1 + 2 + 2 + 2 * 3);
    expect(lines[0]).toMatch(/^run,method,settings,seed,step,/);
    expect(lines.at(-1)).toMatch(/^"'=GA, ""mine""",ga,,1,10,/);
    expect(lines.join()).not.toContain('NaN');
    const cells = (lines[0] ?? '').split(',').length;
    for (const line of lines.slice(1, 5)) expect(line.split(',')).toHaveLength(cells);
  });
});

describe('a file name', () => {
  it('is made of the title’s words', () => {
    expect(fileName('GA collapse vs NPO!', '.json')).toBe('ga-collapse-vs-npo.json');
    expect(fileName('…', '.csv')).toBe('unlearn-lab.csv');
  });
});
