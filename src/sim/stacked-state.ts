import * as tf from '../engine/base/tf.ts';
import type { HeldState, MethodState, StepResult } from '../engine/contracts/method.ts';
import { heldBy, isFiniteRow, mapState } from './state.ts';

/** The numbers of lane k among `size` of each lane: a copy. */
export const rowOf = (values: Float32Array, size: number, k: number): Float32Array =>
  values.slice(k * size, (k + 1) * size);

/** The state of stacked lanes, and its weights as numbers. */
export interface StackedState {
  /** Numbers that a lane's weights have: those of the network, or of what the method serves in its place. */
  readonly size: number;
  /** The weights of all lanes, [K * size]: not to be changed. */
  readonly values: () => Float32Array;
  /** One step of all lanes; the losses [K] and the visits that it tells. */
  readonly advance: (act: (state: MethodState) => StepResult) => {
    readonly losses: ArrayLike<number> | undefined;
    readonly visits: readonly number[] | undefined;
  };
  /** Whether lane k can go on after a step with these losses. */
  readonly isFinite: (k: number, losses: ArrayLike<number> | undefined) => boolean;
  /** Goes on with some of the lanes. */
  readonly keepOnly: (lanes: readonly number[]) => void;
  readonly heldBy: (k: number) => HeldState;
  readonly dispose: () => void;
}

/** Takes hold of a state: its tensors are freed when they are replaced, or by `dispose`. */
export const createStackedState = (first: MethodState): StackedState => {
  let state = first;
  let values = new Float32Array(state.weights.dataSync());
  const size = state.weights.shape[1] as number;
  const replace = (next: MethodState): void => {
    const kept = new Set(Object.values(next)); // a method may hand on what it has not changed
    for (const tensor of Object.values(state)) if (!kept.has(tensor)) tensor.dispose();
    state = next;
  };
  return {
    size,
    values: () => values,
    advance: (act) => {
      let losses: ArrayLike<number> | undefined;
      let visits: readonly number[] | undefined;
      const next = tf.tidy(() => {
        const result = act(state);
        losses = result.loss?.dataSync();
        visits = result.visits;
        return result.state;
      });
      replace(next);
      values = next.weights.dataSync() as Float32Array<ArrayBuffer>;
      return { losses, visits };
    },
    isFinite: (k, losses) =>
      Number.isFinite(losses?.[k] ?? 0) && isFiniteRow(values.subarray(k * size, (k + 1) * size)),
    keepOnly: (lanes) => {
      const picked = tf.tensor1d([...lanes], 'int32');
      replace(tf.tidy(() => mapState(state, (tensor) => tf.gather(tensor, picked))));
      picked.dispose();
      values = new Float32Array(state.weights.dataSync());
    },
    heldBy: (k) => heldBy(state, k),
    dispose: () => {
      for (const tensor of Object.values(state)) tensor.dispose();
    },
  };
};
