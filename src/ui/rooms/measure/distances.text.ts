import { catalogue } from '../../text/language.ts';

export const words = catalogue('measure/distances', {
  title: 'Distance to the retrained model',
  hint: 'The forget and retain distances are divergences KL(retrained ‖ model) on fresh points: at 0, nobody could tell the model from one that never saw the forget set. Lower is better.',
  forget: 'Forget distance',
  retain: 'Retain distance',
  forgetAxis: 'forget distance, nats',
  retainAxis: 'retain distance, nats',
  stepAxis: 'steps',
  trajectory: 'Retain against forget distance',
  weight: 'How far the weights have moved',
  forgetHelp:
    'On fresh points distributed like the forget set. A curve that falls and then rises again has overshot: over-unlearning.',
  retainHelp: 'On fresh points distributed like the retain set. A rise here is damage to what should be kept.',
  trajectoryHelp:
    'The same two distances against each other, step by step: the closer to the lower left, the better. The large sign marks the step on the clock. Each point is the median over the seeds at the same step, which can flatter a method: see the averages below.',
  scale: 'Vertical axis',
  log: 'logarithmic',
  linear: 'linear',
  summary: (name: string, ends: string) => `${name} at the last recorded step: ${ends}.`,
  none: 'Nothing has been computed yet.',
  end: (label: string, value: string) => `${label} ${value}`,
} as const);
