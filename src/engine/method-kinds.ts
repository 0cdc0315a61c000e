import type { ParamSchema } from './base/schema.ts';
import * as tf from './base/tf.ts';
import { fusedOf, type RowObjective } from './contracts/fused.ts';
import type { LaneView } from './contracts/lane-view.ts';
import type { HyperValues, LaneValues, Method, MethodContext, MethodInfo, MethodState } from './contracts/method.ts';
import type { Network } from './contracts/network.ts';
import type { Batch, LaneTerm, Split, Term } from './contracts/rows.ts';

import { type Adversary, gradientUnder, perturbation } from './objective/adversary.ts';
import { type Descent, descend, type Moved, type OptimizerState, settle } from './objective/optim.ts';
import { meanLoss, termGradient } from './objective/row-gradient.ts';

import { combined } from './objective/surgery.ts';

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

/** A sum of terms, and who changes a hidden layer under those on the forget set. */
interface Attacked extends RowObjective {
  readonly adversary?: Adversary;
}

/** Gradient [K, P] of terms on one batch, composed. */
const composedGradient = (model: Network, weights: tf.Tensor, terms: readonly LaneTerm[], batch: Batch): tf.Tensor => {
  const pass = model.forward(weights, batch.x);
  const others = batch.alternativeExamples && model.forward(weights, batch.alternativeExamples.x);
  const pull = termGradient(terms, pass.logits, batch, others?.logits);
  const own = model.backward(pass, pull.own);
  return others && pull.others ? tf.add(own, model.backward(others, pull.others)) : own;
};

/** Gradient [K, P] of the terms on one split; none where there are none. */
const splitGradient = (model: Network, objective: Attacked, split: Split): tf.Tensor[] => {
  const { weights } = objective;
  const adversary = split === 'forget' ? objective.adversary : undefined;
  const terms = objective.terms.filter(({ term }) => term.on === split);
  if (terms.length === 0) return [];
  const fused = fusedOf(model);
  if (fused && !adversary) return [fused.gradient({ weights, terms, batch: objective.batch })];
  const batch = objective.batch(split);
  if (adversary) {
    const delta = perturbation(model, weights, batch, adversary);
    return [gradientUnder(model, weights, terms, batch, adversary.layer, delta)];
  }
  return [composedGradient(model, weights, terms, batch)];
};

/** Gradient [K, P] of a sum of terms, each on its own split: fused where the model can, otherwise composed. */
export const objectiveGradient = (model: Network, objective: Attacked): tf.Tensor => {
  const fused = fusedOf(model);
  if (fused && !objective.adversary) return fused.gradient(objective);
  return tf.addN([...splitGradient(model, objective, 'forget'), ...splitGradient(model, objective, 'retain')]);
};

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
type Moving<S extends ParamSchema> = Pick<
  MethodContext<S>,
  'model' | 'descent' | 'step' | 'batch' | 'retain' | 'anchor' | 'adversary' | 'surgery'
>;

/** λ F (θ - θ_o), [K, P]: the gradient of a run's anchor. */
const anchorGradient = ({ anchor }: Pick<MethodContext, 'anchor'>, weights: tf.Tensor): tf.Tensor | undefined => {
  if (!anchor) return undefined;
  const pull = tf.mul(anchor.weight, tf.sub(weights, anchor.at));
  return anchor.importance ? tf.mul(anchor.importance, pull) : pull;
};

/**
 * One update along terms with their factors, lane by lane, and the run's retain term, under what the run wraps around
 * them, and its anchor; `more` is a gradient [K, P] to be added to that on the forget set.
 */
export const advanceWith = <S extends ParamSchema>(
  ctx: Moving<S>,
  state: MethodState,
  terms: readonly LaneTerm[],
  more?: tf.Tensor,
): MethodState => {
  const { model, descent, retain, adversary, surgery, batch } = ctx;
  const { weights } = state;
  const objective: Attacked = {
    weights,
    terms: retain ? [...terms, retain] : terms,
    batch,
    ...(adversary && { adversary }),
  };
  const spring = present(anchorGradient(ctx, weights));
  const extra = [...present(more), ...spring];
  if (surgery) {
    const forget = [...splitGradient(model, objective, 'forget'), ...present(more)];
    const kept = splitGradient(model, objective, 'retain');
    return follow(ctx, state, tf.addN([combined(forget, kept, surgery), ...spring]));
  }
  const fused = fusedOf(model);
  if (fused && !adversary && extra.length === 0) {
    return moved(descent, state, fused.step(objective, descent, momentsOf(state), ctx.step));
  }
  const own = objective.terms.length > 0 ? [objectiveGradient(model, objective)] : [];
  return follow(ctx, state, tf.addN([...own, ...extra]));
};

const present = (tensor: tf.Tensor | undefined): tf.Tensor[] => (tensor ? [tensor] : []);

/** The same along a method's own terms. */
const advance = <S extends ParamSchema>(
  ctx: MethodContext<S>,
  state: MethodState,
  terms: readonly Term<LaneValues<S>, HyperValues<S>>[],
): MethodState =>
  advanceWith(
    ctx,
    state,
    terms.map((term) => ({ term, settings: ctx.laneSettings })),
  );

/** What a method of either kind may say besides. */
type Hooks<S extends ParamSchema> = Pick<Method<S>, 'alternatives' | 'teacher' | 'account'>;

/** A method from its row terms; a run's retain term, mask and optimizer are added by the context. */
export const rowMethod = <const S extends ParamSchema>(
  spec: MethodInfo<S> & {
    readonly terms: readonly Term<LaneValues<S>, HyperValues<S>>[];
  } & Hooks<S>,
): Method<S> => ({
  wrappers: spec.terms.some(({ on }) => on === 'forget') ? ['adversary', 'surgery'] : [],
  ...spec,
  followsTerms: true,
  init: (ctx) => begin(ctx, ctx.start),
  step: (state, ctx) => ({ state: advance(ctx, state, spec.terms) }),
});

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
    const { mask, anchor } = ctx.descent;
    return { state: { weights: mask ? tf.where(tf.cast(mask, 'bool'), edited, anchor) : edited } };
  },
});
