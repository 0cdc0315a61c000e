import { accuracy, type Metric } from '../engine/contracts/metric.ts';

const metric: Metric = {
  id: 'retainAccuracy',
  title: 'Retain accuracy (RA)',
  summary: 'Share of the retain set that is classified right.',
  formula: 'share of D_r with argmax_k p_k = y',
  citation: {
    authors: 'Fan, Liu, Zhang, Wong, Wei, Liu',
    title: 'SalUn: Empowering Machine Unlearning via Gradient-Based Weight Saliency',
    year: 2024,
    url: 'https://arxiv.org/abs/2310.12508',
    where: 'section 5.1, RA',
  },
  unit: 'fraction',
  better: 'match-retrained',
  compute: (view) => accuracy(view, 'retain'),
};
export default metric;
