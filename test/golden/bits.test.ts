import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';
import { digestOf } from '../support/digest.ts';
import { useEngine } from '../support/engine.ts';
import { collected } from '../support/run.ts';

beforeAll(() => useEngine('kernels'));

const file = join(import.meta.dirname, 'bits.json');
const recorded = JSON.parse(readFileSync(file, 'utf8'));
const run = async (change: object = {}) =>
  (await collected(parseScenario({ ...recorded.scenario, ...change }, catalogueInfo, 'strict').scenario)).results();

describe('the digest of all numbers', () => {
  it('is in Node what was recorded: every bit of every number at every step', async () => {
    const digest = digestOf(await run());
    if (process.env['UPDATE_GOLDEN']) {
      const text = readFileSync(file, 'utf8').replace(/"digest": "[0-9a-f]*"/, `"digest": "${digest}"`);
      writeFileSync(file, text);
      return;
    }
    expect(digest).toBe(recorded.digest);
  });

  it('does not depend on the order of seeds, and notices one bit', async () => {
    const results = await run();
    expect(digestOf(await run({ seeds: [9, 4, 0] }))).toBe(digestOf(results));
    const series = results.runs[2]?.metrics['forgetLoss'] as readonly number[];
    const last = series.at(-1) as number;
    const nudged = [...series.slice(0, -1), last * (1 + Number.EPSILON)];
    const runs = results.runs.map((one, i) => (i === 2 ? { ...one, metrics: { ...one.metrics, forgetLoss: nudged } } : one));
    expect(digestOf({ ...results, runs })).not.toBe(digestOf(results));
  });
});
