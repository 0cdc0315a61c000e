// retain: x ~ N(-α 1, I), P(y = 0 | x) = σ(b + (x - μ)·1/√d); forget: x ~ N(+α 1, I), P(y = 1 | x) = the same.
// The logit sees x less its mean, so it is N(b, 1) whatever α: α moves the inputs only.
// As in licong-lin/negative-preference-optimization, synthetic: training set is retain, then forget.

import { exp } from '../engine/base/math.ts';
import { foldIn, type Key, normal, uniform } from '../engine/base/random.ts';
import type { IntSpec } from '../engine/base/schema.ts';
import { generator, type PointSet } from '../engine/contracts/dataset.ts';

interface Law {
  readonly dimensions: number;
  readonly alpha: number;
  readonly intercept: number;
}

const count = (label: string, help: string, initial: number): IntSpec => ({
  kind: 'int',
  label,
  help,
  default: initial,
  min: 10,
  max: 5000,
});

/** Writes one population's points into `into`, from its row `first` to before `end`. `forgotten`: 1 for the forget law, 0 for the retain law. */
const drawPopulation = (into: PointSet, first: number, end: number, forgotten: 0 | 1, law: Law, key: Key): void => {
  const [inputKey, labelKey] = [foldIn(key, 'x'), foldIn(key, 'y')];
  const { dimensions, intercept } = law;
  const mean = forgotten ? law.alpha : -law.alpha;
  for (let i = 0; first + i < end; i++) {
    let sum = 0;
    for (let d = 0; d < dimensions; d++) {
      const deviation = normal(inputKey, i * dimensions + d);
      into.x[(first + i) * dimensions + d] = mean + deviation;
      sum += deviation;
    }
    const majority = 1 / (1 + exp(-(intercept + sum / Math.sqrt(dimensions))));
    into.y[first + i] = uniform(labelKey, i) < majority ? forgotten : 1 - forgotten;
  }
};

const drawBoth = (retain: number, forget: number, law: Law, key: Key): PointSet => {
  const points = { x: new Float32Array((retain + forget) * law.dimensions), y: new Int32Array(retain + forget) };
  drawPopulation(points, 0, retain, 0, law, foldIn(key, 'retain'));
  drawPopulation(points, retain, retain + forget, 1, law, foldIn(key, 'forget'));
  return points;
};

const range = (first: number, count: number): Int32Array => Int32Array.from({ length: count }, (_, i) => first + i);

export default generator({
  id: 'gaussian-logistic',
  title: 'Two Gaussian populations',
  summary: 'The NPO paper’s study: a forget and a retain population with opposite labels, as far apart as you like.',
  citation: {
    authors: 'Zhang, Lin, Bai, Mei',
    title: 'Negative Preference Optimization: From Catastrophic Collapse to Effective Unlearning',
    year: 2024,
    url: 'https://arxiv.org/abs/2404.05868',
    where: 'section 4',
  },
  params: {
    alpha: {
      kind: 'number',
      label: 'Separation',
      symbol: 'α',
      help: 'Half the distance between the populations along each axis. At 0 they share their inputs and differ only in labels.',
      default: 1,
      min: 0,
      max: 3,
      scale: 'linear',
    },
    dimensions: {
      kind: 'int',
      label: 'Dimensions',
      symbol: 'd',
      help: 'Numbers per point. The picture shows the two directions in which the training points spread most.',
      default: 16,
      min: 2,
      max: 64,
    },
    intercept: {
      kind: 'number',
      label: 'Intercept',
      help: 'How uneven the labels are: 0 makes both as frequent, 1 gives about 70 % to one of them.',
      default: 1,
      min: 0,
      max: 3,
      scale: 'linear',
    },
    nRetain: count('Points to keep', 'Training points of the retain population.', 1000),
    nForget: count('Points to forget', 'Training points of the forget population.', 200),
    nTestRetain: count('Fresh points of the kept kind', 'Test points of the retain population.', 1000),
    nTestForget: count('Fresh points of the forgotten kind', 'Test points of the forget population.', 1000),
  },
  classes: 2,
  inputs: 'dimensions',
  components: ['forget'],
  generate: ({ nRetain, nForget, nTestRetain, nTestForget, ...law }, key) => ({
    inputs: law.dimensions,
    classes: 2,
    train: drawBoth(nRetain, nForget, law, foldIn(key, 'train')),
    test: drawBoth(nTestRetain, nTestForget, law, foldIn(key, 'test')),
    components: { forget: { train: range(nRetain, nForget), test: range(nTestRetain, nTestForget) } },
  }),
});
