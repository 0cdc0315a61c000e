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

  it('is asked for between commas where another column has decimal commas', () => {
    const text = 'x,y,class\n"1,5",216.000,a\n"2,5",742,b\n1,31.500,a\n2,85,b\n';
    expect(readAs(text).asked).toEqual(['decimal']);
    expect(readAs(text.replaceAll('"1,5"', '1.5').replaceAll('"2,5"', '2.5')).asked).toEqual([]);
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

/** A table of numbers x between semicolons or commas, as a cell writes them. */
const withX = (cells: readonly string[], separator = ';') =>
  `x${separator}class\n${cells.map((cell, i) => `${cell}${separator}${'abab'[i]}`).join('\n')}\n`;

describe('a number', () => {
  it.each([
    ['a minus that is a sign of its own', ['\u22121,5', '2', '\u22121', '3'], [-1.5, -1, 2, 3]],
    ['a dash for a minus', ['\u20131,5', '2', '\u20131', '3'], [-1.5, -1, 2, 3]],
    ['thin spaces between thousands', ['1\u2009020,5', '980', '1\u2009005', '995'], [980, 995, 1005, 1020.5]],
    ['spaces as wide as digits', ['1\u2007020', '980', '1\u2007005', '995'], [980, 995, 1005, 1020]],
    ['typewriter’s apostrophes', ["1'020,5", '980', "234'005", '995'], [980, 995, 1020.5, 234_005]],
    ['lakhs and crores', ['1,02,000.5', '980', '3,45,678', '995'], [980, 995, 102_000.5, 345_678]],
    ['digits of full width', ['１２', '２', '３', '４'], [2, 3, 4, 12]],
    ['percent signs', ['15,5 %', '20 %', '1%', '3%'], [0.01, 0.03, 0.155, 0.2]],
    ['an exponent', ['1,5E+03', '2e-2', '1E3', '3'], [0.02, 3, 1000, 1500]],
    ['a plus', ['+1,5', '2', '+1', '3'], [1, 1.5, 2, 3]],
    ['a point and nothing before it, or after it', ['.5', '2.', '1', '3'], [0.5, 1, 2, 3]],
  ])('is understood with %s', (_, cells, numbers) => {
    expect(readAs(withX(cells))).toMatchObject({ x: numbers.map((one) => [one]), asked: [] });
  });

  it('in percent is as many hundredths, to the last digit', () => {
    expect(readAs(withX(['0.7%', '1e-3%', '14.3%', '29%'])).x).toEqual([[1e-5], [0.007], [0.143], [0.29]]);
  });
});

describe('a column of what looks like numbers and is none', () => {
  it.each([
    ['units', ['15 cm', '20 cm', '1 cm', '3 cm'], '15 cm'],
    ['a currency', ['$15', '$20', '$1', '$3'], '$15'],
    ['dates', ['2024-01-01', '2024-01-02', '2024-01-03', '2024-01-04'], '2024-01-01'],
    ['German dates', ['01.02.2024', '02.02.2024', '03.02.2024', '04.02.2024'], '01.02.2024'],
    ['times', ['12:30', '12:31', '12:32', '12:33'], '12:30'],
    ['underscores', ['1_020', '1_021', '980', '1_033'], '1_020'],
    ['hexadecimal digits', ['0x10', '0x20', '0x30', '0x40'], '0x10'],
    ['Fortran’s exponents', ['1.5D+03', '2.0D-02', '1.0D+00', '3.0D+00'], '1.5D+03'],
    ['single quotes', ["'1'", "'2'", "'3'", "'4'"], "'1'"],
  ])('is not left out without a word: %s', (_, cells, cell) => {
    const text = `x,y,class\n${cells.map((one, i) => `${one},${i * i},${'abab'[i]}`).join('\n')}\n`;
    const table = readCsv(text);
    expect(csvQuestions(table, suggestPlan(table))).toEqual([{ kind: 'unread', column: 0, cell }]);
    const plan = { inputs: [0, 1], label: 2, ...rest };
    expect(() => csvPoints(table, plan)).toThrow(/expected a number/);
  });

  it('is none where it names the rows', () => {
    expect(readAs('id,x,y,class\n7a,2,1,a\n4b,3,2,b\n9c,2,1,a\n5d,3,1,b\n').asked).toEqual([]);
    expect(readAs('name,x,y,class\ns1,2,1,a\ns2,3,2,b\ns3,2,1,a\ns4,3,1,b\n').asked).toEqual([]);
  });
});

describe('the column of the class', () => {
  it('is asked about where a word in it says that something is missing', () => {
    const text = 'x,y,class\n1,2,a\n2,3,nan\n1,2,a\n3,3,b\n4,4,b\n';
    const table = readCsv(text);
    const plan = suggestPlan(table);
    expect(csvQuestions(table, plan)).toEqual([{ kind: 'missing', cells: ['nan'] }]);
    const names = (areMissingClasses: boolean) =>
      csvPoints(table, { ...plan, ...rest, areMissingClasses }).classes.map(({ name }) => name);
    expect(names(true)).toEqual(['a', 'b', 'nan']);
    expect(names(false)).toEqual(['a', 'b']);
  });

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
    ['a letter of another alphabet', 'cat', 'c\u0430t'],
    ['a kind of hyphen', 'non-smoker', 'non\u2011smoker'],
    ['a kind of space', 'a b', 'a\u00a0b'],
    ['the width of a letter', 'A', 'Ａ'],
    ['an exponent', '1', '1e0'],
    ['a plus', '1', '+1'],
    ['capitals alone', 'True', 'TRUE'],
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

  it.each([
    [
      'names of rows without a name of their own, as R writes them',
      '"x" "y" "class"\n"1" 1 2 "a"\n"2" 2 3 "b"\n"3" 1 2 "a"\n"4" 2 3 "b"\n',
    ],
    [
      'a column of row numbers, as R writes it',
      '"","x","y","class"\n"1",1,2,"a"\n"2",2,3,"b"\n"3",1,2,"a"\n"4",2,3,"b"\n',
    ],
    [
      'the frame and the rule of Markdown',
      '| x | y | class |\n|---|:-:|---|\n| 1 | 2 | a |\n| 2 | 3 | b |\n| 1 | 2 | a |\n| 2 | 3 | b |\n',
    ],
    ['line ends of several kinds', 'x,y,class\r\n1,2,a\n2,3,b\r1,2,a\r\n2,3,b\n'],
    ['two byte-order marks', '\ufeff\ufeffx,y,class\n1,2,a\n2,3,b\n1,2,a\n2,3,b\n'],
    ['spaces around values', '  x, y, class\n  1, 2, a\n 2, 3, b\n 1, 2, "a "\n 2,3,b'],
    ['two columns of row numbers', ',Unnamed: 0,x,y,class\n0,0,1,2,a\n1,1,2,3,b\n2,2,1,2,a\n3,3,2,3,b\n'],
    ['row numbers of a sample', 'Unnamed: 0,x,y,class\n17,1,2,a\n4,2,3,b\n99,1,2,a\n5,2,3,b\n'],
  ])('is understood: %s', (_, text) => {
    expect(readAs(text)).toMatchObject({ used: ['x', 'y'], label: 'class', classes: ['a', 'b'], asked: [] });
    expect(readAs(text).x).toEqual([[1, 2], [1, 2], [2, 3], [2, 3]]); // biome-ignore format: points
  });

  it.each([
    ['a sparse table', '1 1:0.5 2:0.3\n-1 1:0.2 2:0.1\n1 1:0.5 2:0.2\n', /LIBSVM/],
    ['JSON', '[{"x":1,"y":2,"class":"a"}]', /JSON opens under File/],
    ['a row of sums', 'x,y,class\n1,2,a\n2,3,b\n1,2,a\n2,3,b\nTotal,10,\n', /line 6/],
    ['a row of units', 'x,y,class\n[cm],[cm],\n1,2,a\n2,3,b\n1,2,a\n2,3,b\n', /line 2/],
    ['decimal commas between commas', 'x,y,class\n1,5,2,5,a\n2,5,3,5,b\n', /line 2: expected 3 values/],
  ])('is refused with its place: %s', (_, text, words) => {
    expect(() => readAs(text)).toThrow(words);
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
