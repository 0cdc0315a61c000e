import { localityCurve } from '../../engine/base/locality.ts';
import { exp } from '../../engine/base/math.ts';
import type { Dataset, Trigger } from '../../engine/contracts/dataset.ts';
import { layerDrift, type Subject } from '../../engine/contracts/metric.ts';
import type { ModelSpec } from '../../scenario/format/scenario.ts';
import type { NamedArray } from '../../scenario/format/weights.ts';
import type { Draw, LabelledPoints, Outputs, Profile, SplitIndices, Subjects } from '../family.ts';
import type { PointRows } from './batches.ts';
import { createEvaluator, type PointOutputs, viewOf } from './evaluate.ts';
import { laneViewOf } from './lane-view.ts';
import { type EncodedNetwork, importedWeights, networkOf } from './network.ts';
import { extentOf, project2d } from './projection.ts';
import { pullsOn } from './pulls.ts';
import type { ShownPoints } from './shown.ts';
import { resolveRequests, undivided } from './split.ts';

/** Cells per side of the pictures that are sent while a run goes on. */
const LIVE_SIZE = 48;
/** Groups of the locality curve. */
const GROUPS = 10;

/** The data as the network gets them: their random features, where it has such. A trigger is one of points only. */
const seenBy = ({ model }: EncodedNetwork, { dataset, rows }: LabelledPoints): Dataset => {
  const { trigger, ...plain }: Dataset & { readonly trigger?: Trigger } = dataset;
  return {
    ...plain,
    inputs: model.inputs,
    train: { x: rows.train, y: dataset.train.y },
    test: { x: rows.test, y: dataset.test.y },
    ...(trigger && rows.train === dataset.train.x && { trigger }),
  };
};

const namedArrays = ({ model, features }: EncodedNetwork, inputs: number, weights: Float32Array): NamedArray[] => {
  const W = features && { name: 'W', shape: [features.length / inputs, inputs], values: features };
  const trained = model.layout.map(({ name, shape, offset, size }) => ({
    name,
    shape,
    values: weights.slice(offset, offset + size),
  }));
  return W ? [W, ...trained] : trained;
};

/** What the page draws behind the models. */
const shownOf = (dataset: Dataset): ShownPoints => {
  const { train, test, projected } = project2d(dataset);
  return {
    kind: 'points',
    inputs: dataset.inputs,
    classes: dataset.classes,
    projected,
    train: { x2: train, y: dataset.train.y },
    test: { x2: test, y: dataset.test.y },
    extent: extentOf(train, test),
  };
};

/** A draw of labelled points with the network of a seed. */
export const drawOf = (dataset: Dataset, spec: ModelSpec, seed: number): Draw => {
  const network = networkOf(spec, dataset, seed);
  const { model, encode, features } = network;
  const { train, test } = dataset;
  const rows = { train: encode(train.x), test: encode(test.x) };
  const points: LabelledPoints = { dataset, rows, ...(features && { features }) };
  const shown = shownOf(dataset);
  const evaluator = createEvaluator(network, dataset, rows, shown.extent);
  const viewAt = (split: SplitIndices, subjects: Subjects, circumstances = {}) =>
    viewOf(dataset, split, subjects as Readonly<Record<Subject, PointOutputs>>, {
      layers: model.layers,
      ...circumstances,
    });
  return {
    examples: train.y.length,
    model,
    points,
    shown,
    cost: {
      evaluation: train.y.length + test.y.length,
      picture: dataset.inputs === 2 ? LIVE_SIZE * LIVE_SIZE : train.y.length,
    },
    undivided: undivided(dataset),
    divide: (specs, of, choose) => resolveRequests(dataset, specs, of, choose),
    given: (which, of) => importedWeights(spec, of, which, model),
    outputs: evaluator.outputs,
    picture: (weights, size, served) => evaluator.frame(weights, size || LIVE_SIZE, served),
    evalView: viewAt,
    view: laneViewOf,
    named: (weights) => namedArrays(network, dataset.inputs, weights),
    attacked: () => ({ dataset: seenBy(network, points) }),
    probabilities: (outputs: Outputs) =>
      (outputs as PointOutputs).logProbs.slice(0, train.y.length * dataset.classes).map(exp),
    profile: (split, subjects): Profile => {
      const view = viewAt(split, subjects);
      const layers = Array.from({ length: model.widths.length - 1 }, (_, layer) => layerDrift(view, layer));
      return { locality: localityCurve(view, GROUPS), drift: layers.filter(Number.isFinite) };
    },
    pulls: (own, weights, terms, on, pass) =>
      pullsOn(model, evaluator.outputs(weights).logits, own as PointRows, terms, on, pass),
    dispose: evaluator.dispose,
  };
};
