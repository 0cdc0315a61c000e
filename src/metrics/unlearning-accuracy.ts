import { accuracy, type Metric } from '../engine/contracts/metric.ts';

const metric: Metric = {
  id: 'unlearningAccuracy',
  title: 'Unlearning accuracy (UA)',
  summary:
    'Share of the forget set that is now answered wrongly: 1 - accuracy. The goal is what the retrained model has, which is seldom 1.',
  formula: '1 − accuracy on D_f',
  citation: {
    authors: 'Fan, Liu, Zhang, Wong, Wei, Liu',
    title: 'SalUn: Empowering Machine Unlearning via Gradient-Based Weight Saliency',
    year: 2024,
    url: 'https://arxiv.org/abs/2310.12508',
    where: 'section 4, UA',
  },
  unit: 'fraction',
  better: 'match-retrained',

  undefinedWhen: 'Needs a forget set.',
  compute: (view) => 1 - accuracy(view, 'forget'),
};
export default metric;
