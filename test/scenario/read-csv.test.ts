import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SimError } from '../../src/engine/base/errors.ts';
import { wellFormed } from '../../src/engine/base/words.ts';
import { caps } from '../../src/scenario/format/defaults.ts';
import { type CsvPlan, csvPoints, onPoints, suggestPlan } from '../../src/scenario/points/csv-points.ts';
import { checkCsvSize, readCsv } from '../../src/scenario/points/read-csv.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { smallCatalogue as catalogue } from '../support/catalogue.ts';

const settings = { isStandardized: false, testShare: 0.5, seed: 0 };
const pointsOf = (text: string, plan: Partial<CsvPlan> = {}) => {
  const table = readCsv(text);
  return csvPoints(table, { ...suggestPlan(table), ...settings, ...plan });
};

/** The first fault as one line, which is what the page shows. */
const complaint = (read: () => unknown): string => {
  try {
    read();
  } catch (thrown) {
    if (!(thrown instanceof SimError)) throw thrown;
    const [first] = thrown.faults;
    return `${first?.path}: expected ${first?.expected}, found ${first?.found}`;
  }
  return 'no fault';
};

const GOOD = 'x1,x2,class\n1,2,a\n3,4,a\n5,6,b\n7,8,b\n';

describe('a table', () => {
  it.each([
    ['commas', GOOD],
    ['semicolons and decimal commas', 'x1;x2;class\n1,0;2;a\n3;4,0;a\n5;6;b\n7;8;b\n'],
    ['tabs', GOOD.replaceAll(',', '\t')],
    ['a byte-order mark', `\uFEFF${GOOD}`],
    ['line ends of Windows', GOOD.replaceAll('\n', '\r\n')],
    ['line ends of old Macs', GOOD.replaceAll('\n', '\r')],
    ['no line end at the end, and empty lines between', GOOD.trimEnd().replaceAll('\n', '\n\n')],
    ['spaces', GOOD.replaceAll(',', ' , ')],
    ['quotes', 'x1,x2,class\n"1","2","a"\n3,4,a\n5,6,"b"\n7,8,b\n'],
    ['no header', GOOD.split('\n').slice(1).join('\n')],
  ])('with %s is read', (_, text) => {
    const { params, classes } = pointsOf(text);
    expect([...params.train.x, ...params.test.x].toSorted((a, b) => (a[0] as number) - (b[0] as number))).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
      [7, 8],
    ]);
    expect(classes).toEqual([
      { name: 'a', train: 1, test: 1 },
      { name: 'b', train: 1, test: 1 },
    ]);
  });

  it('may have separators, quotes and line ends inside of quotes, and counts the lines on', () => {
    const table = readCsv('x,class\n1,"a, ""or""\nb"\n2,c\n');
    expect(table.rows.map(({ line, cells }) => [line, cells[1]])).toEqual([
      [2, 'a, "or"\nb'],
      [4, 'c'],
    ]);
  });

  it('is told whether its first line is a header, where it cannot be seen', () => {
    expect(readCsv('a,b\nc,d\n').hasHeader).toBe(true);
    const { hasHeader, columns, rows } = readCsv('a,b\nc,d\n', { hasHeader: false });
    expect([hasHeader, columns, rows.length]).toEqual([false, ['column 1', 'column 2'], 2]);
  });

  it('suggests what each column is for', () => {
    expect(suggestPlan(readCsv('id,species,length,width\n1,a,5,3\n2,b,6,2\n'))).toEqual({ inputs: [2, 3], label: 1 });
    expect(suggestPlan(readCsv('1,2,0\n3,4,1\n'))).toEqual({ inputs: [0, 1], label: 2 });
    expect(suggestPlan(readCsv('x,y,class\n1,2,0\n3,4,1\n'))).toEqual({ inputs: [0, 1], label: 2 });
    expect(suggestPlan(readCsv('y,x1,x2\n0,2,0\n1,4,1\n'))).toEqual({ inputs: [1, 2], label: 0 });
    expect(suggestPlan(readCsv('name,x,y1\na,1,2\nb,3,4\n'))).toEqual({ inputs: [1, 2], label: 0 });
  });

  it('has whatever cells were written into it, quoted', () => {
    const cell = fc.string({ maxLength: 12, unit: 'grapheme' }).map((one) => one.replaceAll('\0', ''));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), (rows) => {
        const text = rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(';')).join('\n');
        const well = rows.map((row) => row.map((one) => wellFormed(one)));
        expect(readCsv(text, { hasHeader: false }).rows.map(({ cells }) => cells)).toEqual(well);
      }),
    );
  });
});

