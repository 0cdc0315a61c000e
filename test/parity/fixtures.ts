import { existsSync, readFileSync } from 'node:fs';
import * as tf from '../../src/engine/base/tf.ts';
import type { MethodContext } from '../../src/engine/contracts/method.ts';
import type { Model } from '../../src/engine/network/model.ts';
import type { Batch } from '../../src/engine/objective/rows.ts';
import { network } from '../../src/engine/start.ts';
import { fixtureFile } from '../support/engine.ts';

type Nested = number | readonly Nested[];
export type Weights = Readonly<Record<string, Nested>>;

interface Points {
  readonly x: readonly (readonly number[])[];
  readonly y: readonly number[];
  readonly y_idk?: readonly number[];
  readonly y_rand_all?: readonly number[];
  readonly y_rand_other?: readonly number[];
}

export interface LossEntry {
  readonly id: string;
  readonly at: { readonly theta: string; readonly ref?: string };
  readonly hyper: Readonly<Record<string, number>>;
  readonly value: number;
  readonly grad: Weights;
  readonly per_sample_weight?: readonly number[];
  readonly [extra: string]: unknown;
}

export interface Fixtures {
  readonly schema: string;
  readonly tolerance: { readonly f32: { readonly rtol: number; readonly atol: number } };
  readonly weights: Readonly<Record<string, Weights>>;
  readonly data: { readonly forget: Points; readonly retain: Points; readonly test: Points };
  readonly hyper: Readonly<Record<string, number>>;
  readonly forward: Readonly<Record<string, Readonly<Record<string, Nested>>>>;
  readonly losses: readonly LossEntry[];
  // biome-ignore lint/suspicious/noExplicitAny: each update has a form of its own.
  readonly updates: Readonly<Record<string, any>>;
  // biome-ignore lint/suspicious/noExplicitAny: each metric has a form of its own.
  readonly metrics: any;
}

export const hasFixtures = existsSync(fixtureFile);
export const whySkipped = 'reference numbers are not here (../shared/fixtures/losses.json or PARITY_FIXTURES=FILE)';
if (!hasFixtures) console.warn(`Parity tests are skipped: ${whySkipped}`);
export const fixtures = (hasFixtures ? JSON.parse(readFileSync(fixtureFile, 'utf8')) : undefined) as Fixtures;

/** The engines that are held to the reference numbers. */
export const ENGINES = ['kernels', 'wasm'] as const;

/** The fixture's network: 2 -> 8 tanh -> 8 relu -> 3. One network has two activations, so it is two MLP rules in turn. */
export const PARAM_ORDER = ['W1', 'b1', 'W2', 'b2', 'W3', 'b3'] as const;

const flatten = (value: Nested): number[] => (typeof value === 'number' ? [value] : value.flatMap(flatten));

/** Named arrays as one vector [P] in the model's order. */
export const flat = (weights: Weights): Float32Array =>
  Float32Array.from(PARAM_ORDER.flatMap((name) => flatten(weights[name] as Nested)));

export const flatNumbers = (value: unknown): number[] => flatten(value as Nested);

/** |a - b| <= atol + rtol |b|, with |b| the largest of the whole tensor, as the fixture file asks. */
export const worstExcess = (found: ArrayLike<number>, expected: ArrayLike<number>): number => {
  const { rtol, atol } = fixtures.tolerance.f32;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) largest = Math.max(largest, Math.abs(expected[i] as number));
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    const gap = Math.abs((found[i] as number) - (expected[i] as number));
    worst = Math.max(worst, Number.isNaN(gap) ? Number.POSITIVE_INFINITY : gap / (atol + rtol * largest));
  }
  return found.length === expected.length ? worst : Number.POSITIVE_INFINITY;
};

/** The model of the fixtures, whose hidden layers have an activation each. */
export const fixtureModel = (): Model =>
  network({ inputs: 2, hidden: [8, 8], classes: 3, activation: ['tanh', 'relu'], init: 'auto' });

const classesOf = (labels: readonly number[]): tf.Tensor => tf.tensorOf(Int32Array.from(labels), [1, labels.length]);

/** Log-probabilities of the reference model at points, [1, B, C]. */
const logProbsAt = (model: Model, weights: Float32Array, x: tf.Tensor): tf.Tensor =>
  tf.logSoftmax(model.forward(tf.tensor2d(weights, [1, model.size]), x).logits);

/** A split of the fixture data as a batch, with the reference model's outputs and some alternative labels. */
export const fixtureBatch = (
  model: Model,
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

export type { MethodContext };
