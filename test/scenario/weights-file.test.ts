import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { readDocument } from '../../src/scenario/document/document.ts';
import { npz } from '../../src/scenario/files/npz.ts';
import { namedWeights, weightsFile, withWeights } from '../../src/scenario/files/weights-file.ts';
import type { Scenario } from '../../src/scenario/format/scenario.ts';
import type { NamedArray } from '../../src/scenario/format/weights.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { createArchive } from '../../src/sim/archive.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';
import type { ModelRef } from '../../src/sim/events.ts';
import { engineForTests } from '../support/engine.ts';
import { pythonWith, runPython } from '../support/python.ts';
import { eventsOf, small } from '../support/run.ts';

beforeAll(engineForTests);

const ABOUT = { title: 'Small', model: 'GA', step: 10, layout: '', engine: 'kernels' };
const RUNS = [{ name: 'GA', method: 'ga', steps: 10, learningRate: 0.05 }];

/** A scenario run to its end, with its weights by name. */
const ran = async (scenario: Scenario) => {
  const archive = createArchive();
  await eventsOf(scenario, { archive });
  const named = (model: ModelRef, seed = 0, step = 10): readonly NamedArray[] =>
    archive.named({ kind: 'weights', model, seed, step }).arrays ?? [];
  /** The same as plain numbers. */
  const plain = (model: ModelRef, seed = 0, step = 10) =>
    named(model, seed, step).map((array) => ({ ...array, values: Array.from(array.values) }));
  return { named, plain };
};

const read = (file: string) => readDocument(file, 'strict', { catalogue: catalogueInfo, presets: [] });

/** The scenario with what a file of weights says. */
const withFile = (scenario: Scenario, file: string): Scenario => {
  const document = read(file);
  if (document.kind !== 'weights') throw new Error(`read as ${document.kind}`);
  return withWeights(scenario, document.weights, catalogueInfo);
};

describe('a file of weights', () => {
  it.each([
    ['a multilayer perceptron', { hidden: [16, 8] }],
    ['random features', { kind: 'random-features', features: 12 }],
    ['a linear model', { kind: 'linear' }],
  ])('of %s is read back by model.weights to the last bit, and nothing is trained again', async (_, model) => {
    const scenario = small({ runs: RUNS, model });
    const first = await ran(scenario);
    for (const which of ['original', 'retrained'] as const) {
      const file = weightsFile(ABOUT, which, [{ seed: 0, arrays: first.named(which) }]);
      const again = await ran(withFile({ ...scenario, training: { ...scenario.training, steps: 1 } }, file));
      expect(again.plain(which)).toEqual(first.plain(which));
    }
  });

  it('of an unlearned model stands as the original one of a further experiment, for its own seed', async () => {
    const scenario = small({ runs: RUNS, seeds: [0, 1] });
    const first = await ran(scenario);
    const file = weightsFile(ABOUT, 'original', [{ seed: 1, arrays: first.named(0, 1) }]);
    const again = await ran(withFile(scenario, file));
    expect(again.named('original', 1)).toEqual(first.named(0, 1));
    expect(again.named('original', 0)).toEqual(first.named('original', 0));
    expect(again.named(0, 1, 0)).toEqual(first.named(0, 1));
  });

  it('gives every 32-bit number in its shortest form, and loses none of its bits', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const array = { name: 'b1', shape: [1], values: Float32Array.of(value) };
        const [written] = JSON.parse(JSON.stringify(namedWeights([array])['b1'])) as [number];
        expect(Math.fround(written)).toBe(value === 0 ? 0 : value);
        expect(`${written}`.length).toBeLessThanOrEqual(`${value}`.length);
      }),
    );
  });

  it('has a row of a matrix on a line', () => {
    const W1 = { name: 'W1', shape: [2, 2], values: Float32Array.of(1, 2, 3, 4.5) };
    const file = weightsFile(ABOUT, 'original', [{ seed: 0, arrays: [W1] }]);
    expect(file.split('\n').map((line) => line.trim())).toEqual(expect.arrayContaining(['[1, 2],', '[3, 4.5]']));
  });

  it('of another version is refused, with the path', () => {
    for (const version of [2, 0, '1', undefined]) {
      expect(() => read(JSON.stringify({ kind: 'weights', version }))).toThrow(/^\/version: expected /);
    }
  });
});

describe('weights as numpy’s .npz', () => {
  const python = pythonWith('numpy');

  it.skipIf(!python)('are what numpy.load reads, names, shapes and bits (skipped without numpy)', async () => {
    const { named } = await ran(small({ runs: RUNS, model: { hidden: [7] } }));
    const arrays = [...named(0), { name: 'W', shape: [2, 1], values: Float64Array.of(Math.PI, -1 / 3) }];
    const folder = mkdtempSync(join(tmpdir(), 'npz-'));
    try {
      const path = join(folder, 'weights.npz');
      writeFileSync(path, npz(arrays));
      const script =
        'import json, sys, numpy; f = numpy.load(sys.argv[1]);' +
        'print(json.dumps({k: [list(f[k].shape), str(f[k].dtype), f[k].ravel().astype(float).tolist()] for k in f}))';
      const { stdout, stderr } = runPython(python ?? '', ['-c', script, path]);
      expect(stderr).toBe('');
      expect(JSON.parse(stdout)).toEqual(
        Object.fromEntries(
          arrays.map(({ name, shape, values }) => [
            name,
            [shape, values instanceof Float32Array ? 'float32' : 'float64', Array.from(values)],
          ]),
        ),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('are the same bytes for the same weights', () => {
    const arrays = [{ name: 'b1', shape: [2], values: Float32Array.of(1, 2) }];
    expect(npz(arrays)).toEqual(npz(arrays));
  });
});

describe('weights for another family', () => {
  it('are refused in words, with the way out', () => {
    for (const [family, title] of [
      ['text', 'A language model'],
      ['numbers', ''],
    ] as const) {
      const { scenario: other } = parseScenario(
        { version: 1, family, runs: [{ name: 'GA', method: 'ft' }] },
        catalogueInfo,
        'repair',
      );
      const weights = { bySeed: { '0': { original: { W1: [[1, 2]], b1: [0, 1] } } } };
      expect(() => withWeights(other, weights, catalogueInfo)).toThrow(
        new RegExp(
          `^/model/weights: expected no weights: a network of ${title}.* open them beside an experiment with points`,
        ),
      );
    }
  });
});