describe('what is wrong with a table is said with line and column', () => {
  it.each([
    ['an empty text', ' \n', /^: expected rows of values, found an empty text$/],
    ['a single column', 'x\n1\n2\n', /^line 1: expected several values in a line, separated by commas/],
    ['a header alone', 'x,class\n', /^line 1: expected rows of values after the header, found nothing$/],
    [
      'a missing value',
      GOOD.replace('4', ''),
      /^line 3, column 2 \(x2\): expected a number: fill it in.*found nothing$/,
    ],
    ['a word for missing', GOOD.replace('4', 'NA'), /^line 3, column 2 \(x2\): expected a number: fill.*found "NA"$/],
    [
      'text in place of a number',
      GOOD.replace('6', 'six'),
      /^line 4, column 2 \(x2\): expected a number with a decimal point.*"six"$/,
    ],
    ['an infinite number', GOOD.replace('6', '-inf'), /^line 4, column 2 \(x2\): expected a finite number.*"-inf"$/],
    ['a number beyond all', GOOD.replace('6', '1e999'), /^line 4, column 2 \(x2\): expected a finite number.*"1e999"$/],
    [
      'a very large number',
      GOOD.replace('6', '1e7'),
      /^line 4, column 2 \(x2\): expected a number in \[-1000000, 1000000\]/,
    ],
    ['a missing class', GOOD.replace('4,a', '4,'), /^line 3, column 3 \(class\): expected a class.*found nothing$/],
    [
      'a missing column',
      GOOD.replace('5,6,b', '5,b'),
      /^line 4: expected 3 values separated by commas, as in line 1, found 2$/,
    ],
    [
      'another separator in a line',
      GOOD.replace('5,6,b', '5;6;b'),
      /^line 4: .* found 1 \(this line seems to be separated by semicolons\)$/,
    ],
    [
      'an open quote',
      'x,class\n1,"a\n2,b\n',
      /^line 2, column 2: expected a closing double quote, found the end of the text$/,
    ],
    [
      'text after a quote',
      'x,class\n1,"a"b\n',
      /^line 2, column 2: expected nothing after a closing double quote, found "b\\n"$/,
    ],
    ['binary data', 'x,class\n1,a\n\u0000,b', /^line 3: expected a text: save the table as CSV, found binary data$/],
    ['one class', GOOD.replaceAll('b', 'a'), /^column 3 \(class\): expected at least two classes, found "a"$/],
    ['one row a class', 'x,class\n1,a\n2,b\n', /^: expected a class with at least two rows/],
  ])('%s', (_, text, pattern) => {
    expect(complaint(() => pointsOf(text))).toMatch(pattern);
  });

  it('too many classes: numbers taken for classes', () => {
    const text = `x,class\n${Array.from({ length: 40 }, (_, i) => `${i},${i / 7}`).join('\n')}`;
    expect(complaint(() => pointsOf(text))).toMatch(
      /^column 2 \(class\): expected at most 12 classes.*found 40 different/,
    );
  });

  it('too many rows, and too many for one side of the split', () => {
    const rows = (n: number) => Array.from({ length: n }, (_, i) => `${i % 100},${i % 2}`).join('\n');
    expect(complaint(() => readCsv(rows(2 * caps.points + 2)))).toMatch(/at most 20000 rows: keep a random sample/);
    expect(complaint(() => pointsOf(rows(15_000), { testShare: 0.1 }))).toMatch(
      /10000 training.*found 13500 and 1500$/,
    );
    expect(pointsOf(rows(15_000)).params.train.y).toHaveLength(7500);
  });

  it('fifty megabytes, before they are read', () => {
    expect(complaint(() => checkCsvSize(52_428_800))).toMatch(
      /^: expected at most 8\.0 MB: keep fewer rows.*found 52\.4 MB$/,
    );
    expect(complaint(() => checkCsvSize(8_000_000))).toBe('no fault');
  });

  it('no column of numbers, no column of classes', () => {
    expect(complaint(() => pointsOf(GOOD, { inputs: [] }))).toMatch(/expected at least one column of numbers/);
    expect(complaint(() => pointsOf(GOOD, { label: -1 }))).toMatch(/expected one further column that says the class/);
  });

  it('with twenty faults at most, and how many more there are', () => {
    const text = `x,class\n${Array.from({ length: 50 }, () => 'oops,a').join('\n')}\n1,b`;
    try {
      pointsOf(text, { inputs: [0], label: 1 });
      expect.unreachable();
    } catch (thrown) {
      const { faults } = thrown as SimError;
      expect(faults).toHaveLength(21);
      expect(faults.at(-1)?.found).toBe('30 more');
    }
  });
});

describe('the points of a table', () => {
  const rows = Array.from({ length: 60 }, (_, i) => `${i},${1000 * i},${i % 3 === 0 ? 'rare' : 'often'}`);
  const text = `small,large,kind\n${rows.join('\n')}`;

  it('are split class by class, the same way for the same seed', () => {
    const { classes, params } = pointsOf(text, { testShare: 0.25 });
    expect(classes).toEqual([
      { name: 'often', train: 30, test: 10 },
      { name: 'rare', train: 15, test: 5 },
    ]);
    expect(pointsOf(text, { testShare: 0.25 }).params).toEqual(params);
    expect(pointsOf(text, { testShare: 0.25, seed: 1 }).params).not.toEqual(params);
    const all = [...params.train.x, ...params.test.x].map(([x]) => x as number).toSorted((a, b) => a - b);
    expect(all).toEqual(Array.from({ length: 60 }, (_, i) => i));
  });

  it('standardized have mean 0 and deviation 1 over the training points; a constant column is 0', () => {
    const { train } = pointsOf(`${text}`.replaceAll(/^(\d+),\d+,/gm, '$1,7,'), { isStandardized: true }).params;
    const first = train.x.map(([x]) => x as number);
    const mean = first.reduce((a, b) => a + b, 0) / first.length;
    expect(mean).toBeCloseTo(0, 3);
    expect(Math.sqrt(first.reduce((sum, x) => sum + (x - mean) ** 2, 0) / first.length)).toBeCloseTo(1, 3);
    expect(train.x.every(([, x]) => x === 0)).toBe(true);
  });

  it('have classes by ascending number where all are numbers', () => {
    expect(pointsOf('x,class\n1,10\n2,10\n3,9\n4,9\n').classes.map(({ name }) => name)).toEqual(['9', '10']);
  });

  it('make an experiment that the strict parser takes as it is', () => {
    const base = parseScenario({ version: 1, runs: [{ name: 'GA', method: 'ga' }] }, catalogue, 'strict').scenario;
    const scenario = onPoints(base, pointsOf(text, { isStandardized: true }).params);
    expect(parseScenario(scenario, catalogue, 'strict').scenario).toEqual(scenario);
  });
});
