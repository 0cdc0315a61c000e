import { catalogue } from '../text/language.ts';

export const words = catalogue('pairs', {
  none: 'none yet',
  has: (pairs: number, inputs: number) => `${pairs} pairs, ${inputs === 1 ? 'a curve' : 'a surface'}`,
  write: 'Write or open …',
  change: 'Change …',
  title: 'Pairs of your own',
  lead: 'One pair a line: a place of one number or two, then the number that was seen there. A table that a spreadsheet exports will do; a column that is called y, value or target is the number, otherwise it is the last.',
  scaled:
    'Places are scaled to lie between -1 and 1, numbers to mean 0 and standard deviation 1: errors are in these units.',
  field: 'Pairs',
  placeholder: 'x,y\n0.1,1.2\n0.2,1.5',
  choose: 'Open a file …',
  fileInput: 'A table of pairs',
  large: (size: string) => `a file of at most ${size}: keep fewer lines`,
  kept: 'The pairs stay as they were.',
  remove: 'Remove them',
  use: 'Use these pairs',
});
