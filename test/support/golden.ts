import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';
import { metricsDigest, weightsDigest } from './digest.ts';
import { collectedWithWeights } from './run.ts';

/** A recorded scenario of test/golden. */
export const recordOf = (name: string) => {
  const file = join(import.meta.dirname, '../golden', name);
  const recorded = JSON.parse(readFileSync(file, 'utf8'));
  /** Runs it with some fields changed. */
  const run = async (change: object = {}) => {
    const { scenario } = parseScenario({ ...recorded.scenario, ...change }, catalogueInfo, 'strict');
    const { collector, weights } = await collectedWithWeights(scenario);
    return { collector, weights, results: collector.results() };
  };
  /** Holds what it comes to to the recorded digests, that of the weights first; UPDATE_GOLDEN=1 records them. */
  const holds = async (): Promise<void> => {
    const { weights, results, collector } = await run();
    expect([...collector.failures.values()]).toEqual([]);
    const digests = { weights: weightsDigest(weights), metrics: metricsDigest(results) };
    if (process.env['UPDATE_GOLDEN']) {
      const text = readFileSync(file, 'utf8')
        .replace(/"weights": "[0-9a-f]*"/, `"weights": "${digests.weights}"`)
        .replace(/"metrics": "[0-9a-f]*"/, `"metrics": "${digests.metrics}"`);
      writeFileSync(file, text);
      return;
    }
    expect(digests.weights).toBe(recorded.weights);
    expect(digests.metrics).toBe(recorded.metrics);
  };
  return { run, holds };
};
