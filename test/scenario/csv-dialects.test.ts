import { describe, expect, it } from 'vitest';
import { csvPoints, csvQuestions, suggestPlan } from '../../src/scenario/points/csv-points.ts';
import { type CsvReading, readCsv } from '../../src/scenario/points/read-csv.ts';

const rest = { isStandardized: false, testShare: 0.5, seed: 0 };

/** What a table is read as: its points in order, its classes, and what is asked before they are taken. */
const readAs = (text: string, reading: CsvReading = {}, areAlikeApart?: boolean) => {
  const table = readCsv(text, reading);
  const plan = suggestPlan(table);
  const { params, classes } = csvPoints(table, { ...plan, ...rest, areAlikeApart });
  const x = [...params.train.x, ...params.test.x].toSorted((a, b) => (a[0] as number) - (b[0] as number));
  const asked = csvQuestions(table, plan).map(({ kind }) => kind);
  const used = plan.inputs.map((column) => table.columns[column]);
  return { x, used, label: table.columns[plan.label], classes: classes.map(({ name }) => name), asked, table };
};

const THOUSANDS = 'x\ty\tclass\n980\t2\ta\n1,020\t3\tb\n1,005\t2\ta\n995\t3\tb\n1,015\t4\ta\n990\t1\tb\n';

describe('the sign of decimals', () => {
  it('is asked for where 1,020 may be a thousand and twenty or one and a bit', () => {
    expect(readAs(THOUSANDS).asked).toEqual(['decimal']);
    const largest = (decimal: '.' | ',') => readAs(THOUSANDS, { decimals: { 0: decimal } }).x.map(([x]) => x);
    expect(largest('.')).toEqual([980, 990, 995, 1005, 1015, 1020]);
    expect(largest(',')).toEqual([1.005, 1.015, 1.02, 980, 990, 995]);
    const points = 'x;class\n1.020;a\n980;b\n1.005;a\n995;b\n';
    expect(readAs(points).asked).toEqual(['decimal']);
  });

  it('is no question where another cell of the column decides', () => {
    expect(readAs(THOUSANDS.replace('980', '980.5')).x.at(-1)).toEqual([1020, 3]);
    expect(readAs(THOUSANDS.replace('980', '0,5')).x[0]).toEqual([0.5, 2]);
    expect(readCsv(THOUSANDS.replace('980', '1,234,567')).marks[0]).toEqual({ decimal: '.', doubtful: undefined });
    expect(readAs('x,class\n1.020,a\n1.771,b\n1.009,a\n1.569,b\n').asked).toEqual([]);
  });

  it('is each column’s own', () => {
    const german = 'x;y;version;class\n1,5;2,5;3.1;a\n2,5;3,5;3.2;b\n1,0;2,0;3.1;a\n2,0;2,5;3.2;b\n';
    expect(readAs(german)).toMatchObject({ used: ['x', 'y', 'version'], label: 'class', asked: [] });
    expect(readAs(german).x[0]).toEqual([1, 2, 3.1]);
  });

  it('leaves thousands set apart by spaces and apostrophes to be thousands', () => {
    expect(readAs("x;class\n1'020,5;a\n2 345,25;b\n1\u00a0000;a\n7;b\n").x).toEqual([[7], [1000], [1020.5], [2345.25]]);
  });
});

