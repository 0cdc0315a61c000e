import { counted } from '../format.ts';
import { catalogue } from '../text/language.ts';

const n = (value: number): string => value.toLocaleString('en');

/** The words of reading a table. */
export const csvText = catalogue('csv/csv', {
  open: 'Paste or open CSV …',
  title: 'Points from a table',
  lead: 'One point per line: its numbers and its class, separated by commas, semicolons, tabs, vertical bars or spaces. Paste the lines, drop a file here, or choose one. Nothing leaves this device.',
  understood:
    'A header, quotes, decimal points or commas in each column, thousands set apart, percent signs, comments that begin with #, % or //, the line sep=; of Excel, row numbers of pandas and R, tables of Markdown and empty columns at the end are understood. Where a table can be read in two ways, you are asked.',
  field: 'Table as text',
  placeholder: 'x1,x2,class\n0.5,1.2,setosa\n-0.3,0.7,virginica',
  choose: 'Choose a file …',
  fileInput: 'CSV file',
  example: 'Insert an example',
  read: (rows: number, columns: number, separator: string, decimal: string) =>
    `${n(rows)} ${rows === 1 ? 'row' : 'rows'}, ${counted(columns, 'column')}; separated by ${separator}, decimal ${decimal}`,
  decimals: { '.': 'points', ',': 'commas' },
  bothDecimals: 'points and commas',
  comments: (count: number) => `${counted(count, 'comment line')} left out`,
  separator: 'Separator',
  separators: {
    '': 'as in the table',
    '\t': 'tabs',
    ';': 'semicolons',
    ',': 'commas',
    '|': 'vertical bars',
    ' ': 'spaces',
  },
  questions: {
    title: 'This table can be read in more than one way. Please say what is meant:',
    none: 'please choose',
    header: 'What is the first line?',
    headerIs: { names: 'names of the columns', row: 'a row of the table' },
    decimal: (cell: string, column: string) => `${cell} in ${column} is`,
    number: (value: number) => value.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 15 }),
    rowNumbers: (column: string) => `What is ${column}?`,
    rowNumbersAre: { none: 'numbers of the rows: leave it out', input: 'numbers of the points: use it' },
    label: 'Which column says the class?',
    unread: (cell: string, column: string) => `What is ${column}? ${cell} is no number.`,
    unreadIs: { none: 'nothing for the model: leave it out', input: 'numbers: show what has to be changed' },
    missing: (cells: string) => `What does ${cells} mean in the column of the class?`,
    missingAre: { class: 'a class of that name', none: 'that the class is not known: leave those lines out' },
    alike: (groups: readonly (readonly string[])[]) =>
      `Is this the same class: ${groups.map((names) => names.join(' = ')).join('; ')}?`,
    alikeAre: { same: 'the same class', apart: 'different classes' },
  },
  header: 'First line is a header',
  preview: 'First lines of the table, and what each column is used for',
  roles: { input: 'number', label: 'class', none: 'ignored' },
  role: (column: string) => `Use of ${column}`,
  standardize: 'Standardize the numbers',
  standardizeHelp:
    'Each column gets mean 0 and standard deviation 1 over the training points, to four decimals. Networks train badly on numbers of very different sizes.',
  share: 'Share of test points',
  shareHelp:
    'This share of the rows of each class is set aside: no model is trained on them, and the numbers on fresh points come from them.',
  seed: 'Seed of the split',
  seedHelp: 'Decides which rows are for testing; the same seed always picks the same ones.',
  classes: (
    classes: readonly { readonly name: string; readonly train: number; readonly test: number; letter: string }[],
  ) => classes.map(({ letter, name, train, test }) => `${letter} = ${name} (${train} + ${test})`).join(', '),
  classesNote:
    'Classes (training + test points). The page calls them by letter; their names are not stored in the link.',
  many: 'A data set of this size makes a link that is too long for some programs. To share it, save the scenario as a file.',
  faults: (count: number) => (count === 1 ? 'Please fix this first:' : `Please fix these ${count} things first:`),
  kept: 'Nothing has been changed; your earlier points are still there.',
  use: 'Use these points',
});
