import { type Metric, meanLoss } from '../engine/contracts/metric.ts';

const metric: Metric = {
  id: 'testLoss',
  title: 'Test loss',
  summary: 'Mean cross-entropy on all fresh points.',
  formula: 'E_{D_t} [−log p_y]',
  citation: {
    authors: 'Zhang, Lin, Bai, Mei',
    title: 'Negative Preference Optimization: From Catastrophic Collapse to Effective Unlearning',
    year: 2024,
    url: 'https://arxiv.org/abs/2404.05868',
    where: 'section 2',
  },
  unit: 'nats',
  better: 'match-retrained',
  compute: (view) => meanLoss(view, 'test'),
};
export default metric;
