import * as tf from '../engine/base/tf.ts';

/** What belongs to each of K lanes, stacked as tensors that live as long as their context. */
export interface LaneTensors<L> {
  /** A number of each lane: [K, 1]. */
  readonly column: (value: (lane: L, k: number) => number) => tf.Tensor;
  /** P numbers of each lane: [K, P]. */
  readonly stack: (of: (lane: L) => Float32Array) => tf.Tensor;
  /** P numbers of each lane, stacked when first asked for, which may be inside a tidy. */
  readonly once: (of: (lane: L) => Float32Array) => () => tf.Tensor;
  readonly dispose: () => void;
}

/** @param size P, the weights of a lane */
export const createLaneTensors = <L>(lanes: readonly L[], size: number): LaneTensors<L> => {
  const owned: tf.Tensor[] = [];
  const own = (tensor: tf.Tensor): tf.Tensor => {
    owned.push(tensor);
    return tensor;
  };
  const stack = (of: (lane: L) => Float32Array): tf.Tensor => {
    const flat = new Float32Array(lanes.length * size);
    lanes.forEach((lane, k) => {
      flat.set(of(lane), k * size);
    });
    return own(tf.tensor2d(flat, [lanes.length, size]));
  };
  return {
    column: (value) => own(tf.tensor2d(lanes.map(value), [lanes.length, 1])),
    stack,
    once: (of) => {
      let stacked: tf.Tensor | undefined;
      return () => {
        stacked ??= tf.keep(stack(of));
        return stacked;
      };
    },
    dispose: () => {
      for (const tensor of owned) tensor.dispose();
    },
  };
};
