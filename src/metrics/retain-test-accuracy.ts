import { accuracy, type Metric } from '../engine/contracts/metric.ts';

const metric: Metric = {
  id: 'retainTestAccuracy',
  title: 'Accuracy on the rest, fresh points',
  summary:
    'Share of fresh points from the retain distribution that are classified right: what is left of everything else.',
  formula: 'accuracy on fresh retain points',
  citation: {
    authors: 'Fan, Liu, Zhang, Wong, Wei, Liu',
    title: 'SalUn: Empowering Machine Unlearning via Gradient-Based Weight Saliency',
    year: 2024,
    url: 'https://arxiv.org/abs/2310.12508',
    where: 'section 5.1, TA of class-wise forgetting',
  },
  unit: 'fraction',
  better: 'match-retrained',
  compute: (view) => accuracy(view, 'testRetain'),
};
export default metric;
