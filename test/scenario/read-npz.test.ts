import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../src/scenario/document/document.ts';
import { npz } from '../../src/scenario/files/npz.ts';
import { withWeights } from '../../src/scenario/files/weights-file.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';
import { pythonWith, runPython } from '../support/python.ts';
import { small } from '../support/run.ts';

const weightsIn = (bytes: Uint8Array) => {
  const document = readDocument(bytes, 'strict', { catalogue: catalogueInfo, presets: [] });
  if (document.kind !== 'weights') throw new Error(`read as ${document.kind}`);
  return document.weights;
};

/** The whole of a .npy file of version 1. */
const npy = (header: string, values: Uint8Array, version = 1): Uint8Array => {
  const text = strToU8(`${header}\n`);
  const size = version === 1 ? [text.length & 255, text.length >> 8] : [text.length & 255, text.length >> 8, 0, 0];
  return Uint8Array.from([0x93, ...strToU8('NUMPY'), version, 0, ...size, ...text, ...values]);
};
const header = (descr: string, shape: string, order = 'False') =>
  `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${shape}), }`;
const bytesOf = (values: Float32Array | Float64Array | Int32Array) => new Uint8Array(values.buffer.slice(0));
const one = (name: string, content: Uint8Array) => zipSync({ [`${name}.npy`]: content });

describe('weights from .npz', () => {
  it('are those that the page saved, of one seed or of several', () => {
    const W1 = { name: 'W1', shape: [2, 3], values: Float32Array.of(1, 2, 3, 4, 5, 0.5) };
    const b1 = { name: 'b1', shape: [3], values: Float32Array.of(-1, 0, 1) };
    const plain = { W1: [[1, 2, 3], [4, 5, 0.5]], b1: [-1, 0, 1] }; // biome-ignore format: a matrix
    expect(weightsIn(npz([W1, b1]))).toMatchObject({ original: plain });
    const seeds = [0, 7].flatMap((seed) => [W1, b1].map((array) => ({ ...array, name: `seed${seed}.${array.name}` })));
    expect(weightsIn(npz(seeds))).toMatchObject({ bySeed: { 0: { original: plain }, 7: { original: plain } } });
  });

  it('stand in an experiment whose network they fit; of another network they are refused with the array', () => {
    const { model, ...rest } = small({ model: { hidden: [4] }, runs: [{ method: 'ga' }] });
    const scenario = { ...rest, model };
    const array = (name: string, ...shape: number[]) => ({
      name,
      shape,
      values: new Float32Array(shape.reduce((a, b) => a * b)),
    });
    const classes = 5;
    const fitting = [array('W1', 2, 4), array('b1', 4), array('W2', 4, classes), array('b2', classes)];
    const next = withWeights(scenario, weightsIn(npz(fitting)), catalogueInfo);
    expect(next.model.weights?.original).toMatchObject({ b1: [0, 0, 0, 0] });
    const other = fitting.map((part) => (part.name === 'W2' ? array('W2', 3, classes) : part));
    expect(() => withWeights(scenario, weightsIn(npz(other)), catalogueInfo)).toThrow(/W2/);
  });

  it('may be of any type of number, by column, compressed, and in each version of the format', () => {
    const int = npy(header('<i4', '2,'), bytesOf(Int32Array.of(3, -4)));
    expect(weightsIn(one('b1', int))).toMatchObject({ original: { b1: [3, -4] } });
    const byColumn = npy(header('<f8', '2, 3', 'True'), bytesOf(Float64Array.of(1, 4, 2, 5, 3, 6)), 2);
    const big = npy(header('>f4', '1,'), bytesOf(Float32Array.of(0.5)).reverse(), 3);
    const archive = zipSync({ 'W1.npy': [byColumn, { level: 9 }], 'b1.npy': big });
    expect(weightsIn(archive)).toMatchObject({ original: { W1: [[1, 2, 3], [4, 5, 6]], b1: [0.5] } }); // biome-ignore format: a matrix
    const halves = npy(header('<f2', '4,'), Uint8Array.of(0x00, 0x3c, 0x00, 0xc0, 0x01, 0x00, 0xff, 0x7b));
    expect(weightsIn(one('b1', halves))).toMatchObject({ original: { b1: [1, -2, 2 ** -24, 65504] } });
  });

  it.each([
    ['text', one('b1', npy(header('<U3', '1,'), new Uint8Array(12))), '/b1: expected an array of numbers'],
    ['objects', one('b1', npy(header('|O', '1,'), new Uint8Array(12))), '/b1: expected an array of numbers'],
    ['three axes', one('W1', npy(header('<f4', '1, 1, 1'), new Uint8Array(4))), '/W1: expected an array of one or two'],
    ['too few numbers', one('W1', npy(header('<f4', '2, 2'), new Uint8Array(4))), '/W1: expected 4 numbers'],
    ['no array', one('W1', strToU8('hello, this is no array')), '/W1: expected an array as .npy'],
    [
      'a model of PyTorch',
      zipSync({ 'model/data.pkl': strToU8('x') }),
      'expected an .npz file of the page, or numpy.savez',
    ],
    ['a damaged archive', npz([]).slice(0, 9), 'expected an .npz file of the page, or numpy.savez'],
  ])('with %s is told what would do', (_, bytes, expected) => {
    expect(() => weightsIn(bytes)).toThrow(expected);
  });

  const python = pythonWith('numpy');
  it.skipIf(!python)('is what numpy.savez and savez_compressed write (skipped without numpy)', () => {
    const folder = mkdtempSync(join(tmpdir(), 'npz-'));
    try {
      const script =
        'import sys, numpy; a = dict(W1=numpy.arange(6.).reshape(2, 3), b1=numpy.float32([1, 2]), c=numpy.asfortranarray([[1, 2], [3, 4]]));' +
        'numpy.savez(sys.argv[1] + "/plain.npz", **a); numpy.savez_compressed(sys.argv[1] + "/small.npz", **a)';
      expect(runPython(python ?? '', ['-c', script, folder]).stderr).toBe('');
      for (const name of ['plain.npz', 'small.npz']) {
        expect(weightsIn(readFileSync(join(folder, name)))).toMatchObject({
          original: { W1: [[0, 1, 2], [3, 4, 5]], b1: [1, 2], c: [[1, 2], [3, 4]] }, // biome-ignore format: matrices
        });
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
