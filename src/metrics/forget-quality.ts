import type { Metric } from '../engine/contracts/metric.ts';
import { forgetQuality } from './shared/agreement.ts';

const metric: Metric = {
  id: 'forgetQuality',
  title: 'Forget quality',
  summary:
    'How easily the model could pass for the retrained one on the forget set: p-value of a two-sample Kolmogorov-Smirnov test of their truth ratios. Above 0.05 it passes; few forget points pass always, so mind n.',
  formula:
    'p-value of the two-sample Kolmogorov–Smirnov test between the truth ratios R of the model and of the retrained model on D_f, R = [(1 − p_y) / (K − 1)] / p_y',
  citation: {
    authors: 'Maini, Feng, Schwarzschild, Lipton, Kolter',
    title: 'TOFU: A Task of Fictitious Unlearning for LLMs',
    year: 2024,
    url: 'https://arxiv.org/abs/2401.06121',
    where: 'section 2.2.3, Forget Quality',
  },
  unit: 'fraction',
  better: 'higher',
  when: 'last',

  undefinedWhen: 'Needs a forget set.',
  compute: forgetQuality,
};
export default metric;
