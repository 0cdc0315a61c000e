import type { ParamSchema, ParamSpec } from './base/schema.ts';
import * as tf from './base/tf.ts';
import { fusedOf, type RowObjective } from './contracts/fused.ts';
import type { LaneView } from './contracts/lane-view.ts';
import type { HyperValues, LaneValues, Method, MethodContext, MethodInfo, MethodState } from './contracts/method.ts';
import type { Network } from './contracts/network.ts';
import type { AnyTerm, Batch, LaneTerm, Split, Term } from './contracts/rows.ts';
import type { StepGradient } from './contracts/step-gradient.ts';
import { rowsIn } from './objective/examples.ts';
import { type Descent, descend, type Moved, type OptimizerState, settle } from './objective/optim.ts';
import { meanLoss, termGradient } from './objective/row-gradient.ts';
import { isRowTerm } from './objective/rows.ts';

/**
 * The kinds of methods: row by row (`rowMethod`), as an edit of the weights (`editMethod`), or with an
 * `init` and a `step` of its own made of the same parts, for example along the gradient of any loss in the tensor
 * library's operations (`lossGradient`).
 */

const OPTIMIZER = 'optimizer.';

const named = (moments: OptimizerState): Record<string, tf.Tensor> =>
  Object.fromEntries(Object.entries(moments).map(([name, moment]) => [OPTIMIZER + name, moment]));

const momentsOf = (state: MethodState): OptimizerState =>
  Object.fromEntries(
    Object.entries(state)
      .filter(([name]) => name.startsWith(OPTIMIZER))
      .map(([name, moment]) => [name.slice(OPTIMIZER.length), moment]),
  );

/** The state before the first step: weights [K, P] and the run's optimizer at rest. */
export const begin = (ctx: Pick<MethodContext, 'descent'>, weights: tf.Tensor): MethodState => ({
  ...named(ctx.descent.optimizer.init(weights)),
  weights,
});

/** Gradient [K, P] of terms on one batch, composed. */
const composedGradient = (model: Network, weights: tf.Tensor, terms: readonly LaneTerm[], batch: Batch): tf.Tensor => {
  const pass = model.forward(weights, batch.x);
  const others = batch.alternativeExamples && model.forward(weights, batch.alternativeExamples.x);
  const pull = termGradient(terms, pass.logits, batch, others?.logits);
  const own = model.backward(pass, pull.own);
  return others && pull.others ? tf.add(own, model.backward(others, pull.others)) : own;
};

/** Gradient [K, P] of the terms on one split; undefined where there are none. */
const splitGradient = (model: Network, objective: RowObjective, split: Split): tf.Tensor | undefined => {
  const { weights, batch } = objective;
  const terms = objective.terms.filter(({ term }) => term.on === split);
  if (terms.length === 0) return undefined;
  return fusedOf(model)?.gradient({ weights, terms, batch }) ?? composedGradient(model, weights, terms, batch(split));
};

/** The tensors that there are. */
const present = (...tensors: readonly (tf.Tensor | undefined)[]): tf.Tensor[] =>
  tensors.filter((tensor) => tensor !== undefined);

/** Their sum, if there are any. */
const sumOf = (...tensors: readonly (tf.Tensor | undefined)[]): tf.Tensor | undefined => {
  const own = present(...tensors);
  return own.length > 0 ? tf.addN(own) : undefined;
};

/** Gradient [K, P] of a sum of terms, each on its own split: fused where the model can, otherwise composed. */
export const objectiveGradient = (model: Network, objective: RowObjective): tf.Tensor =>
  fusedOf(model)?.gradient(objective) ??
  tf.addN(present(splitGradient(model, objective, 'forget'), splitGradient(model, objective, 'retain')));

/** The mean -log p of each lane's rows at weights [K, P], in nats (times 2τ² under a real head), [K]: for a rule that follows a loss, the same on all machines. */
export const lossesOf = (model: Network, weights: tf.Tensor, batch: Batch): Float32Array =>
  fusedOf(model)?.losses(weights, batch) ?? meanLoss(model.forward(weights, batch.x).logits, batch);

