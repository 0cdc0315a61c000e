import type { NumberSpec } from '../../engine/base/schema.ts';
import * as tf from '../../engine/base/tf.ts';
import type { WrapperSlot } from '../../engine/contracts/wrapper.ts';

/** Springs that hold the weights near those of the original model: ½ κ Σ F (θ - θ_o)². */
export const anchor: WrapperSlot = {
  id: 'anchor',
  label: 'Anchor',
  help: 'A spring that holds the weights near those of the original model: the same for all (L2), or stronger for weights that matter to the retain set (EWC).',
  none: 'No anchor',
};

export const strength: NumberSpec = {
  kind: 'number',
  label: 'Strength of the anchor',
  symbol: 'κ',
  help: 'How hard the spring pulls.',
  default: 0.1,
  min: 0,
  max: 1000,
  scale: 'linear',
};

/** What a spring asks of a method. */
export const asks = 'steps along a gradient of the network’s own weights';

export const takes = ({ schedule, alone }: { schedule: string; alone?: true }): boolean =>
  schedule === 'iterative' && !alone;

/** κ F (θ - θ_o), [K, P], with κ [K, 1]; absent F [K, P]: 1 for every weight. */
export const pull = (weights: tf.Tensor, at: tf.Tensor, weight: tf.Tensor, importance?: tf.Tensor): tf.Tensor => {
  const own = tf.mul(weight, tf.sub(weights, at));
  return importance ? tf.mul(importance, own) : own;
};
