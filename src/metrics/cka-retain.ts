import type { Metric } from '../engine/contracts/metric.ts';
import { ckaWithOriginal } from './shared/agreement.ts';

const metric: Metric = {
  id: 'ckaRetain',
  title: 'CKA with the original, retain set',
  summary:
    'How alike the last hidden layers of the model and the original one see the retain set, 0 to 1 (linear CKA). High on the forget set after forgetting: the answer is gone, the representation is not.',
  formula: 'the same as for D_f, on D_r',
  citation: {
    authors: 'Kornblith, Norouzi, Lee, Hinton',
    title: 'Similarity of Neural Network Representations Revisited',
    year: 2019,
    url: 'https://arxiv.org/abs/1905.00414',
    where: 'equation 2 with a linear kernel',
  },
  unit: 'fraction',
  better: 'match-retrained',
  when: 'last',
  undefinedWhen:
    'Needs one network that answers, with a hidden layer, and at least two points that it does not see alike.',
  compute: (view) => ckaWithOriginal(view, 'retain'),
};
export default metric;
