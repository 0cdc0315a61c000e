import type { Metric } from '../engine/contracts/metric.ts';

const metric: Metric = {
  id: 'rte',
  title: 'Cost (RTE)',
  summary:
    'Examples seen in training steps, relative to what retraining from scratch sees. Preparations and checks that need no training step are not counted.',
  formula: 'examples seen in training steps, counted each time, divided by those of retraining',
  citation: {
    authors: 'Fan, Liu, Zhang, Wong, Wei, Liu',
    title: 'SalUn: Empowering Machine Unlearning via Gradient-Based Weight Saliency',
    year: 2024,
    url: 'https://arxiv.org/abs/2310.12508',
    where: 'section 4, run-time efficiency; counted in examples, which no machine changes',
  },
  unit: 'fraction',
  better: 'lower',

  undefinedWhen: 'Needs a retrained model that was trained here.',
  compute: ({ visits }) => visits.own / visits.retrained,
};
export default metric;
