// Sequence-aware sharding: in each of S shards, B networks learn the same L slices in different orders, one slice per
// block of layers, from the output down, all other blocks frozen. A request switches off, in every order, the blocks from
// the touched slice on; the longest surviving prefix answers at once, without training. Only a shard in which nothing
// survives is trained anew. Chowdhury et al., ICLR 2025, algorithms 1 and 2; brcsomnath/S3T, src/deletion.py,
// src/sequence_selection.py. There a block is an adapter of a pretrained model; here it is a layer of a fresh network.

import { foldIn, type Key } from '../engine/base/random.ts';
import type { ParamSchema } from '../engine/base/schema.ts';
import * as tf from '../engine/base/tf.ts';
import type { LaneView } from '../engine/contracts/lane-view.ts';
import type { Method, MethodContext, MethodState } from '../engine/contracts/method.ts';
import type { Layer, Network } from '../engine/contracts/network.ts';
import { placeOf } from '../engine/network/layers.ts';

import { descentOf } from '../engine/objective/optim.ts';
import {
  checkSize,
  dealt,
  giveMembers,
  type Member,
  meanOfMembers,
  poolOf,
  stackRows,
  takeMembers,
  trained,
} from './shared/ensemble.ts';
import { cyclicOrders, matchedOrders, meanRequestsUntilStop, survivingPrefix } from './shared/slice-orders.ts';

const params = {
  shards: {
    kind: 'int',
    label: 'Shards',
    symbol: 'S',
    help: 'How many parts the data are dealt to, each with networks of its own.',
    paperName: 'm',
    default: 3,
    min: 1,
    max: 10,
  },
  slices: {
    kind: 'int',
    label: 'Slices per shard',
    symbol: 'L',
    help: 'Each slice is learned by one layer, from the output down. Deep networks only use as many as they have layers.',
    default: 3,
    min: 1,
    max: 6,
  },
  orders: {
    kind: 'int',
    label: 'Orders',
    symbol: 'B',
    help: 'How many networks per shard, each with another order of the slices: the budget. More survive more deletions.',
    default: 2,
    min: 1,
    max: 6,
  },
  choice: {
    kind: 'choice',
    label: 'Choice of orders',
    help: '"cyclic": each order turned by one. "matched": by bipartite matching, for slices whose deletion rates are known; here taken as proportional to 1, 1/2, 1/3, ...',
    default: 'cyclic',
    options: ['cyclic', 'matched'],
  },
} as const satisfies ParamSchema;
type Context = MethodContext<typeof params>;
type Settings = { readonly slices: number; readonly orders: number; readonly choice: string };

const sliceCount = (model: Pick<Network, 'widths'>, { slices }: Pick<Settings, 'slices'>): number =>
  Math.min(slices, model.widths.length - 1);

const ordersOf = (model: Pick<Network, 'widths'>, settings: Settings): number[][] => {
  const L = sliceCount(model, settings);
  if (settings.choice === 'cyclic') return cyclicOrders(L, settings.orders);
  const total = Array.from({ length: L }, (_, i) => 1 / (i + 1)).reduce((a, b) => a + b, 0);
  return matchedOrders(Array.from({ length: L }, (_, i) => 1 / (i + 1) / total)).slice(0, settings.orders);
};

/** The weights of block number j, counted from the output: [start, end). Layers are dealt to the blocks evenly. */
const blockOf = ({ layers }: Pick<Network, 'layers'>, blocks: number, j: number): [number, number] => {
  const L = layers.length;
  const [top, bottom] = [L - Math.floor((j * L) / blocks), L - Math.floor(((j + 1) * L) / blocks)];
  const [start, end] = [placeOf(layers[bottom] as Layer)[0], placeOf(layers[top - 1] as Layer)[1]];
  return [start, end];
};

/** One lane's networks, by shard and order, while they are worked on. */
interface Bench {
  readonly members: Member[];
  /** Their fresh weights, [1, P] each. */
  readonly base: readonly tf.Tensor[];
  /** 1 for a slice that has lost a point since its shard was trained, [S * L]. */
  readonly touched: Float32Array;
}

const open = (state: MethodState, ctx: Context, k: number): Bench => {
  const touched = state['touched'] as tf.Tensor;
  const width = touched.shape[1] as number;
  return {
    members: takeMembers(state, 'learned', k, ctx.model.size),
    base: takeMembers(state, 'base', k, ctx.model.size).map(({ weights: own }) => own),
    touched: (tf.valuesOf(touched) as Float32Array).slice(k * width, (k + 1) * width),
  };
};

