// The setting of Theorem 2 of the NPO paper: at most as many forget points as dimensions, nearly orthogonal to each other,
// of one length, labels by a logistic model. Retain points are any points of that length, labels by the same model.

import { exp } from '../engine/base/math.ts';
import { foldIn, type Key, normal, uniform } from '../engine/base/random.ts';
import { generator, type PointSet } from '../engine/contracts/dataset.ts';

type Row = Float64Array;

const dot = (a: Row, b: Row): number => a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);

const draw = (key: Key, row: number, d: number): Row =>
  Float64Array.from({ length: d }, (_, i) => normal(key, row * d + i));

const scaled = (row: Row, length: number): Row => {
  const factor = length / Math.sqrt(dot(row, row));
  return row.map((value) => factor * value);
};

/** Orthogonal directions of length 1 by Gram and Schmidt; twice, since once is not exact enough. */
const orthogonal = (key: Key, count: number, d: number): Row[] => {
  const rows: Row[] = [];
  for (let i = 0; i < count; i++) {
    let row = draw(key, i, d);
    for (let pass = 0; pass < 2; pass++) {
      for (const other of rows) {
        const share = dot(row, other);
        row = row.map((value, j) => value - share * (other[j] as number));
      }
      row = scaled(row, 1);
    }
    rows.push(row);
  }
  return rows;
};

const anyRows = (key: Key, count: number, d: number): Row[] => Array.from({ length: count }, (_, i) => draw(key, i, d));

/** How sharply the labels follow their direction. */
const SHARPNESS = 2;

export default generator({
  id: 'near-orthogonal',
  title: 'Nearly orthogonal points',
  summary: 'The setting of the NPO paper’s theorem on the speed of collapse: few forget points, none like another.',
  citation: {
    authors: 'Zhang, Lin, Bai, Mei',
    title: 'Negative Preference Optimization: From Catastrophic Collapse to Effective Unlearning',
    year: 2024,
    url: 'https://arxiv.org/abs/2404.05868',
    where: 'theorem 2',
  },
  params: {
    dimensions: {
      kind: 'int',
      label: 'Dimensions',
      symbol: 'd',
      help: 'Numbers per point. There are never more forget points than this.',
      default: 16,
      min: 2,
      max: 64,
    },
    nForget: {
      kind: 'int',
      label: 'Points to forget',
      symbol: 'n',
      help: 'Training points to forget; as many as there are dimensions at most.',
      default: 8,
      min: 1,
      max: 64,
    },
    length: {
      kind: 'number',
      label: 'Length',
      help: 'The norm of every point.',
      default: 1.5,
      min: 0.1,
      max: 10,
      scale: 'linear',
    },
    overlap: {
      kind: 'number',
      label: 'Overlap',
      help: 'At 0 the forget points are exactly orthogonal. The larger, the more each is like the others.',
      default: 0.1,
      min: 0,
      max: 2,
      scale: 'linear',
    },
    nRetain: {
      kind: 'int',
      label: 'Points to keep',
      help: 'Training points in directions of all kinds.',
      default: 100,
      min: 10,
      max: 2000,
    },
    nTest: {
      kind: 'int',
      label: 'Fresh points',
      help: 'Test points of each of the two kinds.',
      default: 200,
      min: 10,
      max: 2000,
    },
  },
  classes: 2,
  inputs: 'dimensions',
  components: ['forget'],
  generate: ({ dimensions: d, nForget, length, overlap, nRetain, nTest }, key) => {
    const count = Math.min(nForget, d);
    const teacher = scaled(draw(foldIn(key, 'teacher'), 0, d), 1);
    /** Turned a little out of their directions, at one length. */
    const bent = (rows: readonly Row[], own: Key): Row[] =>
      rows.map((row, i) => {
        const noise = draw(own, i, d);
        return scaled(
          row.map((value, j) => value + (overlap * (noise[j] as number)) / Math.sqrt(d)),
          length,
        );
      });
    const labelled = (rows: readonly Row[], own: Key): PointSet => ({
      x: Float32Array.from(rows.flatMap((row) => [...row])),
      y: Int32Array.from(rows, (row, i) => Number(uniform(own, i) < 1 / (1 + exp(-SHARPNESS * dot(row, teacher))))),
    });
    const directions = orthogonal(foldIn(key, 'directions'), count, d);
    const kept = (own: Key, n: number) => anyRows(own, n, d).map((row) => scaled(row, length));
    const half = (name: string, forget: readonly Row[], n: number): PointSet => {
      const own = foldIn(key, name);
      const rows = [...kept(foldIn(own, 'retain'), n), ...bent(forget, foldIn(own, 'bend'))];
      return labelled(rows, foldIn(own, 'labels'));
    };
    const fresh = Array.from({ length: nTest }, (_, i) => directions[i % count] as Row);
    const range = (from: number, n: number): Int32Array => Int32Array.from({ length: n }, (_, i) => from + i);
    return {
      inputs: d,
      classes: 2,
      train: half('train', directions, nRetain),
      test: half('test', fresh, nTest),
      components: { forget: { train: range(nRetain, count), test: range(nTest, nTest) } },
    };
  },
});
