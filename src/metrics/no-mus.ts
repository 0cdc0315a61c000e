import { accuracy, type Metric } from '../engine/contracts/metric.ts';
import { lossLogistic } from './shared/membership-attacks.ts';

const metric: Metric = {
  id: 'noMus',
  title: 'Normalized unlearning score (NoMUS)',
  summary: 'Half test accuracy, half how little membership can be told: ½ TA + ½ (1 - 2 |MIA accuracy - ½|).',
  formula: '½ TA + ½ (1 − 2 |MIA − ½|), MIA the accuracy of membership by logistic regression',
  citation: {
    authors: 'Choi, Na',
    title: 'Towards Machine Unlearning Benchmarks: Forgetting the Personal Identities in Facial Recognition Systems',
    year: 2023,
    url: 'https://arxiv.org/abs/2311.02240',
    where: 'equation of NoMUS, section 4',
  },
  unit: 'fraction',
  better: 'higher',
  when: 'last',
  undefinedWhen: 'Needs at least ten forget points and ten fresh points like them.',
  compute: (view) => 0.5 * accuracy(view, 'test') + 0.5 * (1 - 2 * Math.abs(lossLogistic(view) - 0.5)),
};
export default metric;
