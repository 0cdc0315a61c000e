import { SimError } from '../../engine/base/errors.ts';
import { exp, log } from '../../engine/base/math.ts';
import { foldIn, type Key, permutation } from '../../engine/base/random.ts';
import * as tf from '../../engine/base/tf.ts';
import { fusedOf } from '../../engine/contracts/fused.ts';
import type { LaneView, SplitRows } from '../../engine/contracts/lane-view.ts';
import type { MethodState, TrainingSettings } from '../../engine/contracts/method.ts';
import type { Network, Served } from '../../engine/contracts/network.ts';
import { objectiveGradient } from '../../engine/method-kinds.ts';

import { logSoftmax } from '../../engine/network/predict.ts';
import { logitsAt, servedBy } from '../../engine/network/serve.ts';
import { type Descent, descend } from '../../engine/objective/optim.ts';
import { crossEntropy } from '../../engine/objective/rows.ts';

/**
 * What methods share that train several networks on parts of the data, one by one: each member has its own rows, of
 * which there may be more or fewer than another's.
 */

/** The training points that are still there, forget set first. `isForgotten` for the rows that are asked to go. */
export interface Pool extends SplitRows {
  readonly isForgotten: (row: number) => boolean;
}

export const poolOf = (lane: LaneView): Pool => remembered(lane, 'pool', () => makePool(lane));

const memory = new WeakMap<LaneView, Map<string, unknown>>();

/** A value that follows from a lane alone, computed once. */
const remembered = <T>(lane: LaneView, name: string, compute: () => T): T => {
  const own = memory.get(lane) ?? new Map<string, unknown>();
  memory.set(lane, own);
  if (!own.has(name)) own.set(name, compute());
  return own.get(name) as T;
};

const makePool = (lane: LaneView): Pool => {
  const [forget, retain] = [lane.rows('forget'), lane.rows('retain')];
  const join = <T extends Float32Array | Int32Array>(make: (length: number) => T, a: T, b: T): T => {
    const all = make(a.length + b.length);
    all.set(a);
    all.set(b, a.length);
    return all;
  };
  const ints = (n: number) => new Int32Array(n);
  return {
    count: forget.count + retain.count,
    x: join((n) => new Float32Array(n), forget.x, retain.x),
    y: join(ints, forget.y, retain.y),
    indices: join(ints, forget.indices, retain.indices),
    isForgotten: (row) => row < forget.count,
  };
};

/** Deals all training points over `parts` of nearly the same size: the part of each, by its place in the training set. */
export const dealt = (lane: LaneView, purpose: string, parts: number): Int32Array =>
  remembered(lane, `${purpose}/${parts}`, () => {
    const part = new Int32Array(lane.total);
    permutation(foldIn(lane.key, purpose), lane.total).forEach((index, position) => {
      part[index] = position % parts;
    });
    return part;
  });

/** The rows of one step: all of them, or the next mini-batch of an endless sequence of shuffled passes. */
export const rowsAt = (
  rows: Int32Array,
  { batchSize }: Pick<TrainingSettings, 'batchSize'>,
  key: Key,
  step: number,
): Int32Array => {
  if (batchSize === 'full' || batchSize >= rows.length) return rows;
  return Int32Array.from({ length: batchSize }, (_, b) => {
    const at = step * batchSize + b;
    const pass = Math.floor(at / rows.length);
    return rows[permutation(foldIn(key, 'pass', pass), rows.length)[at - pass * rows.length] as number] as number;
  });
};

/** One network of an ensemble: its weights and its optimizer's moments, [1, P] each. */
export interface Member {
  readonly weights: tf.Tensor;
  readonly moments: Readonly<Record<string, tf.Tensor>>;
}

const MOMENT = 'moment.';