/** The weights that answer for a shard, [1, P], and the length of the surviving prefix that they come from. */
const serving = ({ model, settings }: Context, { members, base, touched }: Bench, s: number) => {
  const orders = ordersOf(model, settings);
  const L = sliceCount(model, settings);
  const prefixes = orders.map((order) => survivingPrefix(order, (slice) => touched[s * L + slice] === 1).length);
  const length = Math.max(...prefixes);
  const at = s * orders.length + prefixes.indexOf(length);
  const keeps = new Float32Array(model.size);
  for (let j = 0; j < length; j++) keeps.fill(1, ...blockOf(model, L, j));
  const isLearned = tf.cast(tf.tensorOf(keeps, [1, model.size]), 'bool');
  return { length, weights: tf.where(isLearned, (members[at] as Member).weights, base[at] as tf.Tensor) };
};

/** Served weights of the shards, and after them how long a prefix of each answers. */
const close = (ctx: Context, benches: readonly Bench[]): MethodState => {
  const shards = Array.from({ length: ctx.settings.shards }, (_, s) => s);
  const served = benches.map((bench) => {
    const each = shards.map((s) => serving(ctx, bench, s));
    const lengths = Float32Array.from(each, ({ length }) => length);
    return [...each.map(({ weights }) => weights), tf.tensorOf(lengths, [1, shards.length])];
  });
  return {
    ...giveMembers(
      'learned',
      benches.map(({ members }) => members),
    ),
    base: stackRows(benches.map(({ base }) => base)),
    touched: stackRows(benches.map(({ touched }) => [tf.tensorOf(touched, [1, touched.length])])),
    weights: stackRows(served),
  };
};

const dealOf = (lane: LaneView, model: Network, settings: Pick<Context['settings'], 'shards' | 'slices'>) => {
  return {
    pool: poolOf(lane),
    shard: dealt(lane, 'shards', settings.shards),
    slice: dealt(lane, 'slices', sliceCount(model, settings)),
  };
};

/** Updates for each block. */
const perBlock = ({ training, model, settings }: Context): number =>
  Math.ceil(training().steps / sliceCount(model, settings));

/** Update number u of all networks of a shard: block u / perBlock of each learns the slice that its order says. */
const update = (ctx: Context, k: number, bench: Bench, s: number, u: number, keepsForgotten: boolean): number => {
  const { model } = ctx;
  const orders = ordersOf(model, ctx.settings);
  const settings = ctx.training();
  const { pool, shard, slice } = dealOf(ctx.lanes[k] as LaneView, ctx.model, ctx.settings);
  const [L, q] = [sliceCount(model, ctx.settings), perBlock(ctx)];
  const j = Math.floor(u / q);
  const free = tf.tensorOf(new Float32Array(model.size).fill(1, ...blockOf(model, L, j)), [1, model.size]);
  let visits = 0;
  orders.forEach((order, b) => {
    const at = s * orders.length + b;
    const before = u === 0 ? (bench.base[at] as tf.Tensor) : (bench.members[at] as Member).weights;
    const descent = { ...descentOf(settings, before), mask: free, start: before };
    const moments = u % q === 0 ? descent.optimizer.init(before) : (bench.members[at] as Member).moments;
    const rows = Int32Array.from({ length: pool.count }, (_, row) => row).filter((row) => {
      const index = pool.indices[row] as number;
      return shard[index] === s && slice[index] === order[j] && (keepsForgotten || !pool.isForgotten(row));
    });
    const key = foldIn(ctx.keys[k] as Key, 'order', s, b, j);
    const next = trained(model, { weights: before, moments }, pool, rows, { settings, descent, key, step: u % q });
    bench.members[at] = next.member;
    visits += next.visits;
  });
  return visits;
};

/** Notes which slices a request touches. */
const note = ({ pool, shard, slice }: ReturnType<typeof dealOf>, L: number, touched: Float32Array): void => {
  pool.indices.forEach((index, row) => {
    if (pool.isForgotten(row)) touched[(shard[index] as number) * L + (slice[index] as number)] = 1;
  });
};

