import { catalogue } from '../../text/language.ts';

export const words = catalogue('measure/averaging', {
  title: 'What averaging over seeds does',
  hint: 'Seeds forget at different speeds. Averaging both distances at an equal step mixes seeds that are far past a forget distance with seeds that have not reached it; averaging the retain distance at an equal forget distance does not. Where the curves part under the first and meet under the second, the trade-off was made by the averaging.',
  chart: 'Retain against forget distance',
  choice: 'Averaged',
  atStep: 'at an equal step',
  atDistance: 'at an equal forget distance',
  forgetAxis: 'forget distance, nats',
  retainAxis: 'retain distance, nats (mean)',
  help: 'Read from the right, where every run begins. At an equal forget distance, the retain distance of each seed is taken where its forget distance first falls to that value; a line goes as far as all seeds get. The bars are what the choice above the chart says.',
  bands: {
    range: (n: number) => `mean, range, n=${n}`,
    iqr: (n: number) => `mean, middle half, n=${n}`,
    bootstrap: (n: number) => `mean, 95 % bootstrap, n=${n}`,
  },
  scale: 'Axes',
  log: 'logarithmic',
  linear: 'linear',
  table: 'Retain distance when the forget distance first falls to a tenth of where it began',
  run: 'Run',
  stepColumn: 'at an equal step',
  distanceColumn: 'at an equal forget distance',
  never: 'not reached by every seed',
  summary: (level: string, ends: string) => `Retain distance at a forget distance of ${level}: ${ends}.`,
  none: 'Nothing has been computed yet.',
  at: (level: string) => `forget distance ${level}`,
} as const);
