import { log } from '../engine/base/math.ts';
import type { Metric } from '../engine/contracts/metric.ts';
import { forgetQuality } from './shared/agreement.ts';

const metric: Metric = {
  id: 'forgetQualityLog',
  title: 'Forget quality, log10',
  summary:
    'The exponent of forget quality: 0 is indistinguishable, -1.3 is the usual limit, -10 is a giveaway. Average this one over seeds, not the p-value.',
  formula: 'log₁₀ of forget quality',
  citation: {
    authors: 'Maini, Feng, Schwarzschild, Lipton, Kolter',
    title: 'TOFU: A Task of Fictitious Unlearning for LLMs',
    year: 2024,
    url: 'https://arxiv.org/abs/2401.06121',
    where: 'section 2.2.3 and figure 6: log p-value axis',
  },
  unit: 'exponent',
  better: 'higher',
  when: 'last',

  undefinedWhen: 'Needs a forget set.',
  compute: (view) => log(Math.max(forgetQuality(view), 1e-300)) / Math.LN10,
};
export default metric;
