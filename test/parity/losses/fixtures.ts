import * as tf from '../../../src/engine/base/tf.ts';
import type { Activation, Network } from '../../../src/engine/contracts/network.ts';
import type { Batch } from '../../../src/engine/contracts/rows.ts';

import { network } from '../../../src/engine/start.ts';
import { excess } from '../agreement.ts';
import { flatNumbers, has, referenceOf } from '../reference.ts';

type Nested = number | readonly Nested[];
export type Weights = Readonly<Record<string, Nested>>;

export interface Points {
  readonly x: readonly (readonly number[])[];
  readonly y: readonly number[];
}

/** The forget set, with other labels for the methods that want some. */
interface ForgetPoints extends Points {
  readonly y_idk: readonly number[];
  readonly y_rand_all: readonly number[];
  readonly y_rand_other: readonly number[];
}

export interface LossEntry {
  readonly id: string;
  readonly at: { readonly theta: string; readonly ref: string };
  readonly hyper: Readonly<Record<string, number>>;
  readonly value: number;
  readonly grad: Weights;
  readonly per_sample_weight?: readonly number[];
  readonly [extra: string]: unknown;
}

export interface Fixtures {
  readonly schema: string;
  readonly model: {
    readonly layers: readonly { readonly units: number; readonly activation: string; readonly input?: number }[];
    readonly param_order: readonly string[];
  };
  readonly tolerance: { readonly f32: { readonly rtol: number; readonly atol: number } };
  readonly weights: Readonly<Record<string, Weights>>;
  readonly data: { readonly forget: ForgetPoints; readonly retain: Points; readonly test: Points };
  readonly hyper: Readonly<Record<string, number>>;
  readonly forward: Readonly<Record<string, Readonly<Record<string, Nested>>>>;
  readonly losses: readonly LossEntry[];
  // biome-ignore lint/suspicious/noExplicitAny: each update has a form of its own.
  readonly updates: Readonly<Record<string, any>>;
  // biome-ignore lint/suspicious/noExplicitAny: a name, a number and lists.
  readonly uld_combined: any;
  // biome-ignore lint/suspicious/noExplicitAny: each metric has a form of its own.
  readonly metrics: any;
}

export const reference = referenceOf<Fixtures>('unlearn-parity/1');
export const fixtures = reference.numbers;

/** The engines that are held to the reference numbers. */
export const ENGINES = ['kernels', 'wasm'] as const;

const { layers, param_order: PARAM_ORDER } = fixtures.model;
export const inputs = layers[0]?.input as number;
export const classes = layers.at(-1)?.units as number;
/** Units of the hidden layers. */
export const hiddenWidths = layers.slice(0, -1).map(({ units }) => units);

/** Shapes of the weights by name: a kernel [in, out] and a bias [out] for every layer. */
const shapes = Object.fromEntries(
  PARAM_ORDER.map((name, i) => {
    const layer = Math.floor(i / 2);
    const [from, to] = [[inputs, ...hiddenWidths][layer] as number, layers[layer]?.units as number];
    return [name, i % 2 === 0 ? [from, to] : [to]];
  }),
);

for (const name of Object.keys(fixtures.weights)) {
  for (const [part, shape] of Object.entries(shapes)) reference.requireShape(`weights/${name}/${part}`, shape);
}
for (const split of ['forget', 'retain', 'test'] as const) {
  reference.requireShape(`data/${split}/x`, [fixtures.data[split].y.length, inputs]);
}
for (const { id } of fixtures.losses) {
  reference.requireShape(`losses/${id}/value`, []);
  // That one's network has a class more, and this one's a head of its own.
  if (id === 'boundary_expand' || id === 'blindspot_regression') continue;
  for (const [part, shape] of Object.entries(shapes)) reference.requireShape(`losses/${id}/grad/${part}`, shape);
}

/** A loss by its name. @throws {Error} if the file has none of that name */
export const lossEntry = (id: string): LossEntry => {
  const found = fixtures.losses.find((one) => one.id === id);
  if (!found) throw new Error(`${reference.file} has no losses/${id}.`);
  return found;
};

/** A knob of an entry. */
export const knob = ({ hyper }: Pick<LossEntry, 'hyper'>, name: string): number => hyper[name] as number;

/** Named arrays as one vector [P] in the model's order. */
export const flat = (weights: Weights): Float32Array =>
  Float32Array.from(PARAM_ORDER.flatMap((name) => flatNumbers(weights[name])));

/** A set of the file's weights, [P]. */
export const weightsNamed = (name: string): Float32Array => flat(fixtures.weights[name] as Weights);

export { flatNumbers, has };

/** How far computed numbers are from the file's, in units of its tolerance in single precision: 1 at most is agreement. */
export const worstExcess = (found: ArrayLike<number>, expected: ArrayLike<number>): number =>
  excess(found, expected, fixtures.tolerance.f32);

/** The file's network, or the same with another number of classes. Its hidden layers have an activation each. */
export const fixtureModel = (outputs = classes): Network =>
  network({
    inputs,
    hidden: hiddenWidths,
    classes: outputs,
    activation: layers.slice(0, -1).map(({ activation }) => activation as Activation),
    init: 'auto',
  });

const classesOf = (labels: readonly number[]): tf.Tensor => tf.tensorOf(Int32Array.from(labels), [1, labels.length]);

/** Log-probabilities of the reference model at points, [1, B, C]. */
const logProbsAt = (model: Network, weights: Float32Array, x: tf.Tensor): tf.Tensor =>
  tf.logSoftmax(model.forward(tf.tensor2d(weights, [1, model.size]), x).logits);

/** A split of the fixture data as a batch, with the reference model's outputs and some alternative labels. */
export const fixtureBatch = (
  model: Network,
  split: 'forget' | 'retain',
  reference: Float32Array,
  alternatives?: readonly number[],
): Batch => {
  const { x, y } = fixtures.data[split];
  const points = tf.tensor3d([x.map((row) => [...row])]);
  return {
    x: points,
    y: classesOf(y),
    reference: logProbsAt(model, reference, points),
    ...(alternatives && { alternatives: classesOf(alternatives) }),
    size: y.length,
  };
};