describe('the column of the class', () => {
  it('is no column of numbers with thousands and decimals', () => {
    const text = 'a;b;k\n1.234,5;1;0\n2.345,5;2;1\n1.234,5;3;0\n2.345,5;1;1\n';
    expect(readAs(text)).toMatchObject({ used: ['a', 'b'], label: 'k', asked: ['label'] });
    expect(readAs(text).x[0]).toEqual([1234.5, expect.any(Number)]);
  });

  it('is asked for where several might be it, and not where one alone can', () => {
    expect(readAs('a,b,kind,note\n1,2,r,u\n2,3,s,v\n1,3,r,u\n2,2,s,v\n').asked).toEqual(['label']);
    expect(readAs('a,b,k\n1.5,2.5,0\n2.5,3.5,1\n1.5,3,0\n2,2,1\n').asked).toEqual([]);
    const people = readCsv('name,a,k\nu,2.5,0\nv,3.5,1\nw,3,0\nz,2,1\n');
    expect(csvQuestions(people, suggestPlan(people))).toEqual([{ kind: 'label' }]);
  });

  it('has the same class for 1 and 1.0, and for é in two encodings', () => {
    const numbers = 'x,y,class\n1,2,1\n2,3,1.0\n1,2,2\n2,3,2.0\n3,4,1\n3,4,1.0\n4,4,2\n4,4,2.0\n';
    expect(readAs(numbers)).toMatchObject({ classes: ['1', '2'], asked: [] });
    const accents = 'x,y,class\n1,2,caf\u00e9\n2,3,b\n1,2,cafe\u0301\n2,3,b\n';
    expect(readAs(accents)).toMatchObject({ classes: ['b', 'caf\u00e9'], asked: [] });
  });

  it.each([
    ['capitals', 'Cat', 'cat'],
    ['a sign that cannot be seen', 'cat', 'ca\u200bt'],
    ['a leading zero', '1', '01'],
    ['a closing zero', '3.1', '3.10'],
  ])('asks whether names are one class that differ by %s', (_, one, other) => {
    const text = `x,y,class\n1,2,${one}\n2,3,b\n1,2,${other}\n2,3,b\n3,3,${one}\n4,4,${other}\n`;
    expect(readAs(text).asked).toEqual(['alike']);
    expect(readAs(text).classes).toHaveLength(3);
    expect(readAs(text, {}, false).classes.toSorted()).toEqual([one, 'b'].toSorted());
  });
});

describe('names of classes that look alike', () => {
  it('are asked about group by group', () => {
    const table = readCsv('x,y,class\n1,2,a\n2,3,B\n1,2,A\n2,3,b\n1,2,c\n');
    const groups = [
      ['a', 'A'],
      ['B', 'b'],
    ];
    expect(csvQuestions(table, suggestPlan(table))).toEqual([{ kind: 'alike', groups }]);
  });
});

describe('the first line', () => {
  it('is a header where pandas numbers the columns', () => {
    const text = '0,1,label\n1.5,2.5,0\n2.5,3.5,1\n1,2,0\n2,3,1\n3,1,0\n1,3,1\n';
    expect(readAs(text)).toMatchObject({ used: ['0', '1'], label: 'label', classes: ['0', '1'], asked: [] });
  });

  it.each([
    ['numbers in order and a name that no row repeats', '0,1,kind\n1.5,2.5,a\n2.5,3.5,b\n1,2,a\n2,3,b\n'],
    ['numbers in order alone', '0,1,2\n1.5,2.5,0\n2.5,3.5,1\n1,2.5,0\n2,3.5,1\n'],
    ['a word above numbers beside a number', 'oops,2,7\n1.5,2.5,0\n2.5,3.5,1\n1,2.5,0\n2,3.5,1\n'],
  ])('is asked about where it has %s', (_, text) => {
    expect(csvQuestions(readCsv(text), suggestPlan(readCsv(text)))).toContainEqual({ kind: 'header' });
    expect(readAs(text, { hasHeader: true }).asked).not.toContain('header');
  });

  it('is a row where its class comes again', () => {
    expect(readAs('1,2,a\n3,4,b\n5,6,a\n7,9,b\n')).toMatchObject({ classes: ['a', 'b'], asked: [] });
  });
});

describe('numbers of rows', () => {
  it('are no input, where pandas writes them', () => {
    const unnamed = 'Unnamed: 0,x,y,class\n0,1,2,a\n1,2,3,a\n2,1,2,a\n3,2,3,b\n4,3,3,b\n5,4,4,b\n';
    expect(readAs(unnamed)).toMatchObject({ used: ['x', 'y'], label: 'class', asked: [] });
    const index = ',x,y,class\n0,1,2,a\n1,2,3,b\n2,1,2,a\n3,2,3,b\n';
    expect(readAs(index)).toMatchObject({ used: ['x', 'y'], label: 'class', asked: [] });
  });

  it.each([
    ['has another name', 'sample,a,class\n1,1,r\n2,2,s\n3,2,r\n4,1,s\n', ['rowNumbers']],
    ['has no name', '0,5,r\n1,6,s\n2,7,r\n3,6,s\n', ['rowNumbers']],
    ['is unnamed and out of order', ',a,class\n7,1,r\n3,2,s\n9,2,r\n4,1,s\n', ['rowNumbers']],
    ['is called x', 'x,a,class\n1,1,r\n2,2,s\n3,2,r\n4,1,s\n', []],
  ])('are asked about where a column counts up and %s', (_, text, asked) => {
    expect(readAs(text).asked).toEqual(asked);
  });
});

