import { accuracy, type Metric } from '../engine/contracts/metric.ts';

const metric: Metric = {
  id: 'testAccuracy',
  title: 'Test accuracy (TA)',
  summary: 'Share of all fresh points that are classified right.',
  formula: 'share of D_t with argmax_k p_k = y',
  citation: {
    authors: 'Fan, Liu, Zhang, Wong, Wei, Liu',
    title: 'SalUn: Empowering Machine Unlearning via Gradient-Based Weight Saliency',
    year: 2024,
    url: 'https://arxiv.org/abs/2310.12508',
    where: 'section 5.1, TA',
  },
  unit: 'fraction',
  better: 'match-retrained',
  compute: (view) => accuracy(view, 'test'),
};
export default metric;
