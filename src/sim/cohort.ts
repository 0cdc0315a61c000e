import { SimError } from '../engine/base/errors.ts';
import { keyOf } from '../engine/base/random.ts';
import type { ParamSpec, ParamValue } from '../engine/base/schema.ts';
import * as tf from '../engine/base/tf.ts';
import type { LaneView } from '../engine/contracts/lane-view.ts';
import type {
  AnyMethod,
  HeldState,
  MethodContext,
  MethodState,
  Need,
  RetainTerm,
  TrainingSettings,
} from '../engine/contracts/method.ts';
import type { Network } from '../engine/contracts/network.ts';
import type { Split } from '../engine/contracts/rows.ts';

import { type Descent, optimizers } from '../engine/objective/optim.ts';
import { type Batches, batchSizeOf, type LaneRows, type MakeBatches } from '../families/family.ts';
import { guarded } from '../families/shared/guarded.ts';
import type { RunSpec } from '../scenario/format/scenario.ts';
import { stepsOf } from '../scenario/format/variants.ts';
import { cloned, heldBy, isFiniteRow, mapState, stackHeld } from './state.ts';
import { forgetPasses, wrapperKey, wrappersOf } from './wrappers.ts';

/** What lanes are lanes of: a network, and how its family makes mini-batches. */
export interface Learner {
  readonly model: Network;
  readonly batches: MakeBatches;
}

/** One independent run: a seed under one setting. */
export interface Lane {
  readonly seed: number;
  readonly run: RunSpec;
  /** Weights at step 0, [P]. */
  readonly start: Float32Array;
  readonly rows: Readonly<Record<Split, LaneRows>>;
  /** 1 where a weight may move, [P]; absent: all move. */
  readonly mask?: Float32Array;
  /** How many weights step s of S, from 0, leaves as they were: the ones that have moved least. */
  readonly settled?: (step: number, steps: number) => number;
  /** How much each weight matters to the anchor, [P]; absent: all alike. */
  readonly importance?: Float32Array;
  /** The factor on the learning rate of a step; absent: always 1. */
  readonly rate?: (step: number, steps: number) => number;
  /** Absent: the method sees batches only. */
  readonly view?: LaneView;
  /** The state after the request before, for a method that goes on from more than weights. */
  readonly held?: HeldState;
}

/**
 * Lanes that advance together: the same method, the same static settings, the same number of rows. They share
 * nothing else, so that each lane's numbers are those of a run of its own.
 */
export interface Cohort<L extends Lane = Lane> {
  readonly lanes: readonly L[];
  /** Updates made so far. */
  readonly step: number;
  readonly steps: number;
  readonly isDone: boolean;
  /** Whether the method is still at what comes before step 0. */
  readonly isPreparing: boolean;
  /** Rows of one lane that a step visits if it asks for each of its batches once: for estimates. */
  readonly rowsPerStep: number;
  /** Rows that a lane has visited since step 0; for a lane that has diverged, until then. */
  readonly visits: (lane: L) => number;
  /** Lanes that still move. */
  readonly alive: number;
  /** One update of every lane that is still finite, of the preparation first; the lanes that diverged in it. */
  readonly advance: () => readonly L[];
  /** The current weights of a lane, [P]: a copy. After a divergence, the last finite ones. */
  readonly weights: (lane: L) => Float32Array;
  /** The whole state of a lane that is alive: its weights, moments, and what else its method carries along. */
  readonly state: (lane: L) => HeldState | undefined;
  /** The same, if its method resumes from it. */
  readonly held: (lane: L) => HeldState | undefined;
  readonly dispose: () => void;
}

