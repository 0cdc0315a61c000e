import { infoOf } from '../../engine/contracts/method.ts';
import type { FamilyInfo } from '../../scenario/format/catalogue.ts';
import { hills, ownPairs, steps, waves } from './curve.ts';
import { numbersMetrics } from './metrics.ts';
import { relearning } from './relearn.ts';

const share = (byDefault: number) =>
  ({
    share: {
      kind: 'number',
      label: 'Share of the pairs',
      help: 'Of the training set.',
      default: byDefault,
      min: 0.01,
      max: 0.95,
      scale: 'linear',
    },
  }) as const;

const end = (label: string, byDefault: number) =>
  ({
    kind: 'number',
    label,
    help: 'A place between -1 and 1.',
    default: byDefault,
    min: -1,
    max: 1,
    scale: 'linear',
  }) as const;

export const info: FamilyInfo = {
  id: 'numbers',
  title: 'Curves of numbers',
  summary: 'A place has a number; a small network follows the curve.',
  headline: { forget: 'forgetExplained', keep: 'retainExplained', others: ['gap', 'forgetError', 'retainError'] },
  spoken: { head: 'real', sequences: false },
  generators: [waves, steps, hills, ownPairs].map(infoOf),
  metrics: [...numbersMetrics.values()].map(infoOf),
  attacks: [infoOf(relearning)],
  selectors: [],
  masks: [],
  regions: true,
  rules: [
    { id: 'lowest', title: 'The lowest numbers', summary: 'Pairs in the valleys of the curve.', params: share(0.25) },
    { id: 'highest', title: 'The highest numbers', summary: 'Pairs on the hills of the curve.', params: share(0.25) },
    {
      id: 'between',
      title: 'Between two places',
      summary: 'A stretch of the curve, whatever its numbers; over a plane, by the first number of a place.',
      params: { from: end('From', 0.2), to: end('To', 0.6) },
    },
    { id: 'random', title: 'Random pairs', summary: 'Drawn anew for each seed.', params: share(0.1) },
  ],
  networks: [
    {
      id: 'curve-net',
      title: 'Multilayer perceptron',
      summary: 'A place in, one number out; its error is read as noise of a fixed width.',
      params: {
        width: { kind: 'int', label: 'Width', help: 'Units in each hidden layer.', default: 48, min: 2, max: 256 },
        layers: { kind: 'int', label: 'Hidden layers', help: '', default: 2, min: 1, max: 4 },
        activation: {
          kind: 'choice',
          label: 'Activation',
          help: 'The bend in each unit.',
          default: 'tanh',
          options: ['tanh', 'relu'],
        },
        deviation: {
          kind: 'number',
          label: 'Width of the likelihood',
          symbol: 'τ',
          help: 'Standard deviation of the noise that the network takes its error for. NPO lets go of a pair once its error is large beside τ.',
          default: 0.1,
          min: 0.01,
          max: 1,
          scale: 'log',
        },
      },
    },
  ],
};
