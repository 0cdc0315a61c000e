import { expect } from 'vitest';
import { defaultsOf } from '../../../src/engine/base/schema.ts';
import * as tf from '../../../src/engine/base/tf.ts';
import type { AnyMethod, MethodContext, MethodState } from '../../../src/engine/contracts/method.ts';
import type { Network } from '../../../src/engine/contracts/network.ts';
import type { AnyTerm, Batch, Split } from '../../../src/engine/contracts/rows.ts';

import { optimizers } from '../../../src/engine/objective/optim.ts';
import { rowsOf, termLoss } from '../../../src/engine/objective/rows.ts';
import type { Seed } from '../../../src/families/family.ts';
import { laneViewOf } from '../../../src/families/points/lane-view.ts';
import {
  classes,
  fixtureBatch,
  fixtures,
  flat,
  inputs,
  type LossEntry,
  weightsNamed,
  worstExcess,
} from './fixtures.ts';

/** The fixture's data as a seed whose original model has the weights of that name: forget rows first, as the file has them. */
const seedAt = (model: Network, original: string, initial = 'theta_init'): Seed => {
  const { forget, retain } = fixtures.data;
  const n = forget.y.length + retain.y.length;
  const range = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, i) => from + i);
  const x = Float32Array.from([...forget.x, ...retain.x].flat());
  const y = Int32Array.from([...forget.y, ...retain.y]);
  const split = { forget: range(0, forget.y.length), retain: range(forget.y.length, n) };
  return {
    seed: 0,
    draw: {
      model: { ...model, init: () => weightsNamed(initial) },
      points: { dataset: { inputs, classes, train: { x, y } }, rows: { train: x, test: x } },
    },
    split,
    original: { weights: weightsNamed(original) },
  } as unknown as Seed;
};

/** The fixture's data as a mask or an edit sees them. */
export const laneAt = (model: Network, original: string) => laneViewOf(seedAt(model, original), [0, 7]);

export interface Setting {
  /** Names of weights. */
  readonly theta: string;
  readonly ref?: string;
  readonly params?: Readonly<Record<string, number | string | boolean>>;
  readonly labels?: readonly number[];
  readonly batches?: Partial<Record<Split, Partial<Batch>>>;
  readonly context?: Partial<MethodContext>;
}

/** A method's context at the fixture's data, one lane, plain SGD with rate 1. Call it inside tf.tidy. */
export const contextAt = (model: Network, method: AnyMethod, setting: Setting): MethodContext => {
  const { theta, ref = 'theta_ref', params = {}, labels, batches = {}, context = {} } = setting;
  const values = { ...defaultsOf(method.params), ...params };
  const settings = Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const { kind } = method.params[name] as { kind: string };
      return [name, kind === 'number' ? tf.tensor2d([[value as number]]) : value];
    }),
  );
  const start = tf.tensor2d(weightsNamed(theta), [1, model.size]);
  const reference = weightsNamed(ref);
  const batch = (split: Split): Batch => ({ ...fixtureBatch(model, split, reference, labels), ...batches[split] });
  return {
    model,
    settings,
    laneSettings: [values],
    start,
    original: () => tf.tensor2d(reference, [1, model.size]),
    initial: () => tf.tensor2d(weightsNamed('theta_init'), [1, model.size]),
    step: 0,
    steps: 1,
    keys: [[0, 7]],
    lanes: [laneAt(model, ref)],
    training: () => {
      throw new Error('the fixtures have no training settings');
    },
    batch,
    all: batch,
    descent: { optimizer: optimizers.sgd, settings: { learningRate: tf.tensor2d([[1]]) }, start },
    ...context,
  };
};

/** The gradient that a method's step goes along: the weights before less those after one step of plain SGD with rate 1. */
export const gradientOfStep = (
  model: Network,
  method: AnyMethod,
  setting: Setting,
  more: Readonly<Record<string, tf.Tensor>> = {},
): Float32Array =>
  tf.tidy(() => {
    const ctx = contextAt(model, method, setting);
    const state: MethodState = { ...more, weights: ctx.start };
    const next = method.step(state, ctx).state.weights;
    return tf.sub(ctx.start, next).dataSync() as Float32Array;
  });

/** A method's term by its place. */
export const termOf = (method: AnyMethod, place: number): AnyTerm => {
  const term = method.terms?.[place];
  if (!term) throw new Error(`${method.id} has no term ${place}`);
  return term as AnyTerm;
};

/** Holds a value and a gradient [P] to those of an entry. */
export const expectAgreement = (
  { value, grad }: LossEntry,
  found: { readonly value: number; readonly gradient: ArrayLike<number> },
): void => {
  expect(worstExcess([found.value], [value]), 'value').toBeLessThanOrEqual(1);
  expect(worstExcess(found.gradient, flat(grad)), 'gradient').toBeLessThanOrEqual(1);
};

/** A term of a loss with its factor and the points that it is taken over. */
export interface Part {
  readonly term: AnyTerm;
  readonly factor: number;
  readonly batch: Batch;
}

/** Value of a loss, the sum of its parts at weights [1, P]. */
export const lossValue = (
  model: Network,
  weights: tf.Tensor,
  parts: readonly Part[],
  settings: Readonly<Record<string, number | string>> = {},
): number =>
  tf.tidy(() => {
    const tensors = Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [
        name,
        typeof value === 'number' ? tf.tensor2d([[value]]) : value,
      ]),
    );
    return parts.reduce((sum, { term, factor, batch }) => {
      const rows = rowsOf(model.forward(weights, batch.x).logits, batch);
      return sum + factor * (termLoss(term, rows, tensors).dataSync()[0] as number);
    }, 0);
  });
