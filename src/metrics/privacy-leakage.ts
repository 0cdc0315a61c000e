import type { Metric, Subject } from '../engine/contracts/metric.ts';
import { lossArea } from './shared/membership.ts';

const metric: Metric = {
  id: 'privacyLeakage',
  title: 'Privacy leakage (PrivLeak)',
  summary:
    'The membership AUC against the retrained model’s, 100 [(1 - AUC) - (1 - AUC*)] / (1 - AUC*): 0 is ideal, below 0 leaks membership, above 0 over-forgets.',
  formula: '100 [(1 − AUC) − (1 − AUC*)] / (1 − AUC*)',
  citation: {
    authors: 'Shi, Lee, Huang, Malladi, Zhao, Holtzman, Liu, Zettlemoyer, Smith, Zhang',
    title: 'MUSE: Machine Unlearning Six-Way Evaluation for Language Models',
    year: 2024,
    url: 'https://arxiv.org/abs/2407.06460',
    where: 'equation for PrivLeak, section 3.2',
  },
  unit: 'percent',
  better: 'match-retrained',
  when: 'last',

  undefinedWhen:
    'Needs forget points and fresh points like them, and a retrained model that does not itself tell them apart fully.',
  compute: (view) => {
    const away = (subject: Subject) => 1 - lossArea(view, subject);
    const goal = away('retrained');
    return goal === 0 ? Number.NaN : (100 * (away('unlearned') - goal)) / goal;
  },
};
export default metric;
