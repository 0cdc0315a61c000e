import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { smallCatalogue as catalogue } from '../support/catalogue.ts';
import { faults } from '../support/faults.ts';

const base = { version: 1, runs: [{ name: 'GA', method: 'ga' }] };

describe('inline data', () => {
  const x = [
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ];
  const y = [0, 0, 1, 1];
  const set = { x, y };
  const inline = (params: object, forget: object = { kind: 'class', label: 1 }) => ({
    ...base,
    data: { generator: 'inline', params },
    forget,
  });
  const withX = (rows: unknown) => inline({ train: { x: rows, y }, test: set });

  it('is read as it is', () => {
    const { scenario } = parseScenario(inline({ train: set, test: set, testForget: [3, 2] }), catalogue, 'strict');
    expect(scenario.data.params).toEqual({ train: set, test: set, testForget: [2, 3] });
  });

  it.each([
    [
      withX([[0, 0], [1, 0], [0], [1, 1]]),
      '/data/params/train/x/2: expected 2 numbers, as in the first row, found 1 numbers',
    ],
    [
      withX([
        [0, 0],
        [1, 0],
        [0, 1],
        [1, Number.NaN],
      ]),
      '/data/params/train/x/3/1: expected a number in [-1000000, 1000000], found NaN',
    ],
    [
      withX([
        [0, 0],
        [1, 0],
        [0, 1],
        [1, null],
      ]),
      '/data/params/train/x/3/1: expected a number in [-1000000, 1000000], found null',
    ],
    [
      withX([
        [0, 0],
        [1, 0],
        [0, 1],
        [1, 1e300],
      ]),
      '/data/params/train/x/3/1: expected',
    ],
    [withX([]), '/data/params/train/x: expected at least one point, found []'],
    [withX(x.slice(1)), '/data/params/train/y: expected 3 labels, one for each point, found 4'],
    [
      withX(Array.from({ length: 10_001 }, () => [0, 0])),
      '/data/params/train/x: expected at most 10000 points, found 10001',
    ],
    [
      withX(x.map(() => Array.from({ length: 65 }, () => 0))),
      '/data/params/train/x: expected at most 64 numbers a row, found 65',
    ],
    [
      inline({ train: { x, y: [0, 0, 1, 1.5] }, test: set }),
      '/data/params/train/y/3: expected a class, a whole number in [0, 11], found 1.5',
    ],
    [inline({ train: { x, y: [0, 0, 1, 12] }, test: set }), '/data/params/train/y/3: expected a class'],
    [
      inline({ train: { x, y: [0, 0, 0, 0] }, test: { x, y: [0, 0, 0, 0] } }),
      '/data/params/train: expected points of at least two classes',
    ],
    [inline({ train: set }), '/data/params/test/x: expected a list of points, found nothing'],
    [
      inline({ train: set, test: set, testForget: [4] }),
      '/data/params/testForget/0: expected an index of a test point, a whole number in [0, 3], found 4',
    ],
    [
      inline({ train: set, test: set }, { kind: 'class', label: 2 }),
      '/forget/label: expected a whole number in [0, 1], found 2',
    ],
    [
      inline({ train: set, test: set }, { kind: 'indices', indices: [4] }),
      '/forget/indices/0: expected an index of a training point, a whole number in [0, 3], found 4',
    ],
    [
      inline({ train: set, test: set }, { kind: 'indices', indices: [0, 1, 2, 3] }),
      '/forget/indices: expected fewer than all training points',
    ],
    [
      inline({ train: { x, y: [0, 0, 0, 0] }, test: set }, { kind: 'class', label: 0 }),
      '/forget/label: expected a class that only some of the training points have',
    ],
  ])('case %# says where it is wrong', (input, line) => {
    expect(faults(input)).toContainEqual(expect.stringContaining(line));
  });

  it('loses only its faulty points in a repair, and the indices follow', () => {
    const train = {
      x: [
        [0, 0],
        ['a', 0],
        [0, 1],
        [1, 1],
      ],
      y,
    };
    const raw = inline({ train, test: set }, { kind: 'indices', indices: [0, 3] });
    const { scenario, repairs } = parseScenario(raw, catalogue, 'repair');
    expect(scenario.data.params).toEqual({
      train: {
        x: [
          [0, 0],
          [0, 1],
          [1, 1],
        ],
        y: [0, 1, 1],
      },
      test: set,
    });
    expect(scenario.forget).toEqual({ kind: 'indices', indices: [0, 2] });
    expect(repairs).toEqual([
      {
        path: '/data/params/train/x/1/0',
        expected: 'a number in [-1000000, 1000000]',
        found: '"a"',
        used: 'point left out',
      },
    ]);
  });
});
