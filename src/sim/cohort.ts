import { SimError } from '../engine/base/errors.ts';
import { keyOf } from '../engine/base/random.ts';
import type { ParamValue } from '../engine/base/schema.ts';
import * as tf from '../engine/base/tf.ts';
import type { LaneView } from '../engine/contracts/lane-view.ts';
import {
  type AnyMethod,
  everyParamOf,
  type HeldState,
  type MethodContext,
  type MethodState,
  type Need,
  type RetainTerm,
  type TrainingSettings,
} from '../engine/contracts/method.ts';
import type { Network } from '../engine/contracts/network.ts';
import type { Split } from '../engine/contracts/rows.ts';

import { type Descent, optimizers, slowed } from '../engine/objective/optim.ts';
import { type Batches, batchSizeOf, type LaneRows, type MakeBatches } from '../families/family.ts';
import { guarded } from '../families/shared/guarded.ts';
import type { BatchSize, RunSpec } from '../scenario/format/scenario.ts';
import { stepsOf } from '../scenario/format/variants.ts';
import { forgetPasses } from '../scenario/format/wrappers.ts';
import { createLaneTensors, type LaneTensors } from './lane-tensors.ts';
import { createSplitReader, type SplitReader } from './split-reader.ts';
import { createStackedState, rowOf } from './stacked-state.ts';
import { cloned, stackHeld } from './state.ts';
import { type LaneWrapper, wrapOf, wrapperKey } from './wrappers.ts';

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
  /** What is wrapped around its steps; absent: nothing. */
  readonly wrappers?: readonly LaneWrapper[];
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
  /** The state of a lane that is alive, if its method resumes from it. */
  readonly held: (lane: L) => HeldState | undefined;
  readonly dispose: () => void;
}

/** What lanes must agree on to be stacked. */
export const cohortKey = (lane: Lane, method: AnyMethod): string => {
  const { run, rows } = lane;
  const statics = Object.entries(everyParamOf(method))
    .filter(([, spec]) => spec.kind !== 'number')
    .map(([name]) => run.params[name]);
  return JSON.stringify([
    run.method,
    statics,
    run.retain.kind,
    run.retain.batchSize,
    run.mask.kind,
    run.optimizer,
    run.steps,
    run.batchSize,
    run.clipNorm > 0,
    run.weightDecay > 0,
    rows.forget.indices.length,
    rows.retain.indices.length,
    ...wrapperKey(lane.wrappers),
  ]);
};

const viewOf = ({ view }: Lane): LaneView => {
  if (!view) throw new Error('this lane has no view of its weights and rows');
  return view;
};

/** The hyperparameters of a run as plain values. */
export const laneValues = (method: AnyMethod, run: RunSpec): Readonly<Record<string, ParamValue>> =>
  Object.fromEntries(
    Object.entries(everyParamOf(method)).map(([name, spec]) => [name, run.params[name] ?? spec.default]),
  );

/** The hyperparameters of stacked lanes: a number is a column [K, 1], anything else one value for all. */
const stackedSettings = (
  method: AnyMethod,
  laneSettings: readonly Readonly<Record<string, ParamValue>>[],
  { column }: LaneTensors<Lane>,
) =>
  Object.fromEntries(
    Object.entries(everyParamOf(method)).map(([name, spec]) => [
      name,
      spec.kind === 'number'
        ? column((_, k) => laneSettings[k]?.[name] as number)
        : (laneSettings[0]?.[name] ?? spec.default),
    ]),
  );

/** How lanes descend at each step. Under a soft mask or a rate that changes, each step has a descent of its own. */
const descents = (
  lanes: readonly Lane[],
  { column, stack }: LaneTensors<Lane>,
  start: tf.Tensor,
  steps: number,
): ((step: number) => Descent) => {
  const first = lanes[0] as Lane;
  const { optimizer, clipNorm, weightDecay } = first.run;
  const settings = {
    learningRate: column(({ run }) => run.learningRate),
    ...(optimizer === 'momentum' && { momentum: column(({ run }) => run.momentum) }),
    ...(weightDecay > 0 && { weightDecay: column(({ run }) => run.weightDecay) }),
    ...(clipNorm > 0 && { clipNorm: column(({ run }) => run.clipNorm) }),
  };
  const descent: Descent = {
    optimizer: optimizers[optimizer],
    settings,
    ...(first.mask && { mask: stack((lane) => lane.mask as Float32Array) }),
    start,
  };
  return (step) => {
    const rate = first.rate?.(step, steps);
    return {
      ...slowed(descent, rate),
      ...(first.settled && { settled: lanes.map(({ settled }) => settled?.(step, steps) ?? 0) }),
    };
  };
};

/** The rows that lanes learn from, for the splits that their method draws from. */
const readerFor = (
  { model, batches }: Learner,
  method: AnyMethod,
  lanes: readonly Lane[],
  allowed: ReadonlySet<Need>,
): SplitReader => {
  const { run, rows } = lanes[0] as Lane;
  const batchesOf = (split: Split, size: BatchSize): Batches =>
    batches(
      lanes.map((lane) => lane.rows[split]),
      split,
      size,
      model,
    );
  const sources = (['forget', 'retain'] as const)
    .filter((split) => allowed.has(split))
    .map((split) => [split, batchesOf(split, batchSizeOf(run, method.needs, split))] as const);
  return createSplitReader(
    new Map(sources),
    (split) => rows[split].indices.length,
    (split) => batchesOf(split, 'full'),
  );
};

