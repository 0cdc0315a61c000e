import type { NoPulls } from '../../../sim/events.ts';
import { catalogue } from '../../text/language.ts';

const reasons: Readonly<Record<NoPulls, string>> = {
  'no-terms': 'edits the weights as a whole, so no example has a weight of its own',
  'own-steps': 'changes its objective from step to step, so there is no single weight to show',
  served: 'answers with several networks',
  'none-on-split': 'does not look at the forget set',
  wrapped: 'is in a wrapper that changes what the weights refer to',
};

export const words = catalogue('measure/pull-weights', {
  title: 'Weights of the examples',
  hint: 'A method that works example by example moves each forget example with a weight W: gradient ascent has W = 1, and 0 leaves the example alone. Where W falls by itself, as in NPO, unlearning slows down before it destroys the rest.',
  curve: 'Mean W over the steps',
  help: 'The mean size of the pull over the forget set, computed from the method’s own rule at the recorded weights. Each line is the median over the seeds.',
  stepAxis: 'steps',
  weightAxis: 'mean W',
  histogram: 'Distribution of W at the step on the clock',
  histogramHelp:
    'How many forget examples have which W at the step on the clock, for the seed on screen. The bars of a picture add up to the whole forget set.',
  waiting: 'Shown once the run has finished.',
  reasons,
  without: (label: string, why: string) => `${label} ${why}.`,
  ofGradients: (label: string) =>
    `${label}: some of its terms have a gradient but no weight; W is then the most by which they move a distribution.`,
  summary: (ends: string) => `Mean W at the last recorded step: ${ends}.`,
  none: 'No run here has weights for single examples.',
  end: (label: string, value: string) => `${label} ${value}`,
  columns: ['run', 'lowest', 'quarter', 'median', 'three quarters', 'highest', 'below 0.1'],
  bars: (label: string, median: string, low: string) =>
    `${label}: median W ${median}; ${low} of the examples are below 0.1.`,
} as const);
