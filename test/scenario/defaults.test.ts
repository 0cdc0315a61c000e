import { describe, expect, it } from 'vitest';
import * as defaults from '../../src/scenario/format/defaults.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { smallCatalogue } from '../support/catalogue.ts';

// Links store only what differs from these values. A change here changes what every old link means:
// if it has to be, raise the version and read version 1 with the old values.
const frozen = {
  version: 2,
  dataDefaults: { generator: 'blobs', seed: 0 },
  forgetDefaults: { kind: 'class', label: 0 },
  randomForgetDefaults: { fraction: 0.1, seed: 0 },
  componentForgetDefaults: { fraction: 1, seed: 0 },
  selectorForgetDefaults: { count: 40 },
  featuresDefault: 128,
  modelDefaults: { kind: 'mlp', hidden: [32, 32], activation: 'tanh', init: 'auto' },
  trainingDefaults: {
    optimizer: 'adam',
    learningRate: 0.01,
    momentum: 0.9,
    weightDecay: 0,
    clipNorm: 0,
    steps: 600,
    batchSize: 'full',
  },
  runDefaults: {
    optimizer: 'sgd',
    learningRate: 0.05,
    momentum: 0.9,
    weightDecay: 0,
    clipNorm: 0,
    steps: 400,
    batchSize: 'full',
  },
  retainDefaults: { kind: 'none', weight: 1, batchSize: 'full' },
  maskDefaults: { kind: 'none', keep: 0.5 },
  seedsDefault: [0, 1, 2, 3, 4],
  evaluateDefaults: { every: 5 },
  familyDefault: 'points',
  familyNames: ['points', 'text', 'numbers', 'diffusion', 'gan'],
  claimDefaults: { at: 'last', seeds: 'all' },
};

describe('the defaults of versions 1 and 2', () => {
  it('never change', () => {
    const { caps: _, ...values } = defaults;
    expect(values).toEqual(frozen);
  });

  it('are what a scenario that says nothing means', () => {
    const { scenario } = parseScenario({ version: 1, runs: [{ method: 'ga' }] }, smallCatalogue, 'strict');
    expect(scenario).toEqual({
      version: 2,
      family: 'points',
      title: '',
      question: '',
      data: { generator: 'blobs', seed: 0, params: { classes: 5, perClass: 100, noise: 0.6 } },
      forget: { kind: 'class', label: 0 },
      model: frozen.modelDefaults,
      training: frozen.trainingDefaults,
      runs: [
        {
          name: 'GA',
          method: 'ga',
          params: {},
          ...frozen.runDefaults,
          retain: frozen.retainDefaults,
          mask: frozen.maskDefaults,
          wrappers: [],
          sweep: {},
        },
      ],
      seeds: [0, 1, 2, 3, 4],
      evaluate: { every: 5 },
      claims: [],
      view: {},
    });
  });
});
