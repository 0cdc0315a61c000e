import { type Metric, meanLoss } from '../engine/contracts/metric.ts';

const metric: Metric = {
  id: 'retainLoss',
  title: 'Retain loss',
  summary: 'Mean cross-entropy on the retain set.',
  formula: 'E_{D_r} [−log p_y]',
  citation: {
    authors: 'Zhang, Lin, Bai, Mei',
    title: 'Negative Preference Optimization: From Catastrophic Collapse to Effective Unlearning',
    year: 2024,
    url: 'https://arxiv.org/abs/2404.05868',
    where: 'section 2',
  },
  unit: 'nats',
  better: 'match-retrained',
  compute: (view) => meanLoss(view, 'retain'),
};
export default metric;
