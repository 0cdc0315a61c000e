import { type Metric, meanOver, squared } from '../engine/contracts/metric.ts';
import { probabilities } from './shared/agreement.ts';

const metric: Metric = {
  id: 'activationDistance',
  title: 'Activation distance',
  summary: 'Mean L2 distance between the model’s and the retrained model’s probabilities on the forget set.',
  formula: 'E_{x ∈ D_f} ‖p(x) − p*(x)‖₂',
  citation: {
    authors: 'Golatkar, Achille, Soatto',
    title: 'Eternal Sunshine of the Spotless Net: Selective Forgetting in Deep Networks',
    year: 2020,
    url: 'https://arxiv.org/abs/1911.04933',
    where: 'section 6; as in the bad-teaching paper, between final activations',
  },
  unit: 'fraction',
  better: 'lower',
  when: 'last',
  undefinedWhen: 'Needs a forget set.',
  compute: (view) => {
    const [p, q] = [probabilities(view, 'forget'), probabilities(view, 'forget', 'retrained')];
    return meanOver(view.labels('forget').length, (row) => {
      let sum = 0;
      for (let i = row * view.classes; i < (row + 1) * view.classes; i++)
        sum += squared((p[i] as number) - (q[i] as number));
      return Math.sqrt(sum);
    });
  },
};
export default metric;
