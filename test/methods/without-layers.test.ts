import { beforeAll, describe, expect, it } from 'vitest';
import { offerOf } from '../../src/scenario/format/catalogue.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';
import { engineForTests } from '../support/engine.ts';
import { collected } from '../support/run.ts';

beforeAll(engineForTests);

const MODELS = [{ kind: 'linear' }, { kind: 'random-features', features: 12 }];

describe.each(MODELS)('on a network without trained hidden layers: %j', (model) => {
  it.each(offerOf(catalogueInfo, 'points').methods.map(({ id }) => id))(
    '%s runs, or says what it misses',
    async (method) => {
      const { scenario } = parseScenario(
        {
          version: 1,
          data: {
            generator: 'gaussian-logistic',
            params: { nRetain: 40, nForget: 10, nTestRetain: 20, nTestForget: 20 },
          },
          forget: { kind: 'component', name: 'forget' },
          model,
          training: { steps: 20 },
          runs: [{ method, steps: 3 }],
          seeds: [0],
        },
        catalogueInfo,
        'strict',
      );
      const collector = await collected(scenario);
      expect(collector).toMatchObject({ status: 'finished', error: null });
      const [failure] = collector.failures.values();
      if (failure) expect(failure).toMatchObject({ code: 'method/failed', faults: [{ path: '/method' }] });
      else expect(collector.results().runs[0]?.metrics['forgetLoss']?.at(-1)).toEqual(expect.any(Number));
    },
  );
});
