import { type Metric, weightDistance } from '../engine/contracts/metric.ts';

const metric: Metric = {
  id: 'weightDistanceToRetrained',
  title: 'Weight distance to retrained',
  summary:
    'L2 distance of all weights from the retrained model; a weak measure, since networks with permuted units are the same.',
  formula: '‖θ − θ*‖₂',
  citation: {
    authors: 'Zhang, Lin, Bai, Mei',
    title: 'Negative Preference Optimization: From Catastrophic Collapse to Effective Unlearning',
    year: 2024,
    url: 'https://arxiv.org/abs/2404.05868',
    where: 'synthetic study, distance of a',
  },
  unit: 'weight',
  better: 'lower',
  compute: (view) => weightDistance(view, 'retrained'),
};
export default metric;