/** What lanes must agree on to be stacked. */
export const cohortKey = (lane: Lane, method: AnyMethod): string => {
  const { run, rows } = lane;
  const statics = Object.entries(method.params as Record<string, ParamSpec>)
    .filter(([, spec]) => spec.kind !== 'number')
    .map(([name]) => run.params[name]);
  return JSON.stringify([
    run.method,
    statics,
    run.retain.kind,
    run.retain.batchSize,
    run.mask.kind,
    run.anchor?.kind,
    run.optimizer,
    run.steps,
    run.batchSize,
    run.clipNorm > 0,
    run.weightDecay > 0,
    rows.forget.indices.length,
    rows.retain.indices.length,
    ...wrapperKey(run),
  ]);
};

const viewOf = ({ view }: Lane): LaneView => {
  if (!view) throw new Error('this lane has no view of its weights and rows');
  return view;
};

const column = (values: readonly number[]): tf.Tensor => tf.tensor2d([...values], [values.length, 1]);

/** The hyperparameters of a run as plain values. */
export const laneValues = (method: AnyMethod, run: RunSpec): Readonly<Record<string, ParamValue>> =>
  Object.fromEntries(
    Object.entries(method.params as Record<string, ParamSpec>).map(([name, spec]) => [
      name,
      run.params[name] ?? spec.default,
    ]),
  );

