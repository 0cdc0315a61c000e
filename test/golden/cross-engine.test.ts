import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';
import { engineForTests } from '../support/engine.ts';
import { collected } from '../support/run.ts';

beforeAll(engineForTests);

const file = join(import.meta.dirname, 'cross-engine.json');

describe('recorded numbers', () => {
  it('of a small scenario with every method, mask and optimizer are the same in Node as recorded, digit by digit', async () => {
    const recorded = JSON.parse(readFileSync(file, 'utf8'));
    const { scenario } = parseScenario(recorded.scenario, catalogueInfo, 'strict');
    const results = (await collected(scenario)).results();
    const last = results.runs.map(({ metrics }) =>
      Object.fromEntries(Object.entries(metrics).map(([id, series]) => [id, series.at(-1)])),
    );
    if (process.env['UPDATE_GOLDEN']) {
      writeFileSync(file, `${JSON.stringify({ ...recorded, checksum: results.checksum, last }, null, 1)}\n`);
      return;
    }
    expect(last).toEqual(recorded.last);
    expect(results.checksum).toBe(recorded.checksum);
  });
});
