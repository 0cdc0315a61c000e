import { localityCurve } from '../engine/base/locality.ts';
import type { Metric } from '../engine/contracts/metric.ts';

const BINS = 10;

const metric: Metric = {
  id: 'nearAccuracy',
  title: 'Accuracy beside the forget set',
  summary:
    'Accuracy on the tenth of the fresh retain points that lie nearest to a forget point: what forgetting does to the neighbors.',
  formula: 'accuracy on the tenth of the fresh retain points with the least distance to a point of D_f',
  citation: {
    authors: 'Jin, Cao, Wang, He, Yuan, Li, Chen, Liu, Zhao',
    title: 'RWKU: Benchmarking Real-World Knowledge Unlearning for Large Language Models',
    year: 2024,
    url: 'https://arxiv.org/abs/2406.10890',
    where: 'neighbor set',
  },
  unit: 'fraction',
  better: 'match-retrained',
  when: 'last',
  undefinedWhen: 'Needs a forget set and at least ten fresh retain points.',
  compute: (view) => localityCurve(view, BINS).accuracy[0] ?? Number.NaN,
};
export default metric;