/** Everything of a context that does not change from step to step, and its tensors. */
const createContext = (
  { model, batches }: Learner,
  method: AnyMethod,
  retain: RetainTerm | undefined,
  lanes: readonly Lane[],
  training: TrainingSettings | undefined,
) => {
  const K = lanes.length;
  const first = lanes[0] as Lane;
  const { optimizer, clipNorm, weightDecay } = first.run;
  const allowed: ReadonlySet<Need> = new Set([...method.needs, ...(retain?.needs ?? [])]);
  const owned: tf.Tensor[] = [];
  const own = (tensor: tf.Tensor): tf.Tensor => {
    owned.push(tensor);
    return tensor;
  };
  const perLane = (value: (run: RunSpec) => number) => own(column(lanes.map((lane) => value(lane.run))));

  const schema = Object.entries(method.params as Record<string, ParamSpec>);
  const laneSettings = lanes.map(({ run }) => laneValues(method, run));
  const settings = Object.fromEntries(
    schema.map(([name, spec]) => [
      name,
      spec.kind === 'number'
        ? own(column(laneSettings.map((values) => values[name] as number)))
        : (laneSettings[0]?.[name] ?? spec.default),
    ]),
  );

  const undeclared = (what: string): never => {
    throw new SimError('method/undeclared-need', `${method.id} reads ${what} without declaring it.`);
  };
  const sources = new Map<Split, Batches>();
  const wholes = new Map<Split, Batches>();
  for (const split of ['forget', 'retain'] as const) {
    if (!allowed.has(split)) continue;
    const size = batchSizeOf(first.run, method.needs, split);
    const rows = lanes.map((lane) => lane.rows[split]);
    sources.set(split, batches(rows, split, size, model));
  }

  const stack = (of: (lane: Lane) => Float32Array): tf.Tensor => {
    const flat = new Float32Array(K * model.size);
    lanes.forEach((lane, k) => {
      flat.set(of(lane), k * model.size);
    });
    return own(tf.tensor2d(flat, [K, model.size]));
  };
  const start = stack((lane) => lane.start);
  const once = (of: (lane: Lane) => Float32Array): (() => tf.Tensor) => {
    let stacked: tf.Tensor | undefined;
    return () => {
      stacked ??= tf.keep(stack(of));
      return stacked;
    };
  };
  const [original, initial] = [once((lane) => viewOf(lane).original()), once((lane) => viewOf(lane).initial())];
  /** A whole split; made when first asked for, which may be inside a tidy. */
  const wholeOf = (split: Split): Batches => {
    let whole = wholes.get(split);
    if (!whole) {
      const rows = lanes.map((lane) => lane.rows[split]);
      whole = sources.get(split)?.size === rows[0]?.indices.length ? (sources.get(split) as Batches) : undefined;
      whole ??= batches(rows, split, 'full', model);
      wholes.set(split, whole);
    }
    return whole;
  };
  let visited = 0;
  let stepVisited = new Set<Split>();
  const visit = (split: Split, rows: number): void => {
    if (stepVisited.has(split)) return; // one pass over a batch, however often it is asked for
    stepVisited.add(split);
    visited += rows;
  };
  const descent: Descent = {
    optimizer: optimizers[optimizer],
    settings: {
      learningRate: perLane((run) => run.learningRate),
      ...(optimizer === 'momentum' && { momentum: perLane((run) => run.momentum) }),
      ...(weightDecay > 0 && { weightDecay: perLane((run) => run.weightDecay) }),
      ...(clipNorm > 0 && { clipNorm: perLane((run) => run.clipNorm) }),
    },
    ...(first.mask && { mask: stack((lane) => lane.mask as Float32Array) }),
    anchor: start,
  };
  const steps = stepsOf(first.run, method);
  /** Under a soft mask or a rate that changes, each step has a descent of its own. */
  const descentAt = (step: number): Descent => {
    const { settings } = descent;
    const rate = first.rate?.(step, steps);
    return {
      ...descent,
      ...(rate !== undefined && { settings: { ...settings, learningRate: tf.mul(settings.learningRate, rate) } }),
      ...(first.settled && { settled: lanes.map(({ settled }) => settled?.(step, steps) ?? 0) }),
    };
  };
  const { anchor } = first.run;
  const spring = anchor && {
    anchor: {
      weight: perLane((run) => run.anchor?.weight ?? 0),
      at: stack((lane) => viewOf(lane).original()),
      ...(first.importance && { importance: stack((lane) => lane.importance as Float32Array) }),
    },
  };
  const fixed = {
    model,
    settings,
    laneSettings,
    start,
    original: () => (allowed.has('original') ? original() : undeclared('the original model')),
    initial,
    steps,
    keys: lanes.map(({ seed, view }) => view?.key ?? keyOf(seed)),
    lanes: lanes.flatMap(({ view }) => (view ? [guarded(view, allowed, method.id)] : [])),
    training: () => {
      if (!allowed.has('training')) undeclared('the training settings');
      return training as TrainingSettings;
    },
    ...spring,
    ...wrappersOf(first.run, perLane),
    ...(retain && {
      retain: { term: retain.term, settings: lanes.map(() => ({})), scale: lanes.map(({ run }) => run.retain.weight) },
    }),
  };
  return {
    rowsPerStep: [...sources.values()].reduce((sum, source) => sum + source.size, 0),
    /** Rows visited since the last call, per lane. */
    takeVisits: (): number => {
      const rows = visited;
      visited = 0;
      return rows;
    },
    at: (step: number): MethodContext => {
      stepVisited = new Set();
      return {
        ...fixed,
        descent: descentAt(step),
        step,
        batch: (split) => {
          const source = sources.get(split) ?? undeclared(`the ${split} set`);
          visit(split, source.size * (split === 'forget' ? forgetPasses(first.run) : 1));
          return source.at(step);
        },
        all: (split) => {
          if (!allowed.has(split)) undeclared(`the ${split} set`);
          const whole = wholeOf(split);
          visit(split, whole.size);
          return whole.at(step);
        },
      };
    },
    dispose: () => {
      for (const tensor of owned) tensor.dispose();
      for (const source of new Set([...sources.values(), ...wholes.values()])) source.dispose();
    },
  };
};

