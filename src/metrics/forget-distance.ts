import { type Metric, meanDivergence } from '../engine/contracts/metric.ts';

const metric: Metric = {
  id: 'forgetDistance',
  title: 'Forget distance',
  summary:
    'How far the outputs are from those of the retrained model, on fresh points from the forget distribution: KL(retrained ‖ model).',
  formula: 'E_{fresh points of D_f’s distribution} KL(p* ‖ p)',
  citation: {
    authors: 'Zhang, Lin, Bai, Mei',
    title: 'Negative Preference Optimization: From Catastrophic Collapse to Effective Unlearning',
    year: 2024,
    url: 'https://arxiv.org/abs/2404.05868',
    where: 'section 4',
  },
  unit: 'nats',
  better: 'lower',
  compute: (view) => meanDivergence(view, 'testForget', 'retrained'),
};
export default metric;
