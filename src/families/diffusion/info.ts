import { infoOf } from '../../engine/contracts/method.ts';
import type { FamilyInfo } from '../../scenario/format/catalogue.ts';
import { findCondition } from './attacks/find-condition.ts';
import { relearnClass } from './attacks/relearn-class.ts';
import { grid, moons, ring } from './clouds.ts';
import { cloudsMetrics } from './metrics.ts';

export const info: FamilyInfo = {
  id: 'diffusion',
  title: 'Diffusion models',
  summary: 'A network that takes noise away step by step draws points, each class under its own condition.',
  headline: {
    forget: 'erasedHits',
    keep: 'keptHits',
    others: ['garbage', 'slicedWasserstein', 'nullLeak'],
  },
  spoken: { head: 'real', sequences: false, conditions: true },
  generators: [ring, grid, moons].map(infoOf),
  metrics: [...cloudsMetrics.values()].map(infoOf),
  attacks: [findCondition, relearnClass].map(infoOf),
  selectors: [],
  masks: ['salun', 'condition'],
  rules: [
    {
      id: 'condition',
      title: 'One class',
      summary: 'All points of a class, and with them the condition under which it is drawn.',
      params: {
        label: { kind: 'int', label: 'Class', help: 'Counted from 0.', default: 0, min: 0, max: 11 },
      },
    },
  ],
  networks: [
    {
      id: 'denoiser',
      title: 'Denoising network (DDPM)',
      summary: 'Gets a noised point, the time and the class; says the noise.',
      params: {
        width: { kind: 'int', label: 'Width', help: 'Units in each hidden layer.', default: 64, min: 4, max: 256 },
        layers: { kind: 'int', label: 'Hidden layers', help: '', default: 2, min: 1, max: 4 },
        times: {
          kind: 'int',
          label: 'Noising steps',
          symbol: 'T',
          help: 'From a point to pure noise, and back when a sample is drawn. Fewer than 25 would have to take away more than all that is left.',
          default: 50,
          min: 25,
          max: 200,
        },
        samples: {
          kind: 'int',
          label: 'Samples of each class',
          help: 'Drawn at every recorded step for the metrics, always from the same noise.',
          default: 150,
          min: 20,
          max: 1000,
        },
        guidance: {
          kind: 'number',
          label: 'Guidance',
          symbol: 'w',
          help: 'How much of the difference between with and without the class is added when a sample is drawn. 0 adds none.',
          default: 0,
          min: 0,
          max: 10,
          scale: 'linear',
        },
        eta: {
          kind: 'number',
          label: 'Fresh noise',
          symbol: 'η',
          help: 'How much noise each step back adds: 1 is ancestral sampling, 0 is DDIM without noise.',
          default: 1,
          min: 0,
          max: 1,
          scale: 'linear',
        },
      },
    },
  ],
};
