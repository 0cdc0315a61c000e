import type { Scenario } from '../../../src/scenario/format/scenario.ts';
import { parseScenario } from '../../../src/scenario/read/parse.ts';
import { catalogueInfo } from '../../../src/sim/catalogue.ts';

/** A small curve that trains in milliseconds, with other fields, parsed strictly. */
export const curve = (fields: Readonly<Record<string, unknown>>): Scenario =>
  parseScenario(
    {
      ...{ version: 2, family: 'numbers', data: { generator: 'waves', seed: 'lane', params: { points: 40 } } },
      model: { kind: 'network', id: 'curve-net', params: { width: 8 } },
      ...{ training: { steps: 40, learningRate: 0.01 }, seeds: [0], evaluate: { every: 4 } },
      ...fields,
    },
    catalogueInfo,
    'strict',
  ).scenario;
