import type { Metric } from '../engine/contracts/metric.ts';
import { lossArea } from './shared/membership.ts';

const metric: Metric = {
  id: 'miaAuc',
  title: 'Membership inference (AUC)',
  summary:
    'How well the loss tells forget points from fresh points like them: 1 means they still look like members, 0.5 that nothing can be told, below 0.5 over-forgotten.',
  formula: 'P(ℓ_fresh > ℓ_forget) + ½ P(ℓ_fresh = ℓ_forget), ℓ = −log p_y, fresh points of D_f’s distribution',
  citation: {
    authors: 'Shi, Lee, Huang, Malladi, Zhao, Holtzman, Liu, Zettlemoyer, Smith, Zhang',
    title: 'MUSE: Machine Unlearning Six-Way Evaluation for Language Models',
    year: 2024,
    url: 'https://arxiv.org/abs/2407.06460',
    where: 'section 3.2, privacy leakage: the AUC it is made from',
  },
  unit: 'fraction',
  better: 'match-retrained',

  undefinedWhen: 'Needs forget points, and fresh points of the forget distribution to compare them with.',
  compute: (view) => lossArea(view),
};
export default metric;
