import { beforeAll, describe, expect, it } from 'vitest';
import { offerOf } from '../../src/scenario/format/catalogue.ts';
import { presets } from '../../src/scenario/format/presets.ts';
import type { Scenario } from '../../src/scenario/format/scenario.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { createCache, modelsOnly } from '../../src/sim/cache.ts';
import { catalogue, catalogueInfo } from '../../src/sim/catalogue.ts';
import { createCollector } from '../../src/sim/collector.ts';
import { simulate } from '../../src/sim/simulate.ts';
import { engineForTests } from '../support/engine.ts';

beforeAll(engineForTests);

/**
 * Presets that train for this long are checked on their first seed alone, to keep the suite quick; on all of theirs by
 * `npm run simulate -- <preset> --check`. What two of them train alike is trained once.
 */
const LONG = 20_000;
const cache = modelsOnly(createCache()); // each preset asks for metrics of its own: lanes of another one have others

/** Costly metrics only where a claim names them. */
const metricsFor = ({ family, claims }: Scenario): string[] => {
  const named = JSON.stringify(claims);
  return offerOf(catalogueInfo, family).metrics.flatMap(({ id, when }) =>
    when === 'last' && !named.includes(`"${id}"`) ? [] : [id],
  );
};

const shortened = (scenario: Scenario): Scenario =>
  scenario.training.steps < LONG ? scenario : { ...scenario, seeds: scenario.seeds.slice(0, 1) };

describe('the presets show what they claim', () => {
  it.each(presets)(
    '$id',
    async ({ id, input }) => {
      const scenario = shortened(parseScenario(input, catalogueInfo, 'strict').scenario);
      const collector = createCollector(scenario);
      const fixed = { catalogue, backend: 'wasm', now: () => 0, cache };
      for await (const event of simulate({ ...fixed, runId: id, scenario, metrics: metricsFor(scenario) })) {
        collector.take(event);
      }
      expect(collector).toMatchObject({ status: 'finished', error: null });
      expect(collector.failures.size).toBe(0);
      const failing = collector.results().claims.filter(({ holds, leftOut }) => !holds || leftOut > 0);
      expect(failing).toEqual([]);
    },
    10 * 60_000,
  );
});