/** The first step switches blocks off; a shard in which nothing survives trains anew in as many portions as there are steps. */
const step = (state: MethodState, ctx: Context) => {
  const { model, settings, steps } = ctx;
  const needed = perBlock(ctx) * sliceCount(model, settings);
  const L = sliceCount(model, settings);
  const visits: number[] = [];
  const benches = ctx.lanes.map((_, k) => {
    const bench = open(state, ctx, k);
    if (ctx.step === 0) note(dealOf(ctx.lanes[k] as LaneView, model, settings), L, bench.touched);
    let read = 0;
    for (let s = 0; s < settings.shards; s++) {
      if (serving(ctx, bench, s).length > 0) continue;
      const end = Math.floor(((ctx.step + 1) * needed) / steps);
      for (let u = Math.floor((ctx.step * needed) / steps); u < end; u++) read += update(ctx, k, bench, s, u, false);
      if (end === needed) bench.touched.fill(0, s * L, (s + 1) * L); // it serves again, all its slices clean
    }
    visits.push(read);
    return bench;
  });
  return { state: close(ctx, benches), visits };
};

const method: Method<typeof params> = {
  id: 's3t',
  title: 'Sequence-aware sharded training (S3T)',
  short: 'S3T',
  summary:
    'Sharded training in which a deletion only switches layers off: no training until nothing is left to switch off.',
  formula: 'p(x) = mean over shards of p under the longest order whose first slices were not touched',
  page: {
    idea: 'Let each layer of a network learn a slice of the data of its own, from the output down. A deletion then switches off the layers from the touched slice on and costs nothing; several networks per shard, with the slices in other orders, keep more alive.',
    tex: String.raw`\pi_s^\star=\arg\max_{\pi\in\Pi_s}\big|\mathrm{prefix}(\pi;\,\text{touched})\big|,\qquad p(x)=\frac1{|\mathcal S|}\sum_{s\in\mathcal S}p_{\theta_0+\sum_{j\in\pi_s^\star}\Delta_j}(x)`,
    lookFor:
      'The first step does everything: no sample visits, exact forgetting, some accuracy gone. Send several requests in a row and count how long it serves before a shard must be trained again.',
    failsWhen:
      'A request that touches every slice, such as a whole class, leaves nothing and costs a full training. Layers that learn from a slice alone are weaker than a network that sees all.',
  },
  citation: {
    authors: 'Chowdhury, Choromanski, Sehanobish, Dubey, Chaturvedi',
    title: 'Towards Scalable Exact Machine Unlearning Using Parameter-Efficient Fine-Tuning',
    year: 2025,
    url: 'https://arxiv.org/abs/2406.16257',
    where: 'algorithms 1 and 2',
  },
  needs: ['forget', 'retain', 'training'],
  needsLayers: true,
  start: 'initial',
  schedule: 'iterative',
  alone: true,
  params,
  recipes: [],
  init: (ctx) => {
    const { model, settings } = ctx;
    const orders = ordersOf(model, settings);
    const networks = settings.shards * orders.length;
    checkSize(networks * 4 * model.size, 's3t', 'shards');
    const { optimizer } = descentOf(ctx.training(), ctx.start);
    const benches = ctx.keys.map((key): Bench => {
      const base = Array.from({ length: networks }, (_, i) =>
        tf.tensorOf(model.init(foldIn(key, 'weights', i)), [1, model.size]),
      );
      const members = base.map((own) => ({ weights: own, moments: optimizer.init(own) }));
      return { members, base, touched: new Float32Array(settings.shards * sliceCount(model, settings)) };
    });
    return close(ctx, benches);
  },
  prepare: {
    steps: (ctx) => perBlock(ctx) * sliceCount(ctx.model, ctx.settings),
    step: (state, ctx) => {
      const benches = ctx.lanes.map((_, k) => {
        const bench = open(state, ctx, k);
        for (let s = 0; s < ctx.settings.shards; s++) update(ctx, k, bench, s, ctx.step, true);
        return bench;
      });
      return { state: close(ctx, benches) };
    },
  },
  step,
  resume: (last) => last,
  // Of the last request; the expectation is for requests of one point each, from the start.
  account: (lane, model, settings) => {
    const L = sliceCount(model, settings);
    const touched = new Float32Array(settings.shards * L);
    note(dealOf(lane, model, settings), L, touched);
    const key = foldIn(lane.key, 'account');
    return {
      slices: settings.shards * L,
      slicesTouched: touched.filter((one) => one === 1).length,
      expectedRequestsUntilStop: meanRequestsUntilStop(settings.shards, L, ordersOf(model, settings), key),
    };
  },
  serve: (model, { shards }) => {
    const flags = shards * model.size;
    const all = Array.from({ length: shards }, (_, s) => s);
    // A shard in which nothing survives is not asked, unless there is no other.
    return meanOfMembers(model, flags + shards, (weights) => {
      const serves = all.filter((s) => (weights[flags + s] as number) > 0);
      return (serves.length > 0 ? serves : all).map((s) => s * model.size);
    });
  },
};
export default method;
