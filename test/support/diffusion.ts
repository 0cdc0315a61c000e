import { SimError } from '../../src/engine/base/errors.ts';
import family from '../../src/families/diffusion/family.ts';
import type { DiffusionDraw } from '../../src/families/diffusion/outputs.ts';
import type { Seed } from '../../src/families/family.ts';
import type { Scenario } from '../../src/scenario/format/scenario.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';

/** A small diffusion model that has learned next to nothing: three clouds, of which the second is to be erased. */
const raw = {
  version: 1,
  family: 'diffusion',
  data: { generator: 'ring', seed: 'lane', params: { classes: 3, perClass: 30 } },
  forget: { kind: 'rule', id: 'condition', params: { label: 1 } },
  model: { kind: 'network', id: 'denoiser', params: { width: 12, times: 25, samples: 20 } },
  training: { optimizer: 'adam', learningRate: 0.003, steps: 30, batchSize: 16 },
  seeds: [0, 1],
  runs: [
    { name: 'GA', method: 'ga', steps: 4, optimizer: 'adam', learningRate: 0.001, batchSize: 8 },
    {
      name: 'NPO+RT',
      method: 'npo',
      steps: 4,
      optimizer: 'adam',
      learningRate: 0.001,
      batchSize: 8,
      retain: { kind: 'ce', batchSize: 8 },
    },
  ],
  evaluate: { every: 2 },
};

export const scenarioOf = (change: object = {}): Scenario =>
  parseScenario({ ...raw, ...change }, catalogueInfo, 'strict').scenario;

export const seedOf = (scenario: Scenario, seed = 0): Seed => {
  const draw = family.draw(scenario, seed, family.generators);
  const requests = draw.divide(scenario.requests ?? [scenario.forget], seed);
  return { seed, draw, split: requests[0]?.after ?? draw.undivided, requests, retrainedAfter: [] };
};
export const drawOf = (scenario: Scenario, seed = 0): DiffusionDraw =>
  family.draw(scenario, seed, family.generators) as DiffusionDraw;

/** What is wrong with a change of it, each fault with its place. */
export const faultsOf = (change: object): string[] => {
  try {
    seedOf(scenarioOf(change));
  } catch (thrown) {
    if (thrown instanceof SimError) return thrown.faults.map(({ path, expected }) => `${path}: ${expected}`);
    throw thrown;
  }
  return [];
};
