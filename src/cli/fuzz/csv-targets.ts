import { type CsvPlan, csvPoints, csvQuestions, onPoints, suggestPlan } from '../../scenario/points/csv-points.ts';
import { type CsvTable, readCsv } from '../../scenario/points/read-csv.ts';
import type { createExpectations } from './expectations.ts';
import { expect } from './expectations.ts';
import { chosen, member, whole } from './how.ts';
import type { FuzzTarget } from './target.ts';

/** What programs do differently when they write the same table. */
const DIALECT = {
  separator: [',', ';', '\t', '|'],
  decimal: ['.', ','],
  /** Between thousands; '*' is the sign that does not stand before decimals. */
  thousands: ['', '', "'", '\u2019', ' ', '\u00a0', '\u202f', '*'],
  end: ['\n', '\r\n', '\r'],
  begin: ['', '\ufeff', 'sep=', '# written by "a; b, c"\n', '% a\n\n// b\n', '\n\n'],
  header: ['x,length,class', 'x,y,label', 'a,b,species', 'x1,x2,Klasse', '0,1,label'],
  quotes: ['where needed', 'names', 'all'],
  /** What stands at the end of each line, as so many separators. */
  trailing: [0, 0, 1, 3],
  index: ['none', 'none', 'Unnamed: 0', '', 'index'],
  classes: [
    ['a', 'b', 'c'],
    ['rot; hell', 'blau, dunkel', 'gr\u00fcn'],
    ['caf\u00e9', 'th\u00e9', 'eau'],
    ['0', '1', '2'],
    ['NA', 'x', 'y'],
    ['\u732b', '\u72ac', '\u9ce5'],
  ],
} as const;

interface Row {
  readonly x: readonly [number, number];
  readonly name: string;
}

/** The table that is meant: 12 rows of two numbers and a class. */
const meantBy = (how: unknown): readonly Row[] => {
  const names = chosen(DIALECT.classes, member(how, 'classes'));
  const numbers = member(how, 'numbers');
  const given = Array.isArray(numbers) ? numbers.slice(0, 24) : [];
  const at = (i: number): number => whole(given[i] ?? i * 37) % 10_000_000;
  return Array.from({ length: 12 }, (_, row) => ({
    x: [(at(2 * row) - 2000) / 1000, at(2 * row + 1) / 4],
    name: names[row % 3] as string,
  }));
};

/** The table as a program writes it. */
const written = (rows: readonly Row[], how: unknown): string => {
  const of = <K extends keyof typeof DIALECT>(key: K) =>
    chosen<(typeof DIALECT)[K][number]>(DIALECT[key], member(how, key));
  const [separator, decimal, quotes, index] = [of('separator'), of('decimal'), of('quotes'), of('index')];
  const between = of('thousands') === '*' ? (decimal === '.' ? ',' : '.') : of('thousands');
  const number = (value: number): string => {
    const [before = '', after] = `${Math.abs(value)}`.split('.');
    const grouped = before.replaceAll(/\B(?=(\d{3})+$)/g, between);
    return `${value < 0 ? '-' : ''}${grouped}${after === undefined ? '' : decimal + after}`;
  };
  const cell = (text: string, isName: boolean): string =>
    quotes === 'all' || (quotes === 'names' && isName) || text.includes(separator) || text.includes('"')
      ? `"${text.replaceAll('"', '""')}"`
      : text;
  const line = (cells: readonly string[]): string => cells.join(separator) + separator.repeat(of('trailing'));
  const own = (text: string): readonly string[] => (index === 'none' ? [] : [text]);
  const end = of('end');
  const header = line([...own(index), ...of('header').split(',')].map((name) => cell(name, true)));
  const lines = rows.map(({ x, name }, row) =>
    line([...own(`${row}`), ...x.map((value) => cell(number(value), false)), cell(name, true)]),
  );
  const begin = of('begin') === 'sep=' ? `sep=${separator}\n` : of('begin');
  return begin.replaceAll('\n', end) + [header, ...lines, ''].join(end);
};