/** dLoss/dx [K, B, D] at weights [K, P] from dLoss/dLogits [K, B, C]: by the tensor library, through the network alone. */
export const inputGradient = (model: Network, weights: tf.Tensor, x: tf.Tensor, dLogits: tf.Tensor): tf.Tensor =>
  tf.grad((at) => tf.sum(tf.mul(model.forward(weights, at).logits, dLogits)))(x);

const moved = (descent: Descent, state: MethodState, { weights, state: moments }: Moved): MethodState => ({
  ...state,
  ...named(moments),
  weights: settle(descent, weights),
});

/** One update of weights [K, P] of the run's network along a gradient [K, P]: the optimizer, clipping, mask of the run. */
export const follow = (
  ctx: Pick<MethodContext, 'model' | 'descent' | 'step'>,
  state: MethodState,
  gradient: tf.Tensor,
  descent: Descent = ctx.descent,
): MethodState => {
  // The kernels move weights of the network's own size; a method may move others.
  const isOwn = state.weights.shape[1] === ctx.model.size;
  const move = (isOwn ? fusedOf(ctx.model)?.descend : undefined) ?? descend;
  return moved(descent, state, move(descent, state.weights, gradient, momentsOf(state), ctx.step));
};

/** What an update needs of a context. */
type Moving<S extends ParamSchema> = Pick<MethodContext<S>, 'model' | 'descent' | 'step' | 'batch' | 'retain' | 'wrap'>;

/** The gradient [K, P] of an objective under what is wrapped around it; `more` joins that on the forget set. */
const wrappedGradient = (
  model: Network,
  objective: RowObjective,
  wrap: NonNullable<MethodContext['wrap']>,
  more: tf.Tensor | undefined,
): tf.Tensor => {
  const { weights, terms, batch } = objective;
  const plain: StepGradient = {
    terms,
    batch,
    on: (split, at) => splitGradient(model, { weights: at, terms, batch }, split),
    extra: [],
  };
  const { on, join, extra } = wrap(plain);
  const onTop = extra.map((gradient) => gradient(weights));
  if (join) {
    return tf.addN([join(sumOf(on('forget', weights), more), on('retain', weights)), ...onTop]);
  }
  const isOwn = on === plain.on && terms.length > 0;
  const own = isOwn ? objectiveGradient(model, objective) : sumOf(on('forget', weights), on('retain', weights));
  return tf.addN(present(own, more, ...onTop));
};

/**
 * One update along terms with their factors, lane by lane, and the run's retain term, in what the run wraps around them;
 * `more` is a gradient [K, P] to be added to that on the forget set.
 */
export const advanceWith = <S extends ParamSchema>(
  ctx: Moving<S>,
  state: MethodState,
  terms: readonly LaneTerm[],
  more?: tf.Tensor,
): MethodState => {
  const { model, descent, retain, wrap, batch } = ctx;
  const objective: RowObjective = { weights: state.weights, terms: retain ? [...terms, retain] : terms, batch };
  if (wrap) return follow(ctx, state, wrappedGradient(model, objective, wrap, more));
  const fused = fusedOf(model);
  if (fused && !more) return moved(descent, state, fused.step(objective, descent, momentsOf(state), ctx.step));
  const own = objective.terms.length > 0 ? objectiveGradient(model, objective) : undefined;
  return follow(ctx, state, tf.addN(present(own, more)));
};

/** One update along a method's own terms. */
const advance = <S extends ParamSchema>(
  ctx: MethodContext<S>,
  state: MethodState,
  terms: readonly Term<LaneValues<S>, HyperValues<S>>[],
  settings: readonly LaneValues<S>[],
): MethodState =>
  advanceWith(
    ctx,
    state,
    terms.map((term) => ({ term, settings })),
  );

/** The rows of a term in each lane of its batch. */
const rowsOfTerm = (term: AnyTerm, batch: Batch): readonly number[] => {
  const of = isRowTerm(term) && term.of === 'alternatives' ? (batch.alternativeExamples ?? batch) : batch;
  return Array.from({ length: of.x.shape[0] as number }, (_, k) => rowsIn(of, k));
};

