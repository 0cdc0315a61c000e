import { catalogue } from '../../text/language.ts';

/** Every word of the sweep, in English. */
export const sweepText = catalogue('measure/sweep', {
  title: 'Several values compared',
  hint: 'One run with many settings at once, at the step on the clock. Pick a setting with a click or Enter, and the run takes it.',
  empty:
    'No run compares several values yet. Start with one of these settings, or open “Compare several values” in a method on the right.',
  start: (run: string, label: string) => `${run}: several values of ${label}`,
  run: 'Run',
  metric: 'Metric',
  of: (label: string) => `over ${label}`,
  retrained: (value: string) => `Retrained model: ${value}`,
  none: 'undefined',
  later: 'This metric is only computed at the last step: move the clock to the end.',
  legend: 'Median over the seeds. The stronger the color, the closer to the retrained model.',
  bandLegend: 'Dashed: the retrained model.',
  diverged: (count: number, of: number) => `diverged on ${count} of ${of} seeds`,
  take: (label: string, value: string) => `Take ${label}: ${value}`,
  summary: (name: string, values: string) => `Over ${name}: ${values}.`,
  multiples: 'The same settings in other metrics',
} as const);
