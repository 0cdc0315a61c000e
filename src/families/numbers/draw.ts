import { SimError } from '../../engine/base/errors.ts';
import * as tf from '../../engine/base/tf.ts';
import type { RealHead } from '../../engine/contracts/head.ts';
import type { EvalSplit, Subject } from '../../engine/contracts/metric.ts';
import type { Network, Served } from '../../engine/contracts/network.ts';
import { network } from '../../engine/start.ts';
import type { ModelSpec } from '../../scenario/format/scenario.ts';
import type { Draw, Outputs, SplitIndices } from '../family.ts';
import { weightsView } from '../shared/weights-view.ts';
import { type CurveData, momentsOf } from './curve.ts';
import type { CurvePicture, ShownCurve, ShownSurface, SurfacePicture } from './shown.ts';
import { divideCurve } from './split.ts';
import type { NumbersView } from './view.ts';

/** Places at which a curve is drawn. */
const DRAWN = 161;
/** Cells on each side of the grid on which a surface is drawn. */
const CELLS = 36;
/** Room above and below the points, as a share of their height. */
const ROOM = 0.15;

/** What a model says of every training and test pair. */
export interface NumbersOutputs extends Outputs {
  /** [n] */
  readonly train: Float32Array;
  /** [m] */
  readonly test: Float32Array;
}

/** A draw with what only this family knows of it. */
export interface NumbersDraw extends Draw {
  readonly curve: CurveData;
  readonly head: RealHead;
}

/** From the lowest to the highest, [M]. */
const along = ([low, high]: readonly [number, number], count: number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => low + (i / (count - 1)) * (high - low));

/** The middles of the cells of a grid over a plane, [size * size * 2], from the lowest corner, row after row. */
const cellsOf = (places: CurveData['places'], size: number): Float32Array => {
  const [across, up] = places as [readonly [number, number], readonly [number, number]];
  const middle = ([low, high]: readonly [number, number], i: number) => low + ((i + 0.5) / size) * (high - low);
  return Float32Array.from({ length: size * size * 2 }, (_, i) => {
    const cell = i >> 1;
    return i % 2 === 0 ? middle(across, cell % size) : middle(up, Math.floor(cell / size));
  });
};

/** The lowest and the highest of numbers. */
const rangeOf = (numbers: Iterable<number>): readonly [number, number] => {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const y of numbers) [low, high] = [Math.min(low, y), Math.max(high, y)];
  return [low, high];
};

const shownCurve = ({ train, truth, places }: CurveData): ShownCurve => {
  const own = along(places[0] as readonly [number, number], DRAWN);
  const behind = truth ? own.map((x) => truth(x)) : new Float32Array(0);
  const [low, high] = rangeOf([...train.y, ...behind]);
  const room = ROOM * Math.max(high - low, 1e-3);
  const extent = [own[0] as number, own.at(-1) as number, low - room, high + room] as const;
  return { kind: 'curve', x: train.x, y: train.y, places: own, truth: behind, extent };
};

const shownSurface = ({ train, truth, places }: CurveData): ShownSurface => {
  const cells = cellsOf(places, CELLS);
  const behind = truth
    ? Float32Array.from({ length: CELLS * CELLS }, (_, i) => truth(cells[2 * i] as number, cells[2 * i + 1] as number))
    : new Float32Array(0);
  const [[left, right], [bottom, top]] = places as [readonly [number, number], readonly [number, number]];
  const extent = [left, right, bottom, top] as const;
  return { kind: 'surface', ...train, truth: behind, size: CELLS, extent, range: rangeOf([...train.y, ...behind]) };
};

const networkOf = (spec: ModelSpec, inputs: number): { readonly model: Network; readonly head: RealHead } => {
  if (spec.kind !== 'network') throw new SimError('scenario/invalid', `There is no network of numbers "${spec.kind}".`);
  const { width, layers, activation, deviation } = spec.params;
  const model = network({
    inputs,
    hidden: Array.from({ length: Number(layers) }, () => Number(width)),
    classes: 1,
    activation: activation === 'relu' ? 'relu' : 'tanh',
    init: 'glorot',
  });
  return { model, head: { kind: 'real', variance: Number(deviation) * Number(deviation) } };
};

const inputsIn = ({ widths }: Network): number => widths[0] as number;

/** What a network, or what is served in its place, says at some places [N * inputs], [N]. */
const saidAt = (model: Network, weights: Float32Array, x: Float32Array, served: Served = model): Float32Array =>
  tf.tidy(() =>
    served.predict(weights, tf.tensorOf(x, [1, x.length / inputsIn(model), inputsIn(model)])).logits.slice(),
  );

/** A draw of a curve with the network that follows it. @throws {SimError} scenario/invalid if all its numbers are the same */
export const numbersDraw = (curve: CurveData, spec: ModelSpec): NumbersDraw => {
  const { train, test } = curve;
  const { model, head } = networkOf(spec, curve.inputs);
  const shown = curve.inputs === 1 ? shownCurve(curve) : shownSurface(curve);
  const places = shown.kind === 'curve' ? shown.places : cellsOf(curve.places, CELLS);
  const { variance } = momentsOf(train.y);
  if (!(variance > 0)) {
    throw new SimError('scenario/invalid', 'All numbers of these data are the same: there is no curve to learn.', [
      { path: '/data/params', expected: 'data whose numbers differ', found: `${train.y.length} times ${train.y[0]}` },
    ]);
  }
  const outputs = (weights: Float32Array, served?: Served): NumbersOutputs => ({
    weights,
    train: saidAt(model, weights, train.x, served),
    test: saidAt(model, weights, test.x, served),
  });
  const all = new Int32Array(0);
  return {
    curve,
    head,
    examples: train.y.length,
    model,
    shown,
    cost: { evaluation: train.y.length + test.y.length, picture: places.length / curve.inputs },
    undivided: {
      ...{ forget: all, testForget: all },
      retain: Int32Array.from(train.y.keys()),
      testRetain: Int32Array.from(test.y.keys()),
    },
    divide: (specs, seed) => divideCurve(curve, specs, seed),
    given: () => undefined,
    attacked: () => ({ dataset: curve }),
    outputs,
    picture: (weights, _, served): CurvePicture | SurfacePicture => ({
      kind: shown.kind,
      y: saidAt(model, weights, places, served),
    }),
    evalView: (split: SplitIndices, subjects): NumbersView => {
      const isTraining = (which: EvalSplit) => which === 'forget' || which === 'retain';
      const rowsOf = (which: EvalSplit, values: Float32Array) =>
        which === 'test' ? values : Float32Array.from(split[which], (i) => values[i] as number);
      const of = (subject: Subject) => subjects[subject] as NumbersOutputs;
      return {
        variance,
        said: (which, subject = 'unlearned') => rowsOf(which, isTraining(which) ? of(subject).train : of(subject).test),
        seen: (which) => rowsOf(which, isTraining(which) ? train.y : test.y),
        weights: (subject = 'unlearned') => of(subject).weights,
      };
    },
    view: (seed, key) => weightsView(seed, key, 'pairs of numbers'),
    named: (weights) =>
      model.layout.map(({ name, shape, offset, size }) => ({
        name,
        shape,
        values: weights.slice(offset, offset + size),
      })),
    dispose: () => {},
  };
};
