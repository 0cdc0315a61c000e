// (1/D) Σ_d √((1/K) Σ_k (S_kd - mean_k S_kd)²), S_k = ∂z_y/∂x at K checkpoints of the training, z before the softmax; then
// less the mean of the point's class, over its standard deviation. Agarwal, D'souza, Hooker, "Estimating Example Difficulty
// using Variance of Gradients", CVPR 2022, eq. 1-3.

import * as tf from '../engine/base/tf.ts';
import type { Network } from '../engine/contracts/network.ts';
import { endOfScale, fromEnd, selector } from '../engine/contracts/selector.ts';
import { inputGradient } from '../engine/method-kinds.ts';

/** ∂z_y/∂x of every row, [N * D]. */
const labelGradients = (model: Network, weights: Float32Array, x: Float32Array, y: Int32Array): Float32Array => {
  const pick = new Float32Array(y.length * model.classes);
  y.forEach((label, row) => {
    pick[row * model.classes + label] = 1;
  });
  return tf.tidy(() => {
    const points = tf.tensorOf(x, [1, y.length, model.inputs]);
    const theta = tf.tensorOf(weights, [1, model.size]);
    const dLogits = tf.tensorOf(pick, [1, y.length, model.classes]);
    return inputGradient(model, theta, points, dLogits).dataSync() as Float32Array;
  });
};

/** Root mean square deviation over K vectors [N * D], averaged over the D numbers of each row, [N]. */
export const varianceOfGradients = (gradients: readonly Float32Array[], width: number): Float64Array => {
  const [K, N] = [gradients.length, (gradients[0]?.length ?? 0) / width];
  return Float64Array.from({ length: N }, (_, row) => {
    let sum = 0;
    for (let at = row * width; at < (row + 1) * width; at++) {
      const mean = gradients.reduce((all, gradient) => all + (gradient[at] as number), 0) / K;
      const square = gradients.reduce((all, gradient) => {
        const gap = (gradient[at] as number) - mean;
        return all + gap * gap;
      }, 0);
      sum += Math.sqrt(square / K);
    }
    return sum / width;
  });
};

/** Values less the mean of their class, over its standard deviation; 0 in a class of one value. */
export const withinClasses = (values: Float64Array, y: Int32Array): Float64Array => {
  const sums = new Map<number, { n: number; sum: number; squares: number }>();
  y.forEach((label, row) => {
    const own = sums.get(label) ?? { n: 0, sum: 0, squares: 0 };
    own.n++;
    own.sum += values[row] as number;
    sums.set(label, own);
  });
  const meanOf = (label: number) => {
    const { n, sum } = sums.get(label) as { n: number; sum: number };
    return sum / n;
  };
  y.forEach((label, row) => {
    const gap = (values[row] as number) - meanOf(label);
    (sums.get(label) as { squares: number }).squares += gap * gap;
  });
  return values.map((value, row) => {
    const label = y[row] as number;
    const { n, squares } = sums.get(label) as { n: number; squares: number };
    return squares === 0 ? 0 : (value - meanOf(label)) / Math.sqrt(squares / n);
  });
};

export default selector({
  id: 'vog',
  title: 'Variance of gradients (VoG)',
  summary:
    'The points about which the network keeps changing its mind while it is trained (highest), or does not (lowest).',
  citation: {
    authors: "Agarwal, D'souza, Hooker",
    title: 'Estimating Example Difficulty Using Variance of Gradients',
    year: 2022,
    url: 'https://arxiv.org/abs/2008.11600',
    where: 'eq. 1-3',
  },
  params: {
    end: endOfScale('highest', 'Highest: hard and atypical points. Lowest: the most typical ones.'),
    checkpoints: {
      kind: 'int',
      label: 'Checkpoints',
      symbol: 'K',
      help: 'At how many evenly spread steps of the training the gradients are taken.',
      default: 6,
      min: 2,
      max: 20,
    },
    normalized: {
      kind: 'flag',
      label: 'Within classes',
      help: 'Compares each point with its own class, as the paper does; otherwise one class may fill the set.',
      default: true,
    },
  },
  checkpoints: ({ checkpoints }, steps) =>
    Array.from({ length: checkpoints }, (_, k) => Math.round(((k + 1) * steps) / checkpoints)),
  score: ({ model, train, checkpoints }, params) => {
    const gradients = checkpoints.map((weights) => labelGradients(model, weights, train.x, train.y));
    const scores = varianceOfGradients(gradients, model.inputs);
    return fromEnd(params.normalized ? withinClasses(scores, train.y) : scores, params);
  },
});
