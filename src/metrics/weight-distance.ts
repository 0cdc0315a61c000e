import { type Metric, weightDistance } from '../engine/contracts/metric.ts';

const metric: Metric = {
  id: 'weightDistance',
  title: 'Weight distance',
  summary: 'L2 distance of all weights from the original model.',
  formula: '‖θ − θ̂‖₂',
  citation: {
    authors: 'Zhang, Lin, Bai, Mei',
    title: 'Negative Preference Optimization: From Catastrophic Collapse to Effective Unlearning',
    year: 2024,
    url: 'https://arxiv.org/abs/2404.05868',
    where: 'theorem 2',
  },
  unit: 'weight',
  better: 'match-retrained',
  compute: (view) => weightDistance(view, 'original'),
};
export default metric;
