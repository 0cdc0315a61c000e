import { beforeAll, describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/scenario/parse.ts';
import { presets } from '../../src/scenario/presets.ts';
import { catalogue, catalogueInfo } from '../../src/sim/catalogue.ts';
import { createCollector } from '../../src/sim/collector.ts';
import { simulate } from '../../src/sim/simulate.ts';
import { engineForTests } from '../support/engine.ts';

beforeAll(engineForTests);

describe('the presets show what they claim', () => {
  it.each(presets)(
    '$id',
    async ({ id, input }) => {
      const { scenario } = parseScenario(input, catalogueInfo, 'strict');
      const collector = createCollector(scenario);
      for await (const event of simulate({ runId: id, scenario, catalogue, backend: 'wasm', now: () => 0 })) {
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
