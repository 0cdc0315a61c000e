// ⟨h⁺, h⁻⟩ - ‖h⁺‖² of the last hidden layer, the retain set as preferred and the forget set as dispreferred answers. One token
// and one prompt per pair are all there is here, so this is an analogy to the paper's score of preference pairs.
import { meanChes } from '../engine/agreement.ts';
import type { Metric } from '../engine/metric.ts';

const metric: Metric = {
  id: 'ches',
  title: 'CHES, retain against forget',
  summary:
    'How much the last hidden layer sees forget and retain examples alike, less the size of the retain ones; the nearer to zero or above, the more pushing one down moves the other. An analogy: the paper scores pairs of answers, and which single points fall it does not foretell here.',
  citation: {
    authors: 'Razin, Malladi, Bhaskar, Chen, Arora, Hanin',
    title: 'Unintentional Unalignment: Likelihood Displacement in Direct Preference Optimization',
    year: 2025,
    url: 'https://arxiv.org/abs/2410.08847',
    where: 'definition 2',
  },
  unit: 'weight',
  better: 'match-retrained',
  when: 'last',
  undefinedWhen: 'Needs one network that answers, with a hidden layer, and points to forget and to retain.',
  compute: meanChes,
};
export default metric;
