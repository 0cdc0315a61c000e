import { catalogue } from '../../text/language.ts';

export const words = catalogue('measure/averaging', {
  title: 'What averaging over seeds does',
  hint: 'Seeds forget at different speeds. Averaging both distances at the same step mixes seeds that are long past a forget distance with seeds that have not reached it yet; averaging the retain distance at the same forget distance does not. If the curves differ under the first and agree under the second, the trade-off is an artefact of the averaging.',
  chart: 'Retain against forget distance',
  choice: 'Averaged',
  atStep: 'at the same step',
  atDistance: 'at the same forget distance',
  forgetAxis: 'forget distance, nats',
  retainAxis: 'retain distance, nats (mean)',
  help: 'Read from the right, where every run starts. At the same forget distance, the retain distance of each seed is taken where its forget distance first falls to that value; a line goes as far as all seeds get. The menu above the chart says what the bars show.',
  bands: {
    range: (n: number) => `mean, range, n=${n}`,
    iqr: (n: number) => `mean, middle half, n=${n}`,
    bootstrap: (n: number) => `mean, 95 % bootstrap, n=${n}`,
  },
  scale: 'Axes',
  log: 'logarithmic',
  linear: 'linear',
  table: 'Retain distance when the forget distance first falls to a tenth of its initial value',
  run: 'Run',
  stepColumn: 'at the same step',
  distanceColumn: 'at the same forget distance',
  never: 'not reached by every seed',
  summary: (level: string, ends: string) => `Retain distance at a forget distance of ${level}: ${ends}.`,
  none: 'Nothing has been computed yet.',
  at: (level: string) => `forget distance ${level}`,
} as const);
