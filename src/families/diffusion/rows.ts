import { SimError } from '../../engine/base/errors.ts';
import { foldIn, integer, type Key, keyOf, normal, uniform } from '../../engine/base/random.ts';
import * as tf from '../../engine/base/tf.ts';
import type { LaneView } from '../../engine/contracts/lane-view.ts';
import type { AlternativeRule, AnyMethod } from '../../engine/contracts/method.ts';
import type { Network } from '../../engine/contracts/network.ts';
import type { Batch, Noised, Split as Side } from '../../engine/contracts/rows.ts';
import { DIMENSIONS, inputsOf, noised, type Process, tell } from '../../engine/diffusion/process.ts';
import { codesOf, drawNoise, sample } from '../../engine/diffusion/sampler.ts';
import { told } from '../../engine/diffusion/told.ts';
import type { BatchSize, RunSpec } from '../../scenario/format/scenario.ts';
import type { Batches, Composition, LaneRows, Seed } from '../family.ts';
import { guarded } from '../shared/guarded.ts';
import { rowOrder } from '../shared/row-order.ts';
import type { Cloud } from './clouds.ts';
import type { DiffusionDraw } from './outputs.ts';

/** log p of a row is minus its squared error. */
const HEAD = { kind: 'real', variance: 0.5 } as const;

/** The share of rows that are told no condition, where a model learns both. */
const DROPPED = 0.1;

/** One lane's points of a split; each step draws when and with what noise anew. */
export interface CloudRows extends LaneRows {
  readonly process: Process;
  /** What the keys of these rows' draws are named after. */
  readonly purpose: string;
  /** Points [2 n] and the conditions [n] that they are told under; `indices` says which of them, unless `isOwn`. */
  readonly cloud: Cloud;
  /** The points are the split's alone, in its order. */
  readonly isOwn?: true;
  /** The share of rows that are told no condition. */
  readonly dropped: number;
  /** The original model's weights [P], where its method reads what it says. */
  readonly original?: Float32Array;
  /** The class in place of each row's own, [N]. */
  readonly instead?: Int32Array;
  /** Points of the classes in their place, by class; the rows of alternative examples are drawn from them. */
  readonly others?: ReadonlyMap<number, Float32Array>;
}

const drawOf = ({ draw }: Seed): DiffusionDraw => draw as DiffusionDraw;

/** The class that a method puts in place of each forget example's own, [N]. @throws {SimError} method/failed */
const insteadOf = (seed: Seed, run: RunSpec, method: AnyMethod, view: LaneView, rule: AlternativeRule): Int32Array => {
  const { data } = drawOf(seed);
  const labels = seed.split.forget.map((i) => data.train.y[i] as number);
  const counts = new Int32Array(data.classes);
  for (const i of seed.split.retain) {
    const label = data.train.y[i] as number;
    counts[label] = (counts[label] as number) + 1;
  }
  const lane = guarded(view, new Set(method.needs), method.id);
  const key = foldIn(keyOf(seed.seed), 'alternative-labels');
  const instead = rule.draw({ labels, classes: data.classes, counts, lane, key });
  const gone = instead.find((label) => !((counts[label] ?? 0) > 0));
  if (gone === undefined) return instead;
  const kept = Array.from(counts.keys()).filter((label) => (counts[label] as number) > 0);
  const why = gone < data.classes ? `${gone}, which is erased` : `${gone}, which is not there`;
  throw new SimError('method/failed', `${run.name}: nothing can take the place of the erased class.`, [
    { path: '/params/substitute', expected: `a class that is kept: ${kept.join(', ')}`, found: why },
  ]);
};

