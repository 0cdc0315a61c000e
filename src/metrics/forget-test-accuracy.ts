import { accuracy, type Metric } from '../engine/contracts/metric.ts';

const metric: Metric = {
  id: 'forgetTestAccuracy',
  title: 'Forget accuracy, fresh points',
  summary: 'Share of fresh points from the forget distribution that are classified right: does forgetting generalize?',
  formula: 'accuracy on fresh points of D_f’s distribution',
  citation: {
    authors: 'Fan, Liu, Zhang, Wong, Wei, Liu',
    title: 'SalUn: Empowering Machine Unlearning via Gradient-Based Weight Saliency',
    year: 2024,
    url: 'https://arxiv.org/abs/2310.12508',
    where: 'section 5.1',
  },
  unit: 'fraction',
  better: 'match-retrained',
  compute: (view) => accuracy(view, 'testForget'),
};
export default metric;