/** The members of a lane from a state: weights [K, n P] under a name, moments beside them. */
export const takeMembers = (state: MethodState, name: string, k: number, P: number): Member[] => {
  const own = state[name] as tf.Tensor;
  const moments = Object.keys(state).filter((key) => key.startsWith(MOMENT));
  return Array.from({ length: (own.shape[1] as number) / P }, (_, i) => {
    const part = (tensor: tf.Tensor) => tf.slice(tensor, [k, i * P], [1, P]);
    return {
      weights: part(own),
      moments: Object.fromEntries(moments.map((key) => [key.slice(MOMENT.length), part(state[key] as tf.Tensor)])),
    };
  });
};

/** Rows [1, n] of several lanes as [K, sum of n]. */
export const stackRows = (lanes: readonly (readonly tf.Tensor[])[]): tf.Tensor =>
  tf.concat(
    lanes.map((rows) => tf.concat([...rows], 1)),
    0,
  );

/** The other way round: the members of all lanes as tensors of a state. */
export const giveMembers = (name: string, lanes: readonly (readonly Member[])[]): Record<string, tf.Tensor> => {
  const moments = Object.keys(lanes[0]?.[0]?.moments ?? {});
  return {
    [name]: stackRows(lanes.map((members) => members.map(({ weights }) => weights))),
    ...Object.fromEntries(
      moments.map((key) => [
        MOMENT + key,
        stackRows(lanes.map((members) => members.map((member) => member.moments[key] as tf.Tensor))),
      ]),
    ),
  };
};

/** A member after one step of plain training on some rows of a pool, and how many rows it read. */
export const trained = (
  model: Network,
  member: Member,
  pool: Pool,
  rows: Int32Array,
  { settings, descent, key, step }: { settings: TrainingSettings; descent: Descent; key: Key; step: number },
): { readonly member: Member; readonly visits: number } => {
  if (rows.length === 0) return { member, visits: 0 };
  const taken = rowsAt(rows, settings, key, step);
  const D = model.inputs;
  const x = new Float32Array(taken.length * D);
  taken.forEach((row, b) => {
    x.set(pool.x.subarray(row * D, (row + 1) * D), b * D);
  });
  const y = taken.map((row) => pool.y[row] as number);
  const batch = { x: tf.tensorOf(x, [1, taken.length, D]), y: tf.tensorOf(y, [1, taken.length]), size: taken.length };
  const terms = [{ term: crossEntropy('retain'), settings: [{}] }];
  const gradient = objectiveGradient(model, { weights: member.weights, terms, batch: () => batch });
  const move = fusedOf(model)?.descend ?? descend;
  const next = move(descent, member.weights, gradient, member.moments, step);
  return { member: { weights: next.weights, moments: next.state }, visits: taken.length };
};

/** Answers by the mean of the members' probabilities; `membersOf` says where in the weights each one's stand. */
export const meanOfMembers = (
  model: Network,
  size: number,
  membersOf: (weights: Float32Array) => readonly number[],
): Served => {
  const C = model.classes;
  return servedBy(model, size, (weights, points) => {
    const mean = new Float32Array((points.length / model.inputs) * C);
    const members = membersOf(weights);
    for (const at of members) {
      const own = logSoftmax(logitsAt(model, weights.slice(at, at + model.size), points), C);
      own.forEach((logP, i) => {
        mean[i] = (mean[i] as number) + exp(logP) / members.length;
      });
    }
    return mean.map((p) => log(Math.max(p, 1e-30)));
  });
};

/** The most numbers that an ensemble of one lane may hold, its checkpoints included. */
const MOST_NUMBERS = 8_000_000;

/** @throws {SimError} method/failed, naming the field, if the networks of a lane would be too many */
export const checkSize = (numbers: number, method: string, field: string): void => {
  if (numbers <= MOST_NUMBERS) return;
  const found = `${numbers} numbers`;
  const expected = `networks and checkpoints of at most ${MOST_NUMBERS} numbers together`;
  throw new SimError('method/failed', `${method}: the ensemble is too large.`, [
    { path: `/params/${field}`, expected, found },
  ]);
};
