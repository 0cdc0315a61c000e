import { counted } from '../format.ts';
import { catalogue } from '../text/language.ts';

const n = (value: number): string => value.toLocaleString('en');

/** The words of reading a table. */
export const csvText = catalogue('csv/csv', {
  open: 'Paste or open CSV …',
  title: 'Points from a table',
  lead: 'One point a line: its numbers and its class, separated by commas, semicolons or tabs. Paste the lines, drop a file here, or choose one. It stays on this device.',
  field: 'Table as text',
  placeholder: 'x1,x2,class\n0.5,1.2,setosa\n-0.3,0.7,virginica',
  choose: 'Choose a file …',
  fileInput: 'CSV file',
  example: 'Put in an example',
  read: (rows: number, columns: number, separator: string, decimal: string) =>
    `${n(rows)} ${rows === 1 ? 'row' : 'rows'}, ${counted(columns, 'column')}; separated by ${separator}, decimal ${decimal}`,
  decimals: { '.': 'points', ',': 'commas' },
  header: 'First line is a header',
  preview: 'First lines of the table, and what each column is used for',
  roles: { input: 'number', label: 'class', none: 'left out' },
  role: (column: string) => `Use of ${column}`,
  standardize: 'Standardize the numbers',
  standardizeHelp:
    'Each column gets mean 0 and standard deviation 1 over the training points, to four decimals. Networks train badly on numbers of very different size.',
  share: 'Share of test points',
  shareHelp:
    'Of each class, this share of its rows is put aside: no model is trained on them, and the numbers on fresh points come from them.',
  seed: 'Seed of the split',
  seedHelp:
    'Which rows test is drawn at random by this seed and the row’s place within its class: always the same ones.',
  classes: (
    classes: readonly { readonly name: string; readonly train: number; readonly test: number; letter: string }[],
  ) => classes.map(({ letter, name, train, test }) => `${letter} = ${name} (${train} + ${test})`).join(', '),
  classesNote: 'Classes (training + test points). The page calls them by letter; their names are not kept in the link.',
  many: 'A data set of this size makes a link that is too long for some programs: save the scenario as a file to pass it on.',
  faults: (count: number) =>
    count === 1 ? 'This has to be mended first:' : `These ${count} things have to be mended first:`,
  kept: 'Nothing has been changed: your earlier points are still there.',
  use: 'Use these points',
});
