import { SimError } from '../../engine/base/errors.ts';
import * as tf from '../../engine/base/tf.ts';
import type { RealHead } from '../../engine/contracts/head.ts';
import type { EvalSplit, Subject } from '../../engine/contracts/metric.ts';
import type { Network, Served } from '../../engine/contracts/network.ts';
import { network } from '../../engine/start.ts';
import type { ModelSpec } from '../../scenario/format/scenario.ts';
import type { Draw, Outputs, SplitIndices } from '../family.ts';
import { weightsView } from '../shared/weights-view.ts';
import { type CurveData, momentsOf, PLACES } from './curve.ts';
import type { CurvePicture, ShownCurve } from './shown.ts';
import { divideCurve } from './split.ts';
import type { NumbersView } from './view.ts';

/** Places at which a curve is drawn. */
const DRAWN = 161;
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

const placesOf = (): Float32Array =>
  Float32Array.from({ length: DRAWN }, (_, i) => PLACES[0] + (i / (DRAWN - 1)) * (PLACES[1] - PLACES[0]));

const shownOf = ({ train, truth }: CurveData): ShownCurve => {
  const places = placesOf();
  const along = places.map((x) => truth(x));
  const heights = [...train.y, ...along];
  const [low, high] = heights.reduce(([a, b], y) => [Math.min(a, y), Math.max(b, y)], [Infinity, -Infinity]);
  const room = ROOM * Math.max(high - low, 1e-3);
  return { kind: 'curve', x: train.x, y: train.y, places, truth: along, extent: [...PLACES, low - room, high + room] };
};

const networkOf = (spec: ModelSpec): { readonly model: Network; readonly head: RealHead } => {
  if (spec.kind !== 'network') throw new SimError('scenario/invalid', `There is no network of numbers "${spec.kind}".`);
  const { width, layers, activation, deviation } = spec.params;
  const model = network({
    inputs: 1,
    hidden: Array.from({ length: Number(layers) }, () => Number(width)),
    classes: 1,
    activation: activation === 'relu' ? 'relu' : 'tanh',
    init: 'glorot',
  });
  return { model, head: { kind: 'real', variance: Number(deviation) * Number(deviation) } };
};

/** What a network, or what is served in its place, says at some places, [N]. */
const saidAt = (model: Network, weights: Float32Array, x: Float32Array, served: Served = model): Float32Array =>
  tf.tidy(() => served.predict(weights, tf.tensorOf(x, [1, x.length, 1])).logits.slice());

/** A draw of a curve with the network that follows it. @throws {SimError} scenario/invalid if all its numbers are the same */
export const numbersDraw = (curve: CurveData, spec: ModelSpec): NumbersDraw => {
  const { train, test } = curve;
  const { model, head } = networkOf(spec);
  const shown = shownOf(curve);
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
    cost: { evaluation: train.y.length + test.y.length, picture: DRAWN },
    undivided: {
      ...{ forget: all, testForget: all },
      retain: Int32Array.from(train.y.keys()),
      testRetain: Int32Array.from(test.y.keys()),
    },
    divide: (specs, seed) => divideCurve(curve, specs, seed),
    given: () => undefined,
    outputs,
    picture: (weights, _, served): CurvePicture => ({
      kind: 'curve',
      y: saidAt(model, weights, shown.places, served),
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
