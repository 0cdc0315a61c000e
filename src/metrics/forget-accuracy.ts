import { accuracy, type Metric } from '../engine/contracts/metric.ts';

const metric: Metric = {
  id: 'forgetAccuracy',
  title: 'Forget accuracy (FA)',
  summary: 'Share of the forget set that is still classified right; unlearning accuracy (UA) is 1 minus this.',
  formula: 'share of D_f with argmax_k p_k = y',
  citation: {
    authors: 'Fan, Liu, Zhang, Wong, Wei, Liu',
    title: 'SalUn: Empowering Machine Unlearning via Gradient-Based Weight Saliency',
    year: 2024,
    url: 'https://arxiv.org/abs/2310.12508',
    where: 'section 5.1, UA',
  },
  unit: 'fraction',
  better: 'match-retrained',
  compute: (view) => accuracy(view, 'forget'),
};
export default metric;
