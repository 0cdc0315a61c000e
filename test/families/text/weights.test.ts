import { unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TextDraw } from '../../../src/families/text/draw.ts';
import family from '../../../src/families/text/family.ts';
import { readDocument } from '../../../src/scenario/document/document.ts';
import { npz } from '../../../src/scenario/files/npz.ts';
import { withWeights } from '../../../src/scenario/files/weights-file.ts';
import { parseScenario } from '../../../src/scenario/read/parse.ts';
import { catalogueInfo } from '../../../src/sim/catalogue.ts';
import { engineForTests } from '../../support/engine.ts';

beforeAll(engineForTests);

describe('the weights of a language model', () => {
  it('are saved as npz array by array; opened beside their experiment, the file says what it is for', () => {
    const input = {
      version: 1,
      family: 'text',
      data: { generator: 'tiny-tofu', seed: 'lane', params: { authors: 20 } },
      model: { kind: 'network', id: 'word-network', params: { hidden: 16, width: 6 } },
      runs: [{ name: 'GA', method: 'ga' }],
      seeds: [0],
    };
    const { scenario } = parseScenario(input, catalogueInfo, 'strict');
    const draw = family.draw(scenario, 0, family.generators) as TextDraw;
    const weights = Float32Array.from({ length: draw.model.size }, (_, i) => i / 8);
    const file = npz(draw.named(weights));
    expect(Object.keys(unzipSync(file))).toEqual(['E.npy', 'W1.npy', 'b1.npy', 'W2.npy', 'b2.npy']);

    const document = readDocument(file, 'strict', { catalogue: catalogueInfo, presets: [] });
    if (document.kind !== 'weights') throw new Error(`read as ${document.kind}`);
    const table = document.weights.original?.['E'] as readonly (readonly number[])[];
    expect(table).toHaveLength(draw.world.vocabulary.length);
    expect(table.flat()).toEqual([...weights.subarray(0, table.length * 6)]);
    const opened = () => withWeights(scenario, document.weights, catalogueInfo);
    expect(opened).toThrow(/no weights: a network of .* is trained here, open them beside an experiment with points/);
    draw.dispose();
  });
});
