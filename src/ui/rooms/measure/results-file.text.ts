import { catalogue } from '../../text/language.ts';

export const words = catalogue('measure/results-file', {
  title: 'Results from a file',
  hint: 'Shows the numbers of a results file, such as those of a large study that was computed in parts, without computing anything. To compute them again, open the file with File → Open.',
  choose: 'Choose a results file',
  unread: 'This file cannot be shown:',
  table: (title: string, n: number) =>
    `${title}: mean [lowest, highest] of ${n} ${n === 1 ? 'seed' : 'seeds'}, after the last step`,
  untitled: 'Results',
  model: 'Model',
  original: 'Original',
  retrained: 'Retrained',
  claims: 'Claims',
  holds: 'holds',
  fails: 'does not hold',
  made: (engine: string, checksum: string) => `As the file says: computed by ${engine}, checksum ${checksum}.`,
} as const);
