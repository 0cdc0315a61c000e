import { describe, expect, it } from 'vitest';
import type { PairsSpec } from '../../src/engine/base/schema.ts';
import { readPairs, writePairs } from '../../src/scenario/pairs/read-pairs.ts';
import { csvPairs } from '../../src/scenario/points/csv-pairs.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';

const spec: PairsSpec = { kind: 'pairs', label: '', help: '', default: '', least: 3, most: 6 };
const faultsOf = (text: string) => readPairs(text, spec).faults.map(({ path, expected }) => `${path}: ${expected}`);

describe('pairs of one’s own, as a scenario writes them', () => {
  it('are read and written without change', () => {
    const text = '0.5,1\n-1,2.25\n3,1e-7';
    const { pairs, faults } = readPairs(text, spec);
    expect(faults).toEqual([]);
    expect(pairs).toEqual([
      [0.5, 1],
      [-1, 2.25],
      [3, 1e-7],
    ]);
    expect(writePairs(pairs)).toBe(text);
    expect(readPairs('', spec)).toEqual({ pairs: [], faults: [] });
  });

  it('say line and column of what is no number, and of another width', () => {
    expect(faultsOf('1,2\n1,x\n,3\n1,2,3\n1')).toEqual([
      'line 2, column 2: a number between -1000000000 and 1000000000',
      'line 3, column 1: a number between -1000000000 and 1000000000',
      'line 4: 2 numbers, as in the first line',
      'line 5: two or three numbers: a place of one number or two, and what was seen there',
    ]);
  });

  it('must be enough, not too many, and differ in every column', () => {
    expect(faultsOf('1,2\n2,3')).toEqual([': at least 3 pairs, to learn from and to test with']);
    expect(faultsOf('1,2\n2,3\n3,4\n4,5\n5,6\n6,7\n7,8')).toEqual([': at most 6 pairs: leave some out']);
    expect(faultsOf('1,2\n2,2\n3,2')).toEqual(['column 2: numbers that differ: there is no curve to learn']);
    expect(faultsOf('1,5,2\n1,6,3\n1,7,4')).toEqual(['column 1: places that differ']);
  });

  it('of a scenario are left out where they are wrong, with their place', () => {
    const file = (pairs: string) => ({
      version: 2,
      family: 'numbers',
      data: { generator: 'own-pairs', params: { pairs } },
    });
    const rows = Array.from({ length: 12 }, (_, i) => `${i},${i * i}`).join('\n');
    const good = parseScenario(file(rows), catalogueInfo, 'strict').scenario;
    expect(good.data.params).toMatchObject({ pairs: rows });
    const { scenario, repairs } = parseScenario(file('1,2\n3,a'), catalogueInfo, 'repair');
    expect(repairs[0]?.path).toBe('/data/params/pairs, line 2, column 2');
    expect(scenario.data.params).not.toHaveProperty('pairs');
  });
});

describe('a table as pairs', () => {
  it('is read in the dialect of a spreadsheet, the column that is named y last', () => {
    expect(csvPairs('y;x\n1,5;0,25\n2,5;0,75\n').text).toBe('0.25,1.5\n0.75,2.5');
    expect(csvPairs('a\tb\tvalue\n1\t2\t3\n4\t5\t6').text).toBe('1,2,3\n4,5,6');
    expect(csvPairs('1,2\n3,4').text).toBe('1,2\n3,4');
    expect(csvPairs('').faults).toEqual([]);
  });

  it('says line and column of what is no number, and how many columns there may be', () => {
    expect(csvPairs('x,y\n1,2\n3,\n4,five\n6,7').faults).toMatchObject([
      { path: 'line 3, column 2', found: 'nothing' },
      { path: 'line 4, column 2', found: '"five"' },
    ]);
    expect(csvPairs('a,b,c,d\n1,2,3,4\n5,6,7,8').faults).toMatchObject([{ found: '4' }]);
  });
});
