import { type Metric, meanDivergence } from '../engine/contracts/metric.ts';

const metric: Metric = {
  id: 'forgetKl',
  title: 'Forget KL',
  summary:
    'How far the outputs on fresh forget points have moved from the original model: KL(original ‖ model). Moderate is good; exploding is collapse.',
  formula: 'E_{fresh points of D_f’s distribution} KL(p̂ ‖ p)',
  citation: {
    authors: 'Zhang, Lin, Bai, Mei',
    title: 'Negative Preference Optimization: From Catastrophic Collapse to Effective Unlearning',
    year: 2024,
    url: 'https://arxiv.org/abs/2404.05868',
    where: 'section 4, Forget KL',
  },
  unit: 'nats',
  better: 'match-retrained',
  compute: (view) => meanDivergence(view, 'testForget', 'original'),
};
export default metric;
