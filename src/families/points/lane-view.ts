import type { Key } from '../../engine/base/random.ts';
import * as tf from '../../engine/base/tf.ts';
import type { LaneView, SplitRows } from '../../engine/contracts/lane-view.ts';
import type { Split } from '../../engine/contracts/rows.ts';

import { inputGradient, objectiveGradient } from '../../engine/method-kinds.ts';
import { hiddenAt } from '../../engine/network/serve.ts';
import { rowGradient } from '../../engine/objective/row-gradient.ts';
import { crossEntropy } from '../../engine/objective/rows.ts';
import { slopesFor } from '../../engine/objective/slopes.ts';
import type { LabelledPoints, Seed } from '../family.ts';
import { initialWeights } from '../shared/initial.ts';
import { createBatches } from './batches.ts';

/** What a mask or an edit of weights sees of a seed. Rows and gradients are computed once, when first asked for. */
export const laneViewOf = (seed: Seed, key: Key): LaneView => {
  const { draw, split } = seed;
  const { model } = draw;
  const { dataset, rows: network } = draw.points as LabelledPoints;
  const [x, y] = [network.train, dataset.train.y];
  const D = model.inputs;
  const held = new Map<Split, SplitRows>();

  const rows = (which: Split): SplitRows => {
    let own = held.get(which);
    if (!own) {
      const indices = split[which];
      const points = new Float32Array(indices.length * D);
      indices.forEach((i, n) => {
        points.set(x.subarray(i * D, (i + 1) * D), n * D);
      });
      own = { count: indices.length, x: points, y: indices.map((i) => y[i] as number), indices };
      held.set(which, own);
    }
    return own;
  };

  const original = (): Float32Array => {
    if (!seed.original) throw new Error('the original model has not been trained yet');
    return seed.original.weights;
  };

  /** [1, N, D] */
  const pointsOf = (which: Split): tf.Tensor => tf.tensor3d(rows(which).x, [1, rows(which).count, D]);

  const meanSquares = (which: Split, dLogits: Float32Array): Float32Array =>
    tf.tidy(() => model.perRow.meanSquares(original(), pointsOf(which), dLogits));
  const logits = (which: Split, at = original()): Float32Array =>
    tf.tidy(() => model.predict(at, pointsOf(which)).logits);

  return {
    model,
    key,
    total: y.length,
    original,
    initial: () => initialWeights(seed),
    rows,
    heldOut: () => {
      const { test } = dataset;
      const indices = split.testForget.filter((_, i) => i % 2 === 0);
      const points = new Float32Array(indices.length * D);
      indices.forEach((i, n) => {
        points.set(network.test.subarray(i * D, (i + 1) * D), n * D);
      });
      return { count: indices.length, x: points, y: indices.map((i) => test.y[i] as number), indices };
    },
    gradient: (which, at = original()) => {
      const lane = { seed: seed.seed, x, y, indices: split[which] };
      const batches = createBatches([lane], which, 'full', model.inputs, model.classes);
      const gradient = tf.tidy(() => {
        const weights = tf.tensor2d(at, [1, model.size]);
        const terms = [{ term: crossEntropy(which), settings: [{}] }];
        return objectiveGradient(model, { weights, terms, batch: () => batches.at(0) }).dataSync() as Float32Array;
      });
      batches.dispose();
      return gradient;
    },
    inputGradient: (which) => {
      const { y: labels, count } = rows(which);
      return tf.tidy(() => {
        const weights = tf.tensor2d(original(), [1, model.size]);
        const batch = { x: pointsOf(which), y: tf.tensorOf(labels, [1, count]), size: count };
        const terms = [{ term: crossEntropy(which), settings: [{}], scale: [count] }]; // each row's own loss, not the mean
        const dLogits = rowGradient(terms, model.forward(weights, batch.x).logits, batch);
        return inputGradient(model, weights, batch.x, dLogits).dataSync() as Float32Array;
      });
    },
    meanSquares,
    fisher: (which) => meanSquares(which, slopesFor(logits(which), rows(which).y, model.classes)),
    hidden: (which) => hiddenAt(model, original(), rows(which).x),
    logits,
  };
};
