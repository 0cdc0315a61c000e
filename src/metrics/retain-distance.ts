import { type Metric, meanDivergence } from '../engine/contracts/metric.ts';

const metric: Metric = {
  id: 'retainDistance',
  title: 'Retain distance',
  summary:
    'How far the outputs are from those of the retrained model, on fresh points from the retain distribution: KL(retrained ‖ model).',
  formula: 'E_{fresh retain points} KL(p* ‖ p)',
  citation: {
    authors: 'Zhang, Lin, Bai, Mei',
    title: 'Negative Preference Optimization: From Catastrophic Collapse to Effective Unlearning',
    year: 2024,
    url: 'https://arxiv.org/abs/2404.05868',
    where: 'section 4',
  },
  unit: 'nats',
  better: 'lower',
  compute: (view) => meanDivergence(view, 'testRetain', 'retrained'),
};
export default metric;