/** What the original model draws in place of the data: of the erased classes, and of the others and no condition in turn. */
const dreamed = (seed: Seed, which: Side, count: number): Cloud => {
  const { data, process, model } = drawOf(seed);
  const { weights } = seed.original as { weights: Float32Array };
  const gone = new Set(seed.split.forget.map((i) => data.train.y[i] as number));
  const all = Array.from({ length: data.classes + 1 }, (_, c) => c);
  const from = all.filter((c) => gone.has(c) === (which === 'forget'));
  const y = Int32Array.from({ length: count }, (_, i) => from[i % from.length] as number);
  const noise = drawNoise(foldIn(keyOf(seed.seed), 'dreamed', which), count, process.steps);
  return { x: sample(model, process, weights, codesOf(process, y), noise), y };
};

/** The points that a run learns from under one seed, with what its method reads beside them. @throws {SimError} method/failed */
export const cloudRows = (
  seed: Seed,
  run: RunSpec,
  { method, retain, view }: Composition,
): Readonly<Record<Side, CloudRows>> => {
  const { process, data } = drawOf(seed);
  const { needs } = method;
  const isDreamed = needs.includes('samples');
  const original = seed.original?.weights;
  const rows = (which: Side, usesOriginal: boolean): CloudRows => {
    const indices = seed.split[which];
    return {
      ...{ seed: seed.seed, indices, process, purpose: 'unlearning' },
      dropped: which === 'retain' && !isDreamed ? DROPPED : 0,
      ...(isDreamed ? { cloud: dreamed(seed, which, indices.length), isOwn: true } : { cloud: data.train }),
      ...(usesOriginal && original && { original }),
    };
  };
  const usesOriginal = needs.includes('original');
  const rule = needs.includes('alternativeLabels') ? method.alternatives?.(run.params) : undefined;
  const instead = rule && insteadOf(seed, run, method, view, rule);
  const others =
    rule?.ofOthers && new Map([...new Set(instead)].map((label) => [label, pointsOfClass(data.train, label)]));
  const readsRetained = needs.includes('retain') && usesOriginal;
  return {
    forget: { ...rows('forget', usesOriginal), ...(instead && { instead }), ...(others && { others }) },
    retain: rows('retain', readsRetained || (retain?.needs.includes('original') ?? false)),
  };
};

const pointsOfClass = ({ x, y }: Cloud, label: number): Float32Array =>
  Float32Array.from(
    [...y.keys()].filter((i) => y[i] === label).flatMap((i) => [x[2 * i] as number, x[2 * i + 1] as number]),
  );

/** What training from scratch on some of the points learns from. */
export const trainingRows = (seed: Seed, indices: Int32Array): CloudRows => {
  const { process, data } = drawOf(seed);
  return { seed: seed.seed, indices, process, purpose: 'training', cloud: data.train, dropped: DROPPED };
};

/** What an attacker who goes on training learns from: the same points, always under their conditions. */
export const tuningRows = (seed: Seed, indices: Int32Array): CloudRows => ({
  ...trainingRows(seed, indices),
  purpose: 'tuning',
  dropped: 0,
});

/** The times of B rows: the second half are the first half's counterparts, T - 1 - t. */
const timeOf = (key: Key, b: number, B: number, steps: number): number => {
  const half = Math.ceil(B / 2);
  return b < half ? integer(key, b, steps) : steps - 1 - integer(key, b - half, steps);
};

/** Rows of all lanes that a step reads, as arrays to be filled. */
interface Filling {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly times: Int32Array;
  readonly conditions: Int32Array;
  readonly width: number;
}

const filling = (count: number, width: number): Filling => ({
  x: new Float32Array(count * width),
  y: new Float32Array(count * DIMENSIONS),
  times: new Int32Array(count),
  conditions: new Int32Array(count),
  width,
});