/** The same where the terms and the run's retain term are parts of one mean over all their rows. */
const advancePooled = <S extends ParamSchema>(
  ctx: MethodContext<S>,
  state: MethodState,
  own: readonly Term<LaneValues<S>, HyperValues<S>>[],
): MethodState => {
  const { retain, laneSettings, batch } = ctx;
  const all = [...own.map((term): LaneTerm => ({ term, settings: laneSettings })), ...(retain ? [retain] : [])];
  const rows = all.map(({ term }) => rowsOfTerm(term, batch(term.on)));
  const shared = all.map(
    (one, i): LaneTerm => ({
      ...one,
      scale: laneSettings.map((_, k) => {
        const total = rows.reduce((sum, each) => sum + (each[k] as number), 0);
        return ((one.scale?.[k] ?? 1) * (rows[i]?.[k] as number)) / total;
      }),
    }),
  );
  const { retain: _, ...alone } = ctx;
  return advanceWith(alone, state, shared);
};

/** What a method of either kind may say besides. */
type Hooks<S extends ParamSchema> = Pick<Method<S>, 'alternatives' | 'teacher' | 'account' | 'settingsAt'>;

/** Parameters of examples of several rows, as a method states them. */
type SequenceParams = Readonly<Record<string, ParamSpec | null>>;

/** What the terms of a method read: its parameters, and what it asks of examples of several rows alone. */
type Read<S extends ParamSchema, Q extends SequenceParams> = S & {
  readonly [P in Exclude<keyof Q, keyof S>]: NonNullable<Q[P]>;
};

/** A method from its row terms; a run's retain term, mask and optimizer are added by the context. */
export const rowMethod = <const S extends ParamSchema, const Q extends SequenceParams = Record<never, never>>(
  spec: Omit<MethodInfo<S>, 'sequenceParams'> & {
    readonly sequenceParams?: Q;
    readonly terms: readonly Term<LaneValues<Read<S, Q>>, HyperValues<Read<S, Q>>>[];
    /** Whether its terms and the run's retain term are one mean over all rows of both, in place of a mean each. */
    readonly isPooled?: (settings: LaneValues<Read<S, Q>>) => boolean;
  } & Hooks<S>,
): Method<S> => {
  const { isPooled, terms: stated, ...info } = spec;
  const terms = stated as readonly Term<LaneValues<S>, HyperValues<S>>[];
  return {
    exposes: terms.some(({ on }) => on === 'forget') ? ['outputs', 'gradient'] : [],
    ...info,
    terms,
    followsTerms: true,
    init: (ctx) => begin(ctx, ctx.start),
    step: (state, ctx) => {
      const { laneSettings } = ctx;
      const isOne = isPooled?.(laneSettings[0] as LaneValues<Read<S, Q>>) ?? false;
      if (isOne) return { state: advancePooled(ctx, state, terms) };
      const at = spec.settingsAt;
      const settings = at ? laneSettings.map((own) => at(own, ctx.step, ctx.steps)) : laneSettings;
      return { state: advance(ctx, state, terms, settings) };
    },
  };
};

/** Gradient [K, P] of a loss per lane [K] by the tensor library. Lanes share nothing, so their sum may be differentiated. */
export const lossGradient = (weights: tf.Tensor, loss: (weights: tf.Tensor) => tf.Tensor): tf.Tensor =>
  // A copy: the library tells tensors apart by identity, and the original's weights may be the same tensor.
  tf.grad((at) => tf.sum(loss(at)))(tf.clone(weights));

/** A method that edits the weights of each lane once; under a mask, only the free ones. */
export const editMethod = <const S extends ParamSchema>(
  spec: Omit<MethodInfo<S>, 'schedule' | 'start'> & {
    /** New weights [P] of one lane. @throws {SimError} method/failed */
    readonly edit: (lane: LaneView, settings: LaneValues<S>) => Float32Array;
  } & Pick<Method<S>, 'account'>,
): Method<S> => ({
  ...spec,
  start: 'original',
  schedule: 'one-shot',
  init: (ctx) => ({ weights: ctx.start }),
  step: (state, ctx) => {
    const [K, P] = state.weights.shape as [number, number];
    const out = new Float32Array(K * P);
    ctx.lanes.forEach((lane, k) => {
      out.set(spec.edit(lane, ctx.laneSettings[k] as LaneValues<S>), k * P);
    });
    const edited = tf.tensorOf(out, [K, P]);
    const { mask, start } = ctx.descent;
    return { state: { weights: mask ? tf.where(tf.cast(mask, 'bool'), edited, start) : edited } };
  },
});
