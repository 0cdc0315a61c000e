import { SimError } from '../../engine/base/errors.ts';
import type { Key } from '../../engine/base/random.ts';
import type { Subject } from '../../engine/contracts/metric.ts';
import type { Network, Served } from '../../engine/contracts/network.ts';
import { classCodes, inputsOf, linearSchedule, processOf } from '../../engine/diffusion/process.ts';
import { ANCESTRAL, type Sampling } from '../../engine/diffusion/sampler.ts';
import { network } from '../../engine/start.ts';
import type { ModelSpec } from '../../scenario/format/scenario.ts';
import type { SplitIndices } from '../family.ts';
import type { AttackedClouds } from './attacks/attacked.ts';
import { type CloudData, REACH } from './clouds.ts';
import { cloudsLaneView } from './lane-view.ts';
import type { DiffusionDraw, DiffusionOutputs } from './outputs.ts';
import { createSamples } from './samples.ts';
import type { CloudsPicture, ShownClouds } from './shown.ts';
import { divideClouds } from './split.ts';
import { type CloudsView, shareInside, shareNowhere } from './view.ts';

/** Samples of each condition in a picture. */
const DRAWN = 60;
/** Room around the clouds, in their own units. */
const ROOM = 1.2;

const settingsOf = (spec: ModelSpec) => {
  if (spec.kind !== 'network') throw new SimError('scenario/invalid', `There is no diffusion model "${spec.kind}".`);
  const { width, layers, times, samples, guidance, eta } = spec.params;
  return {
    hidden: Array.from({ length: Number(layers) }, () => Number(width)),
    times: Number(times),
    samples: Number(samples),
    sampling: { ...ANCESTRAL, guidance: Number(guidance), eta: Number(eta) } satisfies Sampling,
  };
};

const extentOf = ({ train }: CloudData): ShownClouds['extent'] => {
  let largest = 0;
  for (const value of train.x) largest = Math.max(largest, Math.abs(value));
  const side = largest + ROOM;
  return [-side, side, -side, side];
};

/** What a model draws, with what the page says of it in words and numbers. */
const pictureOf = ({ laws }: CloudData, x: Float32Array, count: number): CloudsPicture => {
  const of = (c: number) => x.subarray(2 * count * c, 2 * count * (c + 1));
  return {
    kind: 'clouds',
    x,
    count,
    hits: laws.map((law, c) => shareInside(law, of(c))),
    nowhere: laws.map((_, c) => shareNowhere(laws, of(c))),
  };
};

/** A draw of clouds with the network that learns to draw them, and the noise that all its models draw from. */
export const diffusionDraw = (data: CloudData, spec: ModelSpec, key: Key): DiffusionDraw => {
  const { hidden, times, samples: perCondition, sampling } = settingsOf(spec);
  const process = processOf(linearSchedule(times), classCodes(data.classes), data.classes);
  const model: Network = network({
    inputs: inputsOf(process),
    hidden,
    classes: 2,
    activation: 'relu',
    init: 'he',
  });
  const conditions = data.classes + 1;
  const { firstOf, sampled } = createSamples({ model, process, sampling, key, conditions, perCondition });
  const known = new WeakMap<Float32Array, Float32Array>();
  const samplesOf = (weights: Float32Array, served: Served | undefined): Float32Array => {
    const found = known.get(weights) ?? firstOf(weights, perCondition, served);
    known.set(weights, found);
    return found;
  };
  const count = Math.min(DRAWN, perCondition);
  /** The first `count` samples of each condition: of those that metrics have been computed from, if they have. */
  const pictured = (weights: Float32Array, served: Served | undefined): Float32Array => {
    const all = known.get(weights);
    if (!all) return firstOf(weights, count, served);
    const first = new Float32Array(2 * count * conditions);
    for (let c = 0; c < conditions; c++) {
      first.set(all.subarray(2 * perCondition * c, 2 * (perCondition * c + count)), 2 * count * c);
    }
    return first;
  };
  const all = new Int32Array(0);
  const { train, test } = data;
  return {
    data,
    process,
    sampled,
    examples: train.y.length,
    model,
    shown: { kind: 'clouds', laws: data.laws, reach: REACH, labels: train.y, extent: extentOf(data) } as ShownClouds,
    cost: { evaluation: conditions * perCondition * times, picture: conditions * count * times },
    undivided: {
      ...{ forget: all, testForget: all },
      retain: Int32Array.from(train.y.keys()),
      testRetain: Int32Array.from(test.y.keys()),
    },
    divide: (specs) => divideClouds(data, specs),
    given: () => undefined,
    outputs: (weights, served): DiffusionOutputs => ({ weights, samples: () => samplesOf(weights, served) }),
    picture: (weights, _, served) => pictureOf(data, pictured(weights, served), count),
    evalView: (split: SplitIndices, subjects): CloudsView => {
      const of = (subject: Subject) => subjects[subject] as DiffusionOutputs;
      return {
        data,
        erased: new Set(split.forget.map((i) => train.y[i] as number)),
        samples: (condition, subject = 'unlearned') =>
          of(subject)
            .samples()
            .subarray(2 * perCondition * condition, 2 * perCondition * (condition + 1)),
        weights: (subject = 'unlearned') => of(subject).weights,
      };
    },
    view: (seed, own) => cloudsLaneView(seed, own),
    attacked: (): { readonly dataset: AttackedClouds } => ({ dataset: { data, process, sampled } }),
    named: (weights) =>
      model.layout.map(({ name, shape, offset, size }) => ({
        name,
        shape,
        values: weights.slice(offset, offset + size),
      })),
    dispose: () => {},
  };
};