/** Fills in a row: a point [2] from `at` on in `from`, told under a condition. */
const fillRow = (
  process: Process,
  out: Filling,
  row: number,
  {
    from,
    at,
    time,
    condition,
    noise,
    b,
  }: {
    readonly from: Float32Array;
    readonly at: number;
    readonly time: number;
    readonly condition: number;
    readonly noise: Key;
    readonly b: number;
  },
): void => {
  out.times[row] = time;
  out.conditions[row] = condition;
  for (let d = 0; d < DIMENSIONS; d++) {
    const epsilon = normal(noise, b * DIMENSIONS + d);
    out.y[row * DIMENSIONS + d] = epsilon;
    out.x[row * out.width + d] = noised(process, time, from[at + d] as number, epsilon);
  }
  tell(process, time, condition, out.x, row * out.width);
};

const batchOf = (
  process: Process,
  { x, y, times, conditions, width }: Filling,
  K: number,
  B: number,
  more: Partial<Noised>,
): Batch => {
  const none = process.codes.length / process.codeWidth - 1;
  return {
    head: HEAD,
    x: tf.tensorOf(x, [K, B, width]),
    y: tf.tensorOf(y, [K, B, DIMENSIONS]),
    size: B,
    noised: { process, times, conditions, nulls: new Int32Array(K * B).fill(none), ...more },
  };
};

/** Mini-batches without state, for K lanes: points by their order, when and with what noise by the step's own key. */
export const cloudBatches = (
  lanes: readonly CloudRows[],
  split: Side,
  batchSize: BatchSize,
  model: Network,
): Batches => {
  const K = lanes.length;
  const { process } = lanes[0] as CloudRows;
  const order = rowOrder(split, lanes[0]?.indices.length ?? 0, batchSize, K);
  const B = order.size;
  const width = inputsOf(process);
  const none = process.codes.length / process.codeWidth - 1;
  const hasInstead = lanes.every(({ instead }) => instead);
  const hasOthers = lanes.every(({ others }) => others);
  const originals = lanes.every(({ original }) => original)
    ? tf.keep(tf.tidy(() => tf.stack(lanes.map(({ original }) => tf.tensor1d(original as Float32Array)))))
    : undefined;

  const gather = (step: number): Batch => {
    const own = filling(K * B, width);
    const others = hasOthers ? filling(K * B, width) : undefined;
    const alternatives = hasInstead ? new Int32Array(K * B) : undefined;
    lanes.forEach((lane, k) => {
      const key = foldIn(keyOf(lane.seed), 'diffusion', lane.purpose, split, step);
      const [when, noise, drop, which] = ['times', 'noise', 'dropped', 'others'].map((name) => foldIn(key, name)) as [
        Key,
        Key,
        Key,
        Key,
      ];
      for (let b = 0; b < B; b++) {
        const row = k * B + b;
        const [position] = order.rowAt(lane.seed, step, b);
        const i = lane.isOwn ? position : (lane.indices[position] as number);
        const time = timeOf(when, b, B, process.steps);
        const isDropped = lane.dropped > 0 && uniform(drop, b) < lane.dropped;
        const condition = isDropped ? none : (lane.cloud.y[i] as number);
        fillRow(process, own, row, { from: lane.cloud.x, at: i * DIMENSIONS, time, condition, noise, b });
        const label = lane.instead?.[position];
        if (alternatives && label !== undefined) alternatives[row] = label;
        const from = label === undefined ? undefined : lane.others?.get(label);
        if (!others || !from) continue;
        const at = integer(which, b, from.length / DIMENSIONS) * DIMENSIONS;
        fillRow(process, others, row, { from, at, time, condition, noise, b });
      }
    });
    const batch = batchOf(process, own, K, B, alternatives ? { alternatives } : {});
    const said = (x: tf.Tensor) => model.forward(originals as tf.Tensor, x).logits;
    return {
      ...batch,
      ...(originals && { reference: said(batch.x) }),
      ...(originals && alternatives && !others && { alternatives: said(told(batch, codesOf(process, alternatives))) }),
      ...(others && { alternativeExamples: batchOf(process, others, K, B, {}) }),
    };
  };
  return { size: B, at: gather, dispose: () => originals?.dispose() };
};
