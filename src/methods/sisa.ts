// Sharded, isolated, sliced, aggregated: S networks, each trained on one shard of the data, slice by slice, with a
// checkpoint before every slice; the mean of their probabilities answers. A request sends each shard it touches back to
// the checkpoint before the first slice that lost a point, and from there through the rest without the lost points:
// exactly what training without them would have given. Bourtoule et al. 2021, section IV; aggregation and checkpoints as
// in cleverhans-lab/machine-unlearning, sharded.py and aggregation.py.

import { foldIn } from '../engine/base/random.ts';
import type { ParamSchema } from '../engine/base/schema.ts';
import * as tf from '../engine/base/tf.ts';
import type { LaneView } from '../engine/contracts/lane-view.ts';
import type { Method, MethodContext, MethodState } from '../engine/contracts/method.ts';
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

const params = {
  shards: {
    kind: 'int',
    label: 'Shards',
    symbol: 'S',
    help: 'How many networks share the data. More make a deletion cheaper and every network weaker.',
    default: 5,
    min: 1,
    max: 20,
  },
  slices: {
    kind: 'int',
    label: 'Slices per shard',
    symbol: 'R',
    help: 'Each shard learns its slices one after the other and remembers its weights before each.',
    paperName: 'R',
    default: 4,
    min: 1,
    max: 10,
  },
} as const satisfies ParamSchema;
type Context = MethodContext<typeof params>;

/** Updates for each slice that is added. */
const perSlice = ({ training, settings }: Pick<Context, 'training' | 'settings'>): number =>
  Math.ceil(training().steps / settings.slices);

/** One lane's networks with the checkpoints of each, while they are worked on. */
interface Ensemble {
  readonly members: Member[];
  /** By shard, then by slice: the weights before it, [1, P]. */
  readonly checkpoints: tf.Tensor[][];
}

const open = (state: MethodState, ctx: Context, k: number): Ensemble => {
  const P = ctx.model.size;
  const { slices } = ctx.settings;
  const members = takeMembers(state, 'weights', k, P);
  const checkpoint = (i: number) => tf.slice(state['checkpoints'] as tf.Tensor, [k, i * P], [1, P]);
  return {
    members,
    checkpoints: members.map((_, s) => Array.from({ length: slices }, (_, r) => checkpoint(s * slices + r))),
  };
};

const close = (ensembles: readonly Ensemble[]): MethodState =>
  ({
    ...giveMembers(
      'weights',
      ensembles.map(({ members }) => members),
    ),
    checkpoints: stackRows(ensembles.map(({ checkpoints }) => checkpoints.flat())),
  }) as unknown as MethodState;

/** What falls to whom: the shard and the slice of each training point of a lane. */
const dealOf = (lane: LaneView, settings: { readonly shards: number; readonly slices: number }) => {
  return {
    pool: poolOf(lane),
    shard: dealt(lane, 'shards', settings.shards),
    slice: dealt(lane, 'slices', settings.slices),
  };
};

/** The first slice of a shard that a request touches; the number of slices if it touches none. */
const firstTouched = ({ pool, shard, slice }: ReturnType<typeof dealOf>, s: number, slices: number): number => {
  let first = slices;
  pool.indices.forEach((index, row) => {
    if (pool.isForgotten(row) && shard[index] === s) first = Math.min(first, slice[index] as number);
  });
  return first;
};

/** Update number u of shard s, counted from slice `from`; `keeps` says which rows it may read. */
const update = (
  ctx: Context,
  k: number,
  ensemble: Ensemble,
  deal: ReturnType<typeof dealOf>,
  { s, from, u, keeps }: { s: number; from: number; u: number; keeps: (row: number) => boolean },
): number => {
  const settings = ctx.training();
  const [q, lane] = [perSlice(ctx), ctx.lanes[k] as Context['lanes'][number]];
  const stage = from + Math.floor(u / q);
  const descent = descentOf(settings, ctx.start);
  let member = ensemble.members[s] as Member;
  const checkpoints = ensemble.checkpoints[s] as tf.Tensor[];
  if (u % q === 0) {
    const start = u === 0 ? (checkpoints[stage] as tf.Tensor) : member.weights;
    checkpoints[stage] = start;
    member = { weights: start, moments: descent.optimizer.init(start) };
  }
  const { pool, shard, slice } = deal;
  const rows = Int32Array.from({ length: pool.count }, (_, row) => row).filter((row) => {
    const index = pool.indices[row] as number;
    return shard[index] === s && (slice[index] as number) <= stage && keeps(row);
  });
  const key = foldIn(lane.key, 'shard', s, stage);
  const next = trained(ctx.model, member, pool, rows, { settings, descent, key, step: u % q });
  ensemble.members[s] = next.member;
  return next.visits;
};