/** Stacks lanes and makes them ready for their first step. */
export const createCohort = <L extends Lane>(
  learner: Learner,
  method: AnyMethod,
  retain: RetainTerm | undefined,
  lanes: readonly L[],
  training?: TrainingSettings,
): Cohort<L> => {
  const steps = stepsOf((lanes[0] as Lane).run, method);
  /** Last finite weights of the lanes that have stopped. */
  const frozen = new Map<L, Float32Array>();
  let alive: readonly L[] = lanes;
  /** Rows visited since step 0. */
  const visits = new Map<L, number>();
  let context = createContext(learner, method, retain, alive, training);
  let step = 0;
  const isHeld = method.resume !== undefined && lanes.every(({ held }) => held);
  let state: MethodState = tf.tidy(() => {
    const at = context.at(0);
    return cloned(
      isHeld && method.resume
        ? method.resume(stackHeld(lanes.map(({ held }) => held as HeldState)), at)
        : method.init(at),
    );
  });
  let values = new Float32Array(state.weights.dataSync());
  /** Numbers that a lane's state has: those of the network, or of what the method serves in its place. */
  const P = state.weights.shape[1] as number;
  const preparation = isHeld ? 0 : (method.prepare?.steps(context.at(0)) ?? 0);
  let prepared = 0;
  context.takeVisits();

  const replace = (next: MethodState) => {
    const kept = new Set(Object.values(next)); // a method may hand on what it has not changed
    for (const tensor of Object.values(state)) if (!kept.has(tensor)) tensor.dispose();
    state = next;
  };

  /** Goes on without the lanes that have diverged. */
  const drop = (stopped: ReadonlySet<L>) => {
    const left = alive.flatMap((lane, k) => (stopped.has(lane) ? [] : [k]));
    alive = left.map((k) => alive[k] as L);
    context.dispose();
    if (alive.length === 0) return;
    context = createContext(learner, method, retain, alive, training);
    const picked = tf.tensor1d(left, 'int32');
    replace(tf.tidy(() => mapState(state, (tensor) => tf.gather(tensor, picked))));
    picked.dispose();
    values = new Float32Array(state.weights.dataSync());
  };

  const rowsPerStep = context.rowsPerStep;
  const stateOf = (lane: L): HeldState | undefined => {
    const k = alive.indexOf(lane);
    return k < 0 ? undefined : heldBy(state, k);
  };
  return {
    lanes,
    steps,
    rowsPerStep,
    get step() {
      return step;
    },
    get isDone() {
      return step >= steps;
    },
    get alive() {
      return alive.length;
    },
    get isPreparing() {
      return prepared < preparation;
    },
    visits: (lane) => visits.get(lane) ?? 0,
    advance: () => {
      const isPreparing = prepared < preparation;
      const at = isPreparing ? prepared++ : step++;
      if (alive.length === 0) return [];
      const act = isPreparing ? (method.prepare as NonNullable<AnyMethod['prepare']>).step : method.step;
      const before = values;
      let losses: ArrayLike<number> | undefined;
      let ownVisits: readonly number[] | undefined;
      const next = tf.tidy(() => {
        const result = act(state, context.at(at));
        losses = result.loss?.dataSync();
        ownVisits = result.visits;
        return result.state;
      });
      replace(next);
      values = next.weights.dataSync() as Float32Array<ArrayBuffer>;
      const rows = context.takeVisits();
      if (!isPreparing) {
        alive.forEach((lane, k) => {
          visits.set(lane, (visits.get(lane) ?? 0) + rows + (ownVisits?.[k] ?? 0));
        });
      }
      const stopped = new Set<L>();
      alive.forEach((lane, k) => {
        if (Number.isFinite(losses?.[k] ?? 0) && isFiniteRow(values.subarray(k * P, (k + 1) * P))) return;
        stopped.add(lane);
        frozen.set(lane, before.slice(k * P, (k + 1) * P));
      });
      if (stopped.size > 0) drop(stopped);
      return [...stopped];
    },
    weights: (lane) => {
      const still = frozen.get(lane);
      if (still) return still.slice();
      const k = alive.indexOf(lane);
      return values.slice(k * P, (k + 1) * P);
    },
    state: stateOf,
    held: (lane) => (method.resume ? stateOf(lane) : undefined),
    dispose: () => {
      for (const tensor of Object.values(state)) tensor.dispose();
      if (alive.length > 0) context.dispose();
    },
  };
};
