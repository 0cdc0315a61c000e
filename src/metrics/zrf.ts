import type { Metric } from '../engine/contracts/metric.ts';
import { meanJensenShannon } from './shared/agreement.ts';

const metric: Metric = {
  id: 'zrf',
  title: 'Zero-retrain forgetting (ZRF)',
  summary:
    'How much the model answers on the forget set like a network with its first, random weights: 1 minus their Jensen-Shannon divergence to base 2. High is not better: the retrained model’s is the goal.',
  formula: '1 − E_{D_f} JS(p, p₀), base 2, p₀ of the untrained network',
  citation: {
    authors: 'Chundawat, Tarun, Mandal, Kankanhalli',
    title: 'Can Bad Teaching Induce Forgetting? Unlearning in Deep Networks Using an Incompetent Teacher',
    year: 2023,
    url: 'https://arxiv.org/abs/2205.08096',
    where: 'section 4, ZRF metric',
  },
  unit: 'fraction',
  better: 'match-retrained',
  when: 'last',
  undefinedWhen: 'Needs a forget set.',
  compute: (view) => 1 - meanJensenShannon(view, 'forget', 'unlearned', 'untrained'),
};
export default metric;
