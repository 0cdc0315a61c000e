import { catalogue } from '../../text/language.ts';

export const words = catalogue('measure/locality', {
  title: 'Where it changed',
  hint: 'Forgetting may touch what lies close to the forget set, but should leave the rest alone. Here you see it by distance in the data and by layer of the network.',
  curve: 'Accuracy by distance to the forget set',
  help: 'Fresh points to be kept, in ten groups by their distance to the nearest forget point, nearest first. A method that only forgets follows the retrained model; damage next to the forget set shows on the left, damage everywhere shows along the whole curve.',
  distanceAxis: 'distance to the nearest forget point',
  accuracyAxis: 'accuracy',
  drift: 'Drift by layer',
  driftHint:
    'How far the weights and biases of each layer have moved from the original model, relative to their size there: the median over the seeds, and the range.',
  layer: (n: number) => `layer ${n}`,
  run: 'model',
  original: 'Original',
  retrained: 'Retrained',
  waiting: 'Shown once the run has finished.',
  none: 'There is nothing to compare: no forget points, or fewer than ten fresh points to keep.',
  otherNetwork: 'answers with a different network',
  summary: (ends: string) => `Accuracy on the nearest tenth: ${ends}.`,
  end: (label: string, value: string) => `${label} ${value}`,
} as const);
