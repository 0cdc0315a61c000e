import { describe, expect, it } from 'vitest';
import { SimError } from '../../src/engine/base/errors.ts';
import { differences } from '../../src/scenario/format/differences.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';

/** Two points of two numbers in each of two classes. */
const points = {
  x: [
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ],
  y: [0, 1, 0, 1],
};
const data = { generator: 'inline', params: { train: points, test: points } };
/** Three random features of two inputs, and an output for two classes. */
const W = [
  [1, 0],
  [0, 1],
  [1, 1],
];
const a = [[0.5], [-0.25], [0.125]];

const scenarioOf = (fields: object) => ({
  version: 1,
  data,
  forget: { kind: 'indices', indices: [0] },
  model: { kind: 'random-features', features: 3 },
  runs: [{ method: 'idk' }],
  seeds: [0, 1],
  ...fields,
});
const withWeights = (weights: unknown, model: object = { kind: 'random-features', features: 3 }) =>
  scenarioOf({ model: { ...model, weights } });

const strict = (raw: unknown) => parseScenario(raw, catalogueInfo, 'strict').scenario;
const faults = (raw: unknown): string[] => {
  try {
    strict(raw);
    return [];
  } catch (thrown) {
    if (!(thrown instanceof SimError)) throw thrown;
    return thrown.faults.map(({ path, expected, found }) => `${path}: expected ${expected}, found ${found}`);
  }
};

describe('imported weights', () => {
  it.each([
    ['both models', { original: { W, a }, retrained: { W, a } }],
    ['one of them', { retrained: { W, a } }],
    ['features that stand once', { original: { W, a }, retrained: { a } }],
    ['some seeds', { bySeed: { 1: { original: { W, a } } } }],
  ])('are taken for %s, and survive being written and read again', (_, weights) => {
    const scenario = strict(withWeights(weights));
    expect(scenario.model.weights).toEqual(weights);
    expect(strict({ version: 1, ...differences(scenario) })).toEqual(scenario);
  });

  it.each([
    [
      'too few features',
      { original: { W: W.slice(1), a } },
      '/original/W: expected 3 rows (one for each feature) of 2 numbers (one for each input), found 2 rows',
    ],
    [
      'features of other inputs',
      {
        original: {
          W: [
            [1, 0],
            [0, 1, 2],
            [1, 1],
          ],
          a,
        },
      },
      '/original/W/1: expected 2 numbers (one for each input), found 3',
    ],
    [
      'an output for other features',
      { original: { W, a: [...a, [1]] } },
      '/original/a: expected 3 rows (one for each feature) of 1 numbers (one for each class but the last), found 4 rows',
    ],
    [
      'an output for more classes',
      {
        original: {
          W,
          a: [
            [1, 2],
            [3, 4],
            [5, 6],
          ],
        },
      },
      '/original/a/0: expected 1 number (one for each class but the last), found 2',
    ],
    [
      'what is no number',
      { retrained: { W, a: [[1], [null], [2]] } },
      '/retrained/a/1/0: expected a finite number in [-1000000, 1000000], found null',
    ],
    [
      'infinity',
      { retrained: { W, a: [[1], [Number.POSITIVE_INFINITY], [2]] } },
      '/retrained/a/1/0: expected a finite number in [-1000000, 1000000], found Infinity',
    ],
    [
      'two different sets of features',
      {
        original: { W, a },
        retrained: {
          W: [
            [1, 0],
            [0, 1],
            [1, 2],
          ],
          a,
        },
      },
      '/retrained/W/2/1: expected 1, as in the original model: both have the same random features, found 2',
    ],
    [
      'an output without its features',
      { original: { a } },
      '/original/W: expected the features W that `a` was trained on, found nothing',
    ],
    [
      'a missing output',
      { original: { W } },
      '/original/a: expected 3 rows (one for each feature) of 1 numbers (one for each class but the last), found nothing',
    ],
    [
      'arrays of another network',
      { original: { W, a, b1: [0] } },
      '/original/b1: expected a known field (one of W, a), found [0]',
    ],
    [
      'a seed that is none',
      { bySeed: { first: { original: { W, a } } } },
      '/bySeed/first: expected a seed, a whole number from 0 on, found "first"',
    ],
    [
      'features that differ within a seed',
      {
        bySeed: {
          0: {
            original: { W, a },
            retrained: {
              W: [
                [2, 0],
                [0, 1],
                [1, 1],
              ],
              a,
            },
          },
        },
      },
      '/bySeed/0/retrained/W/0/0: expected 1, as in',
    ],
    [
      'a file of another kind',
      { kind: 'lesson', original: { W, a } },
      '/kind: expected "weights", or no kind, found "lesson"',
    ],
    ['a list', [1, 2], ': expected an object with the weights of "original", "retrained" or both, found [1, 2]'],
  ])('are refused with the path: %s', (_, weights, line) => {
    expect(faults(withWeights(weights))).toEqual([expect.stringContaining(`/model/weights${line}`)]);
  });

  it('may be a whole file of weights, whose words about itself are not kept', () => {
    const file = { kind: 'weights', version: 1, about: { title: 'Mine' }, bySeed: { 0: { original: { W, a } } } };
    expect(strict(withWeights(file)).model.weights).toEqual({ bySeed: file.bySeed });
  });

  it('are held to the layers of a multilayer perceptron', () => {
    const mlp = { kind: 'mlp', hidden: [2] };
    const layers = {
      W1: [
        [1, 2],
        [3, 4],
      ],
      b1: [0, 0],
      W2: [
        [1, 2],
        [3, 4],
      ],
      b2: [0, 0],
    };
    expect(faults(withWeights({ original: layers }, mlp))).toEqual([]);
    expect(faults(withWeights({ original: { ...layers, b1: [0] } }, mlp))).toEqual([
      '/model/weights/original/b1: expected 2 numbers (its width), found 1',
    ]);
    expect(faults(withWeights({ original: { ...layers, W1: [[1, 2]] } }, mlp))).toEqual([
      '/model/weights/original/W1: expected 2 rows (one for each input of the layer) of 2 numbers (its width), found 1 rows',
    ]);
  });

  it('that do not fit are left out of a repaired experiment, which is then valid', () => {
    const { scenario, repairs } = parseScenario(withWeights({ original: { W, a: [[1]] } }), catalogueInfo, 'repair');
    expect(scenario.model).toEqual({ kind: 'random-features', features: 3 });
    expect(repairs).toMatchObject([{ path: '/model/weights/original/a', used: 'trained here instead' }]);
    expect(strict(scenario)).toEqual(scenario);
  });
});

