import type { NdArray } from '../../engine/base/array.ts';
import * as tf from '../../engine/base/tf.ts';
import type { Dataset } from '../../engine/contracts/dataset.ts';
import type { EvalSplit, EvalView, Subject } from '../../engine/contracts/metric.ts';
import type { Network, Served } from '../../engine/contracts/network.ts';

import type { Circumstances as Known, Outputs, SplitIndices } from '../family.ts';
import type { EncodedNetwork } from './network.ts';
import type { Frame } from './shown.ts';

/** What a model says of every training and test point. */
export interface PointOutputs extends Outputs {
  /** Training points, then test points: [(n + m) * C]. */
  readonly logits: Float32Array;
  /** Log-probabilities in the order of the logits. */
  readonly logProbs: Float32Array;
  /** The last hidden layer, [(n + m) * H], computed when it is asked for; absent where it is not one network that answers. */
  readonly features?: () => NdArray;
}

export interface Evaluator {
  /** Of the network, or of what is served in its place. */
  readonly outputs: (weights: Float32Array, served?: Served) => PointOutputs;
  /** A picture of the decisions; size is ignored where the data are not two-dimensional. */
  readonly frame: (weights: Float32Array, size: number, served?: Served) => Frame;
  readonly dispose: () => void;
}

const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
};

/** What goes into the output layer, [rows, H]. */
const featuresOf = (model: Network, weights: Float32Array, points: tf.Tensor): NdArray => {
  let features: NdArray = { data: new Float32Array(), shape: [0, 0] };
  // Not given back by the scope, which would look for tensors in every number.
  tf.tidy(() => {
    const { inputs } = model.forward(tf.tensorOf(weights, [1, model.size]), points);
    const last = inputs.at(-1) as tf.Tensor;
    const [width, data] = [last.shape.at(-1) as number, Float32Array.from(tf.valuesOf(last))];
    features = { data, shape: [data.length / width, width] };
  });
  return features;
};

/** Runs models over one data set: its points and the grid behind its picture. */
export const createEvaluator = (
  { model, encode }: EncodedNetwork,
  dataset: Dataset,
  rows: { readonly train: Float32Array; readonly test: Float32Array },
  extent: readonly [number, number, number, number],
): Evaluator => {
  const D = model.inputs;
  const all = new Float32Array(rows.train.length + rows.test.length);
  all.set(rows.train);
  all.set(rows.test, rows.train.length);
  const points = tf.tensor3d(all, [1, all.length / D, D]);
  const grids = new Map<number, tf.Tensor>();

  const gridOf = (size: number): tf.Tensor => {
    let grid = grids.get(size);
    if (!grid) {
      const [xMin, xMax, yMin, yMax] = extent;
      const cells = new Float32Array(size * size * 2);
      for (let row = 0; row < size; row++) {
        for (let column = 0; column < size; column++) {
          const at = 2 * (row * size + column);
          cells[at] = xMin + ((column + 0.5) / size) * (xMax - xMin);
          cells[at + 1] = yMax - ((row + 0.5) / size) * (yMax - yMin);
        }
      }
      grid = tf.tensor3d(encode(cells), [1, size * size, D]);
      grids.set(size, grid);
    }
    return grid;
  };

  return {
    outputs: (weights, served) => {
      const said = (served ?? model).predict(weights, points);
      // Without hidden layers, what goes into the output layer is the same for every model and says nothing of any.
      return served || model.activations.length === 0
        ? { weights, ...said }
        : { weights, ...said, features: once(() => featuresOf(model, weights, points)) };
    },
    frame: (weights, size, served = model) => {
      if (dataset.inputs === 2) return { kind: 'grid', size, ...served.decide(weights, gridOf(size)) };
      const { winner, confidence } = served.decide(weights, points);
      const n = dataset.train.y.length;
      return { kind: 'points', size: 0, winner: winner.slice(0, n), confidence: confidence.slice(0, n) };
    },
    dispose: () => {
      points.dispose();
      for (const grid of grids.values()) grid.dispose();
    },
  };
};

type Part = 'logits' | 'logProbs';

/** Rows that have been picked from a model's outputs already. The models that all runs compare with are asked again and again. */
const picked = new WeakMap<PointOutputs, Map<string, NdArray>>();

/** Labels by the rows of a split. */
const labelled = new WeakMap<Int32Array, Int32Array>();

/** Some rows [N * C] of a matrix with C columns; `offset`: the row that counts as the first. */
export const pickRows = (source: Float32Array, rows: Int32Array, offset: number, classes: number): Float32Array => {
  const data = new Float32Array(rows.length * classes);
  for (let i = 0; i < rows.length; i++) {
    const at = (offset + (rows[i] as number)) * classes;
    for (let c = 0; c < classes; c++) data[i * classes + c] = source[at + c] as number;
  }
  return data;
};

/** What a view knows beyond outputs. */
export interface PointCircumstances extends Known {
  readonly layers?: Network['layers'];
}

const UNKNOWN: EvalView['visits'] = { own: Number.NaN, retrained: Number.NaN };

/** What the metrics see of one lane. Rows are picked when first asked for. */
export const viewOf = (
  dataset: Dataset,
  split: SplitIndices,
  subjects: Readonly<Record<Subject, PointOutputs>>,
  { layers = [], visits = UNKNOWN, memory = new Map() }: PointCircumstances = {},
): EvalView => {
  const C = dataset.classes;
  const n = dataset.train.y.length;
  const isTraining = (which: EvalSplit) => which === 'forget' || which === 'retain';
  const pick = (which: EvalSplit, subject: Subject, part: Part): NdArray => {
    const outputs = subjects[subject];
    const held = picked.get(outputs) ?? new Map<string, NdArray>();
    picked.set(outputs, held);
    const name = `${which}/${part}`;
    let array = held.get(name);
    if (!array) {
      const source = outputs[part];
      const data =
        which === 'test' ? source.subarray(n * C) : pickRows(source, split[which], isTraining(which) ? 0 : n, C);
      array = { data, shape: [data.length / C, C] };
      held.set(name, array);
    }
    return array;
  };
  return {
    classes: C,
    logits: (which, subject = 'unlearned') => pick(which, subject, 'logits'),
    logProbs: (which, subject = 'unlearned') => pick(which, subject, 'logProbs'),
    labels: (which) => {
      if (which === 'test') return dataset.test.y;
      const rows = split[which];
      const known = labelled.get(rows);
      if (known) return known;
      const labels = isTraining(which) ? dataset.train.y : dataset.test.y;
      const own = rows.map((row) => labels[row] as number);
      labelled.set(rows, own);
      return own;
    },
    weights: (subject = 'unlearned') => subjects[subject].weights,
    layers,
    visits,
    memory: <T extends object>(key: string, start: () => T): T => {
      const held = (memory.get(key) as T | undefined) ?? start();
      memory.set(key, held);
      return held;
    },
    points: (which) => {
      const { x } = isTraining(which) ? dataset.train : dataset.test;
      const D = dataset.inputs;
      const data = which === 'test' ? x : pickRows(x, split[which], 0, D);
      return { data, shape: [data.length / D, D] };
    },
    features: (which, subject = 'unlearned') => {
      const all = subjects[subject].features?.();
      if (!all) return undefined;
      const width = all.shape[1] as number;
      const data =
        which === 'test'
          ? all.data.subarray(n * width)
          : pickRows(all.data, split[which], isTraining(which) ? 0 : n, width);
      return { data, shape: [data.length / width, width] };
    },
  };
};
