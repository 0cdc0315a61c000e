// g_iᵀ (C + λ I)⁻¹ ḡ_test / n: by how much the mean test loss grows when point i is left out, to first order. C is the
// generalized Gauss-Newton matrix over the training set at θ_o, which is never indefinite as the true Hessian is. Koh & Liang
// 2017, eq. 2.

import { solveByProducts } from '../engine/base/linear.ts';
import { endOfScale, fromEnd, selector } from '../engine/contracts/selector.ts';
import { dampedBy, gaussNewtonTimes, type RowsAt, rowSums, rowsAt } from '../engine/objective/gauss-newton.ts';

/** The first-order change of the mean test loss when a training row is left out, [N], in nats. */
export const influenceOnTest = (train: RowsAt, test: RowsAt, damping: number): Float64Array => {
  const ofTest = test.pull(test.slopes.map((s) => s / test.count));
  const times = dampedBy(damping, gaussNewtonTimes(train));
  const direction = solveByProducts(times, ofTest, { what: 'the curvature', field: 'damping' }, { tolerance: 1e-6 });
  return rowSums(train.classes, train.slopes, train.push(direction)).map((value) => value / train.count);
};

export default selector({
  id: 'influence',
  title: 'Influence on the test loss',
  summary: 'The points whose absence hurts the test loss most (highest), or helps it most (lowest).',
  citation: {
    authors: 'Koh, Liang',
    title: 'Understanding Black-box Predictions via Influence Functions',
    year: 2017,
    url: 'https://arxiv.org/abs/1703.04730',
    where: 'eq. 2, with the Gauss-Newton matrix',
  },
  params: {
    end: endOfScale(
      'highest',
      'Highest: the most helpful points. Lowest: the most harmful ones, such as wrong labels.',
    ),
    damping: {
      kind: 'number',
      label: 'Damping',
      symbol: 'λ',
      help: 'Added to the curvature in every direction. Small values trust directions in which the loss is flat.',
      default: 0.01,
      min: 0.0001,
      max: 100,
      scale: 'log',
    },
  },
  work: (_, rows) => 400 * rows,
  score: ({ model, original, train, test }, params) => {
    const at = (points: typeof train) => rowsAt(model, original, points.x, points.y);
    return fromEnd(influenceOnTest(at(train), at(test), params.damping), params);
  },
});