describe('what programs add to a table', () => {
  const classes = ['a', 'b'];
  const points = (text: string) => readAs(text).x;

  it('is understood: the line of Excel that names the separator', () => {
    const text = 'sep=;\nx;y;class\n1,5;2,5;a\n2,5;3,5;b\n1;2;a\n2;3;b\n';
    expect(readAs(text)).toMatchObject({ used: ['x', 'y'], classes, asked: [], table: { separator: ';' } });
    expect(points(text)).toEqual([
      [1, 2],
      [1.5, 2.5],
      [2, 3],
      [2.5, 3.5],
    ]);
    expect(readAs(text).table.rows[0]?.line).toBe(3);
    expect(readAs(`"sep=,"\r\n${'x,y,class\r\n1,2,a\r\n2,3,b\r\n2,2,a\r\n3,3,b\r\n'}`)).toMatchObject({ classes });
  });

  it.each([
    ['before the header', '# made by x\nx,y,class\n1,2,a\n2,3,b\n1,2,a\n2,3,b\n', 1],
    ['with separators and quotes', '# by "x; y\n\n% more\nx,y,class\n1,2,a\n2,3,b\n1,2,a\n2,3,b\n', 2],
    ['between rows', 'x,y,class\n1,2,a\n2,3,b\n# page 2\n1,2,a\n2,3,b\n', 1],
    ['that is the header, as NumPy writes it', '# x,y,class\n1,2,a\n2,3,b\n1,2,a\n2,3,b\n', 0],
  ])('is understood: a comment %s', (_, text, comments) => {
    expect(readAs(text)).toMatchObject({ used: ['x', 'y'], label: 'class', classes, asked: [], table: { comments } });
  });

  it('takes nothing away where each row begins as a comment does', () => {
    expect(readAs('#f00,1,2\n#0f0,2,3\n#f00,1,2\n#0f0,2,3').classes).toEqual(['#0f0', '#f00']);
  });

  it.each([
    ['in all lines', 'x,y,class,\n1,2,a,\n2,3,b,\n1,2,a,\n2,3,b,\n'],
    ['in the rows alone', 'x,y,class\n1,2,a,\n2,3,b,\n1,2,a,\n2,3,b,\n'],
    ['in some rows, and rows of commas alone', 'x,y,class\n1,2,a,,\n2,3,b\n,,\n1,2,a\n2,3,b\n,,,\n'],
    ['before the end, in a column without a value', 'x,y,,class\n1,2,,a\n2,3,,b\n1,2,,a\n2,3,,b\n'],
  ])('is understood: commas %s', (_, text) => {
    expect(readAs(text)).toMatchObject({ used: ['x', 'y'], label: 'class', classes, asked: [] });
  });
});

describe('the separator', () => {
  it('may be said, also where another was seen', () => {
    const text = 'x;y,class\n1,a\n2,b\n3,a\n4,b\n';
    expect(readCsv(text, { separator: ',' }).columns).toEqual(['x;y', 'class']);
    expect(readCsv('a|b\n1|2\n', { separator: '|' }).columns).toEqual(['a', 'b']);
    expect(readCsv('1.5  2.5 0\n 2.5 3.5 "1"\n', { separator: ' ' }).rows.map(({ cells }) => cells)).toEqual([
      ['1.5', '2.5', '0'],
      ['2.5', '3.5', '1'],
    ]);
  });

  it('is the one that gives all lines the same number of values', () => {
    expect(readCsv('x;y,class\n1,a\n2,b\n').separator).toBe(',');
    expect(readCsv('x;y;class\n1,5;2;a\n2;3,5;b\n').separator).toBe(';');
    expect(readCsv('1.5 2.5 0\n2.5 3.5 1\n').separator).toBe(' ');
  });
});

describe('a hint', () => {
  it('points to nothing that is not there', () => {
    const table = readCsv('class,kind\na,u\nb,v\na,u\nb,v\n');
    expect(() => csvPoints(table, { ...suggestPlan(table), ...rest })).toThrow(/column of numbers beside the class/);
    const numbers = readCsv('x,class\n1,u\n2,v\n1,u\n2,v\n');
    expect(() => csvPoints(numbers, { inputs: [], label: 1, ...rest })).toThrow(/choose one above/);
  });
});