/** Everything of a context that does not change from step to step, and its tensors. */
const createContext = (
  learner: Learner,
  method: AnyMethod,
  retain: RetainTerm | undefined,
  lanes: readonly Lane[],
  training: TrainingSettings | undefined,
) => {
  const { model } = learner;
  const first = lanes[0] as Lane;
  const allowed: ReadonlySet<Need> = new Set([...method.needs, ...(retain?.needs ?? [])]);
  const undeclared = (what: string): never => {
    throw new SimError('method/undeclared-need', `${method.id} reads ${what} without declaring it.`);
  };
  const tensors = createLaneTensors(lanes, model.size);
  const { stack, once } = tensors;
  const laneSettings = lanes.map(({ run }) => laneValues(method, run));
  const settings = stackedSettings(method, laneSettings, tensors);
  const reader = readerFor(learner, method, lanes, allowed);
  const start = stack((lane) => lane.start);
  const [original, initial] = [once((lane) => viewOf(lane).original()), once((lane) => viewOf(lane).initial())];
  const steps = stepsOf(first.run, method);
  const descentAt = descents(lanes, tensors, start, steps);
  const keys = lanes.map(({ seed, view }) => view?.key ?? keyOf(seed));
  const wrap = wrapOf(lanes, { model, keys, steps }, tensors);
  const fixed = {
    model,
    settings,
    laneSettings,
    start,
    original: () => (allowed.has('original') ? original() : undeclared('the original model')),
    initial,
    steps,
    keys,
    lanes: lanes.flatMap(({ view }) => (view ? [guarded(view, allowed, method.id)] : [])),
    training: () => {
      if (!allowed.has('training')) undeclared('the training settings');
      return training as TrainingSettings;
    },
    ...(retain && {
      retain: { term: retain.term, settings: lanes.map(() => ({})), scale: lanes.map(({ run }) => run.retain.weight) },
    }),
  };
  return {
    rowsPerStep: reader.rowsPerStep,
    takeVisits: reader.takeVisits,
    at: (step: number): MethodContext => {
      reader.begin();
      return {
        ...fixed,
        descent: descentAt(step),
        ...(wrap && { wrap: wrap(step) }),
        step,
        batch: (split) =>
          reader.batch(split, step, split === 'forget' ? forgetPasses(first.wrappers ?? []) : 1) ??
          undeclared(`the ${split} set`),
        all: (split) => (allowed.has(split) ? reader.all(split, step) : undeclared(`the ${split} set`)),
      };
    },
    dispose: () => {
      tensors.dispose();
      reader.dispose();
    },
  };
};

/** The state of lanes before their first step: where all go on from the request before, what they hold of it. */
const firstState = (method: AnyMethod, lanes: readonly Lane[], context: MethodContext, isHeld: boolean): MethodState =>
  cloned(
    isHeld && method.resume
      ? method.resume(stackHeld(lanes.map(({ held }) => held as HeldState)), context)
      : method.init(context),
  );

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
  const stacked = createStackedState(tf.tidy(() => firstState(method, lanes, context.at(0), isHeld)));
  const preparation = isHeld ? 0 : (method.prepare?.steps(context.at(0)) ?? 0);
  let prepared = 0;
  context.takeVisits();

  /** Goes on without the lanes that have diverged. */
  const drop = (stopped: ReadonlySet<L>) => {
    const left = alive.flatMap((lane, k) => (stopped.has(lane) ? [] : [k]));
    alive = left.map((k) => alive[k] as L);
    context.dispose();
    if (alive.length === 0) return;
    context = createContext(learner, method, retain, alive, training);
    stacked.keepOnly(left);
  };

  const rowsPerStep = context.rowsPerStep;
  const stateOf = (lane: L): HeldState | undefined => {
    const k = alive.indexOf(lane);
    return k < 0 ? undefined : stacked.heldBy(k);
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
      const before = stacked.values();
      const { losses, visits: ownVisits } = stacked.advance((state) => act(state, context.at(at)));
      const rows = context.takeVisits();
      if (!isPreparing) {
        alive.forEach((lane, k) => {
          visits.set(lane, (visits.get(lane) ?? 0) + rows + (ownVisits?.[k] ?? 0));
        });
      }
      const stopped = new Set(alive.filter((_, k) => !stacked.isFinite(k, losses)));
      alive.forEach((lane, k) => {
        if (stopped.has(lane)) frozen.set(lane, rowOf(before, stacked.size, k));
      });
      if (stopped.size > 0) drop(stopped);
      return [...stopped];
    },
    weights: (lane) => {
      const still = frozen.get(lane);
      if (still) return still.slice();
      return rowOf(stacked.values(), stacked.size, alive.indexOf(lane));
    },
    state: stateOf,
    held: (lane) => (method.resume ? stateOf(lane) : undefined),
    dispose: () => {
      stacked.dispose();
      if (alive.length > 0) context.dispose();
    },
  };
};
