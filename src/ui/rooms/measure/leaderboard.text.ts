import { catalogue } from '../../text/language.ts';

export const words = catalogue('measure/leaderboard', {
  title: 'Leaderboard that computes again',
  hint: 'Each entry is a method with all its settings, on data that every seed draws anew, and says how far it ends from the retrained model. Nobody has to be believed: this page computes any entry again and compares.',
  gap: (value: string) => `gap ${value}`,
  gapHelp:
    'Mean distance from the retrained model over the metrics that decide in a tournament, and over five seeds: 0 is a match. Gaps that differ little may be chance; a tournament tells.',
  none: 'no standing',
  by: (name: string) => `entered by ${name}`,
  checksum: (sum: string) => `checksum ${sum}`,
  again: 'Compute again',
  againOf: (title: string) => `Compute again: ${title}`,
  all: 'Compute all again',
  stop: 'Stop',
  open: 'Open',
  openOf: (title: string) => `Open as an experiment: ${title}`,
  waiting: 'waits for its turn',
  running: (percent: number) => `computing, ${percent} %`,
  same: (gap: string, sum: string) => `Same result: gap ${gap}, checksum ${sum}`,
  differs: (gap: string, sum: string) => `Not the same result: here the gap is ${gap}, checksum ${sum}.`,
  edited: 'The checksum agrees and the gap does not: the claim was edited by hand.',
  failed: (message: string) => `It could not be computed: ${message}`,
  unclaimed: (gap: string) => `It claims nothing. Here the gap is ${gap}.`,
  unreadable: (file: string) => `${file} cannot be read with this version:`,
  steps: (n: number) => `${n} ${n === 1 ? 'step' : 'steps'}`,
  summary: (same: number, of: number) => `${same} of ${of} gave the same result.`,
} as const);
