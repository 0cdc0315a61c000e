import type { NoPulls } from '../../../sim/events.ts';
import { catalogue } from '../../text/language.ts';

const reasons: Readonly<Record<NoPulls, string>> = {
  'no-terms': 'edits the weights as a whole: no example has a weight of its own',
  'own-steps': 'changes its objective from step to step: there is no one weight to show',
  served: 'answers with several networks',
  'none-on-split': 'does not look at the forget set',
  adversary: 'is trained under an adversary, who changes what the weights are of',
};

export const words = catalogue('measure/pull-weights', {
  title: 'Weights of the examples',
  hint: 'A method that works row by row moves each forget example with a weight W: 1 is gradient ascent’s, 0 leaves the example alone. Where W falls by itself, as with NPO, unlearning slows down before it destroys the rest.',
  curve: 'Mean W over the steps',
  help: 'The mean over the forget set of the size of each example’s pull, computed from the method’s own rule at the recorded weights. Each line is the middle over seeds.',
  stepAxis: 'steps',
  weightAxis: 'mean W',
  histogram: 'Distribution of W at the clock’s step',
  histogramHelp:
    'How many forget examples of the seed on screen have which W at the clock’s step. All bars of a picture together are the whole forget set.',
  waiting: 'Shown when the run has ended.',
  reasons,
  without: (label: string, why: string) => `${label} ${why}.`,
  ofGradients: (label: string) =>
    `${label}: some of its terms state a gradient and no weight; W is then the most that they move a distribution by.`,
  summary: (ends: string) => `Mean W at the last recorded step: ${ends}.`,
  none: 'No run here has weights of single examples.',
  end: (label: string, value: string) => `${label} ${value}`,
  columns: ['run', 'lowest', 'quarter', 'median', 'three quarters', 'highest', 'below 0.1'],
  bars: (label: string, median: string, low: string) =>
    `${label}: median W ${median}; ${low} of the examples are below 0.1.`,
} as const);