/** The rows in no order, as texts. */
const rowsOf = (rows: readonly Row[]): string =>
  JSON.stringify(rows.map(({ x, name }) => JSON.stringify([...x, name])).sort());

const readAs = (table: CsvTable, columns: Pick<CsvPlan, 'inputs' | 'label'>): string => {
  const { params, classes } = csvPoints(table, { ...columns, isStandardized: false, testShare: 0.3, seed: 0 });
  const both = [params.train, params.test];
  return rowsOf(
    both.flatMap(({ x, y }) =>
      x.map((point, i) => ({ x: point as unknown as Row['x'], name: classes[y[i] as number]?.name ?? '' })),
    ),
  );
};

/** Readers of tables: whatever comes, and a known table in the dialects of many programs. */
export const csvTargets = ({
  strict,
  expectValid,
}: Pick<ReturnType<typeof createExpectations>, 'strict' | 'expectValid'>): readonly FuzzTarget[] => {
  const plain = strict({ version: 1, runs: [{ name: 'GA', method: 'ga' }] });
  return [
    {
      name: 'csv',
      corpus: [
        'x,y,class\n1,2,a\n3,4.5,b\n-1e3,.5,a\n0,0,b\n',
        '\uFEFF"länge";breite;"Art; ""genau"""\r\n1,5;2;rot\r\n2,5;;blau\r\n3;4,25;rot\r\n7;8;blau\r\n',
        '1\t2\t0\n3\t4\t1\n5\tinf\t0\n7\t8\t1',
        'sep=;\n# made by "x\n;x;y;class;\n0;1,5;1.234,5;caf\u00e9;\n1;2,5;2.345;cafe\u0301;\n;;;;\n',
        '0,1,label\n"1,020",2.5,1\n"2,345",3.5,1.0\n# page 2\n1,2,01\n2,3,1\n',
      ],
      extremes: ['"'.repeat(100_001), ','.repeat(100_000), '1,2\n'.repeat(50_000), `a,b\n${'x'.repeat(500_000)},1\n`],
      run: (input) => {
        const table = readCsv(input as string);
        for (const isStandardized of [true, false]) {
          const plan = { ...suggestPlan(table), isStandardized, testShare: 0.3, seed: 0 };
          csvQuestions(table, plan);
          expectValid(onPoints(plain, csvPoints(table, plan).params));
        }
      },
    },
    {
      name: 'csv-dialect',
      corpus: [
        { separator: 1, decimal: 1, begin: 2, classes: 2, numbers: [1020, 5, 980, 7] },
        { separator: 2, thousands: 7, end: 1, trailing: 2, index: 2, numbers: [4_020_000, 4_080_000, 3_000_500] },
        { header: 4, quotes: 2, begin: 3, index: 3, end: 2, classes: 1, numbers: [0, 1, 2, 3] },
      ],
      draw: (chance) => ({
        ...Object.fromEntries(Object.keys(DIALECT).map((key) => [key, chance.below(8)])),
        // Few, all, or numbers that have no decimals.
        numbers: Array.from(
          { length: 24 },
          () => chance.below(10 ** (1 + chance.below(7))) * chance.pick([1, 4, 1000]),
        ),
      }),
      run: (input) => {
        const meant = meantBy(input);
        const text = written(meant, input);
        const table = readCsv(text);
        const columns = suggestPlan(table);
        const asked = csvQuestions(table, columns);
        if (asked.length === 0) {
          expect(readAs(table, columns) === rowsOf(meant), `a silent guess at ${JSON.stringify(text)}`);
          return;
        }
        // What a reader answers who knows the table.
        const decimal = chosen(DIALECT.decimal, member(input, 'decimal'));
        const width = table.columns.length;
        const again = readCsv(text, { hasHeader: true, decimals: { [width - 3]: decimal, [width - 2]: decimal } });
        expect(
          readAs(again, { inputs: [width - 3, width - 2], label: width - 1 }) === rowsOf(meant),
          `another table than the one that was meant, in ${JSON.stringify(text)}`,
        );
      },
    },
  ];
};
