import { catalogue } from '../../text/language.ts';

export const words = catalogue('measure/locality', {
  title: 'Where it changed',
  hint: 'Forgetting should touch what lies beside the forget set and leave the rest: here by distance in the data, and by layer of the network.',
  curve: 'Accuracy by distance to the forget set',
  help: 'Fresh points that should be kept, in ten groups by the distance to the nearest forget point, nearest first. A method that only forgets follows the retrained model; damage beside the forget set shows on the left, damage everywhere all along.',
  distanceAxis: 'distance to the nearest forget point',
  accuracyAxis: 'accuracy',
  drift: 'Drift by layer',
  driftHint:
    'How far each layer’s weights and biases have moved from the original model, by their size there; median over the seeds, and their range.',
  layer: (n: number) => `layer ${n}`,
  run: 'model',
  original: 'Original',
  retrained: 'Retrained',
  waiting: 'Shown when the run has ended.',
  none: 'There is nothing to compare: no forget points, or fewer than ten fresh points to keep.',
  otherNetwork: 'answers with another network',
  summary: (ends: string) => `Accuracy on the nearest tenth: ${ends}.`,
  end: (label: string, value: string) => `${label} ${value}`,
} as const);
