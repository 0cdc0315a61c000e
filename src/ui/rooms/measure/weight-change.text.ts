import { catalogue } from '../../text/language.ts';

export const words = catalogue('measure/weight-change', {
  title: 'Which weights moved',
  hint: 'Every weight of the network at the step on the clock, compared with the original model, for the seed on screen. The darker, the farther it has moved. Gray weights have not moved at all: a mask, or a method that edits only some weights, leaves them exactly as they were.',
  run: 'Run',
  waiting: 'Shown once the run has finished.',
  otherNetwork: 'This method answers with a different network, so there is nothing to compare weight by weight.',
  picture: (name: string, rows: number, columns: number, still: string, most: string) =>
    `${name}, ${rows} by ${columns}: ${still} unchanged, the farthest has moved by ${most}`,
  columns: ['array', 'weights', 'unchanged', 'mean change', 'largest change'],
  legend: ['not at all', 'a little', 'a lot'],
} as const);