describe('points and labels by seed', () => {
  const other = { train: { ...points, y: [1, 0, 1, 0] }, test: points };
  it.each([
    ['points alone', { 1: other }],
    ['whole data', { 1: { generator: 'inline', params: other } }],
  ])('are taken as %s', (_, bySeed) => {
    const { data: read } = strict(scenarioOf({ data: { ...data, bySeed } }));
    expect(read).toMatchObject({ generator: 'inline', params: data.params, bySeed: { 1: other } });
  });

  it('need no points beside them', () => {
    const { data: read } = strict(scenarioOf({ data: { bySeed: { 0: other, 1: other } } }));
    expect(read).toMatchObject({ generator: 'inline', params: other });
  });

  it('take labels for the methods that need them', () => {
    const runs = [{ method: 'idk', alternativeLabels: { bySeed: { 0: [1], 1: [0] } } }];
    const scenario = strict(scenarioOf({ runs }));
    expect(scenario.runs[0]?.alternativeLabels).toEqual({ bySeed: { 0: [1], 1: [0] } });
    expect(strict({ version: 1, ...differences(scenario) })).toEqual(scenario);
  });

  it.each([
    [
      { data: { generator: 'blobs', bySeed: { 0: other } } },
      '/data/bySeed: expected no such field: only inline points',
    ],
    [
      {
        data: {
          ...data,
          bySeed: {
            0: {
              train: {
                x: [
                  [1, 2, 3],
                  [1, 2, 4],
                ],
                y: [0, 1],
              },
              test: { x: [[1, 2, 3]], y: [0] },
            },
          },
        },
      },
      '/data/bySeed/0/train/x: expected 4 training points of 2 numbers, as for the other seeds, found 2 of 3',
    ],
    [{ data: { ...data, bySeed: { 0: { train: points } } } }, '/data/bySeed/0/test/x: expected a list of points'],
    [{ data: { ...data, bySeed: [other] } }, '/data/bySeed: expected an object of entries by seed'],
    [
      { runs: [{ method: 'idk', alternativeLabels: { bySeed: { 0: [7] } } }] },
      '/runs/0/alternativeLabels/bySeed/0/0: expected a class',
    ],
  ])('are refused with the path: %#', (fields, line) => {
    expect(faults(scenarioOf(fields))).toContainEqual(expect.stringContaining(line));
  });
});
