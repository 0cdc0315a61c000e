import * as tf from '../engine/base/tf.ts';
import type { HeldState, MethodState } from '../engine/contracts/method.ts';

export const mapState = (state: MethodState, change: (tensor: tf.Tensor) => tf.Tensor): MethodState =>
  Object.fromEntries(Object.entries(state).map(([name, tensor]) => [name, change(tensor)])) as MethodState;

/** The states of lanes as one. */
export const stackHeld = (lanes: readonly HeldState[]): MethodState => {
  const first = lanes[0] as HeldState;
  return Object.fromEntries(
    Object.entries(first).map(([name, { shape, values }]) => {
      const all = new Float32Array(lanes.length * values.length);
      lanes.forEach((held, k) => {
        all.set(held[name]?.values ?? [], k * values.length);
      });
      return [name, tf.tensorOf(all, [lanes.length, ...shape])];
    }),
  ) as MethodState;
};

/** `init` may hand out the context's own tensors; the state owns copies. */
export const cloned = (state: MethodState): MethodState => mapState(state, (tensor) => tf.clone(tensor));

/** The share of lane k. */
export const heldBy = (state: MethodState, k: number): HeldState =>
  Object.fromEntries(
    Object.entries(state).map(([name, tensor]) => {
      const shape = tensor.shape.slice(1);
      const size = shape.reduce((product, n) => product * n, 1);
      return [name, { values: Float32Array.from(tensor.dataSync().slice(k * size, (k + 1) * size)), shape }];
    }),
  );

/** A weight above this counts as no longer finite: such a lane does not come back, and its loss is soon none. */
const LARGEST_WEIGHT = 1e6;

/** Whether all weights of a lane are finite, and none is beyond all bounds. */
export const isFiniteRow = (values: Float32Array): boolean => {
  for (let i = 0; i < values.length; i++) {
    if (!(Math.abs(values[i] as number) <= LARGEST_WEIGHT)) return false; // NaN fails the comparison too
  }
  return true;
};
