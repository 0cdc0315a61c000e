import { catalogue } from '../../text/language.ts';

export const words = catalogue('measure/weight-change', {
  title: 'Which weights moved',
  hint: 'Every weight of the network under the seed on screen, at the clock’s step, against the original model. Darker has moved farther; gray weights have not moved at all: a mask, or a method that edits only some, leaves them to the last bit.',
  run: 'Run',
  waiting: 'Shown when the run has ended.',
  otherNetwork: 'This method answers with another network: there is nothing to compare weight by weight.',
  picture: (name: string, rows: number, columns: number, still: string, most: string) =>
    `${name}, ${rows} by ${columns}: ${still} unchanged, the farthest has moved by ${most}`,
  columns: ['array', 'weights', 'unchanged', 'mean change', 'largest change'],
  legend: ['none at all', 'little', 'much'],
} as const);
