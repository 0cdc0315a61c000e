// ⟨h⁺, h⁻⟩ - ‖h⁺‖² of the last hidden layer, the retain set as preferred and the forget set as dispreferred answers. One token
// and one prompt per pair are all there is here, so this is an analogy to the paper's score of preference pairs.

import type { Metric } from '../engine/contracts/metric.ts';
import { meanChes } from './shared/agreement.ts';

const metric: Metric = {
  id: 'ches',
  title: 'Hidden-embedding similarity (CHES), retain against forget',
  summary:
    'How much pushing the forget examples down would pull the retain examples along, by their last hidden layers. The paper compares two answers to one question; between examples it is an analogy that says little about which ones fall.',
  formula: 'E_{j ∈ D_r, i ∈ D_f} [⟨h_j, h_i⟩ − ‖h_j‖²], h the last hidden layer',
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
