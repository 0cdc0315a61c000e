import type { Metric } from '../engine/contracts/metric.ts';
import { lossLogistic } from './shared/membership-attacks.ts';

const metric: Metric = {
  id: 'miaLogistic',
  title: 'Membership by logistic regression',
  summary:
    'Accuracy, in ten random splits, of a logistic regression that tells forget points from fresh points by their loss. 0.5 is a coin.',
  formula:
    'accuracy of logistic regression on ℓ, D_f against equally many fresh points like it, mean over ten random splits with a tenth held out',
  citation: {
    authors: 'Choi, Na',
    title: 'Towards Machine Unlearning Benchmarks: Forgetting the Personal Identities in Facial Recognition Systems',
    year: 2023,
    url: 'https://arxiv.org/abs/2311.02240',
    where: 'section 4, forgetting score',
  },
  unit: 'fraction',
  better: 'match-retrained',
  when: 'last',
  undefinedWhen: 'Needs at least ten forget points and ten fresh points like them.',
  compute: lossLogistic,
};
export default metric;