const method: Method<typeof params> = {
  id: 'sisa',
  title: 'Sharded training (SISA)',
  short: 'SISA',
  summary:
    'Trains several networks on parts of the data, so that a deletion retrains only the parts that held the points.',
  formula: 'p(x) = (1/S) Σ_s p_s(x), shard s retrained from the checkpoint before its first lost slice',
  page: {
    idea: 'Prepare for deletion before it is asked for: split the data over several networks and keep checkpoints. A request then costs only the retraining of the networks that saw the points, and the result is exactly a model that never saw them.',
    tex: String.raw`p(x)=\frac1S\sum_{s=1}^{S}p_{\theta_s}(x),\qquad \theta_s\leftarrow\text{train}\big(\theta_s^{(r_0-1)};\,D_{s,\le r}\setminus D_f\big)_{r=r_0..R}`,
    lookFor:
      'Forgetting is exact at the last step. Compare the sample visits with retraining, and the accuracy with the single network: each shard has seen only a part of the data.',
    failsWhen:
      'Requests that touch every shard cost as much as retraining all; a whole class always does. With little data the shards are weak, and stay so for ever.',
  },
  citation: {
    authors: 'Bourtoule, Chandrasekaran, Choquette-Choo, Jia, Travers, Zhang, Lie, Papernot',
    title: 'Machine Unlearning',
    year: 2021,
    url: 'https://arxiv.org/abs/1912.03817',
    where: 'section IV',
  },
  needs: ['forget', 'retain', 'training'],
  start: 'initial',
  schedule: 'iterative',
  alone: true,
  params,
  recipes: [],
  init: (ctx) => {
    const { shards, slices } = ctx.settings;
    const P = ctx.model.size;
    checkSize(shards * (slices + 3) * P, 'sisa', 'shards');
    const ensembles = ctx.lanes.map((lane): Ensemble => {
      const fresh = Array.from({ length: shards }, (_, s) =>
        tf.tensorOf(ctx.model.init(foldIn(lane.key, 'weights', s)), [1, P]),
      );
      const { optimizer } = descentOf(ctx.training(), ctx.start);
      return {
        members: fresh.map((own) => ({ weights: own, moments: optimizer.init(own) })),
        checkpoints: fresh.map((own) => Array.from({ length: slices }, () => own)),
      };
    });
    return close(ensembles);
  },
  prepare: {
    steps: (ctx) => perSlice(ctx) * ctx.settings.slices,
    step: (state, ctx) => {
      const ensembles = ctx.lanes.map((_, k) => {
        const [ensemble, deal] = [open(state, ctx, k), dealOf(ctx.lanes[k] as LaneView, ctx.settings)];
        for (let s = 0; s < ctx.settings.shards; s++)
          update(ctx, k, ensemble, deal, { s, from: 0, u: ctx.step, keeps: () => true });
        return ensemble;
      });
      return { state: close(ensembles) };
    },
  },
  // A run's number of steps says in how many portions the retraining is done and shown, not how much there is of it.
  step: (state, ctx) => {
    const visits: number[] = [];
    const ensembles = ctx.lanes.map((_, k) => {
      const [ensemble, deal] = [open(state, ctx, k), dealOf(ctx.lanes[k] as LaneView, ctx.settings)];
      let read = 0;
      for (let s = 0; s < ctx.settings.shards; s++) {
        const from = firstTouched(deal, s, ctx.settings.slices);
        const needed = (ctx.settings.slices - from) * perSlice(ctx);
        const end = Math.floor(((ctx.step + 1) * needed) / ctx.steps);
        for (let u = Math.floor((ctx.step * needed) / ctx.steps); u < end; u++) {
          read += update(ctx, k, ensemble, deal, { s, from, u, keeps: (row) => !deal.pool.isForgotten(row) });
        }
      }
      visits.push(read);
      return ensemble;
    });
    return { state: close(ensembles), visits };
  },
  resume: (last) => last,
  // Shares of the training of all shards; the expectation is for one point drawn at random.
  account: (lane, _model, { shards, slices }) => {
    const deal = dealOf(lane, { shards, slices });
    const again = Array.from({ length: shards }, (_, s) => slices - firstTouched(deal, s, slices));
    return {
      shards,
      shardsTouched: again.filter((count) => count > 0).length,
      trainedAgain: again.reduce((a, b) => a + b, 0) / (shards * slices),
      expectedForOnePoint: (slices + 1) / (2 * slices * shards),
    };
  },
  serve: (model, { shards }) => {
    const members = Array.from({ length: shards }, (_, s) => s * model.size);
    return meanOfMembers(model, shards * model.size, () => members);
  },
};
export default method;
