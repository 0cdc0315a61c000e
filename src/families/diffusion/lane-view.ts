import type { Key } from '../../engine/base/random.ts';
import * as tf from '../../engine/base/tf.ts';
import type { LaneView } from '../../engine/contracts/lane-view.ts';
import type { Split } from '../../engine/contracts/rows.ts';
import { objectiveGradient } from '../../engine/method-kinds.ts';
import { crossEntropy } from '../../engine/objective/rows.ts';
import type { Seed } from '../family.ts';
import { weightsView } from '../shared/weights-view.ts';
import { cloudBatches, trainingRows } from './rows.ts';

/** Rows of a mini-batch that saliency is summed over, and the largest norm of its gradient: as in SalUn's DDPM. */
const BATCH = 64;
const LIMIT = 1;
/** Passes over the set: each point gets a few times and noises. */
const PASSES = 4;

/** A gradient [P] no longer than the limit. */
const clipped = (gradient: Float32Array): Float32Array => {
  let square = 0;
  for (const slope of gradient) square += slope * slope;
  const factor = Math.min(1, LIMIT / (Math.sqrt(square) + 1e-6));
  return gradient.map((slope) => slope * factor);
};

/** What a mask or an edit of weights sees of a seed: the gradient on a set is the sum over mini-batches of clipped ones. */
export const cloudsLaneView = (seed: Seed, key: Key): LaneView => {
  const view = weightsView(seed, key, 'points under conditions');
  const { model } = seed.draw;
  const gradient = (which: Split, at = view.original()): Float32Array => {
    const rows = { ...trainingRows(seed, seed.split[which]), purpose: 'saliency', dropped: 0 };
    const batches = cloudBatches([rows], which, BATCH, model);
    const sum = new Float32Array(model.size);
    const steps = Math.max(1, Math.round((PASSES * rows.indices.length) / batches.size));
    for (let step = 0; step < steps; step++) {
      const own = tf.tidy(() =>
        Float32Array.from(
          tf.valuesOf(
            objectiveGradient(model, {
              weights: tf.tensor2d(at, [1, model.size]),
              terms: [{ term: crossEntropy(which), settings: [{}] }],
              batch: () => batches.at(step),
            }),
          ),
        ),
      );
      clipped(own).forEach((slope, i) => {
        sum[i] = (sum[i] as number) + slope;
      });
    }
    batches.dispose();
    return sum;
  };
  const fisher = (which: Split): Float32Array => {
    const rows = { ...trainingRows(seed, seed.split[which]), purpose: 'fisher', dropped: 0 };
    const batches = cloudBatches([rows], which, 'full', model);
    const found = tf.tidy(() => {
      const { x, y } = batches.at(0);
      const targets = tf.valuesOf(y);
      const slopes = model.predict(view.original(), x).logits.map((said, i) => 2 * (said - (targets[i] as number)));
      return model.perRow.meanSquares(view.original(), x, slopes);
    });
    batches.dispose();
    return found;
  };
  return { ...view, gradient, fisher };
};
