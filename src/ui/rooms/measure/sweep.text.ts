import { catalogue } from '../../text/language.ts';

/** Every word of the sweep, in English. */
export const sweepText = catalogue('measure/sweep', {
  title: 'Sweep',
  hint: 'One run under many settings at once, at the step of the clock. Choose a setting with Enter or a click: the run takes it.',
  empty:
    'No run sweeps over anything yet. Begin with one of these settings, or open “Sweep a setting” in a method on the right.',
  start: (run: string, label: string) => `${run}: sweep ${label}`,
  run: 'Run',
  metric: 'Metric',
  of: (label: string) => `over ${label}`,
  retrained: (value: string) => `Retrained model: ${value}`,
  none: 'undefined',
  later: 'This metric is computed at the last step only: move the clock to the end.',
  legend: 'Median over seeds; the stronger the color of a field, the nearer it is to the retrained model.',
  bandLegend: 'Dashed: the retrained model.',
  diverged: (count: number, of: number) => `diverged on ${count} of ${of} seeds`,
  take: (label: string, value: string) => `Take ${label}: ${value}`,
  summary: (name: string, values: string) => `Over ${name}: ${values}.`,
  multiples: 'The same settings in other metrics',
} as const);
