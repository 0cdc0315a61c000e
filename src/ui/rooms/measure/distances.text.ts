import { catalogue } from '../../text/language.ts';

export const words = catalogue('measure/distances', {
  title: 'Distance to the retrained model',
  hint: 'Forget and retain distance are divergences KL(retrained ‖ model) on fresh points: 0 means that nobody could tell the model from one that never saw the forget set. Lower is better.',
  forget: 'Forget distance',
  retain: 'Retain distance',
  forgetAxis: 'forget distance, nats',
  retainAxis: 'retain distance, nats',
  stepAxis: 'steps',
  trajectory: 'Retain against forget distance',
  weight: 'How far the weights have moved',
  forgetHelp:
    'On fresh points from the forget set’s law. A curve that falls and rises again has gone past its goal: over-unlearning.',
  retainHelp: 'On fresh points from the retain set’s law. What rises here is damage to what should be kept.',
  trajectoryHelp:
    'The same two distances against each other, step by step. Good is below and to the left. The large sign is where the clock stands; each point is the median over seeds at an equal step, which can flatter a method: see the averages below.',
  scale: 'Vertical axis',
  log: 'logarithmic',
  linear: 'linear',
  summary: (name: string, ends: string) => `${name} at the last recorded step: ${ends}.`,
  none: 'Nothing has been computed yet.',
  end: (label: string, value: string) => `${label} ${value}`,
} as const);
