import type { Metric } from '../engine/contracts/metric.ts';
import { meanEntropy } from './shared/membership.ts';

const metric: Metric = {
  id: 'retainEntropy',
  title: 'Retain entropy',
  summary: 'Mean entropy of the predictions on the retain set: 0 is certain, ln C is a guess.',
  formula: 'E_{D_r} [−Σ_k p_k log p_k]',
  citation: {
    authors: 'Golatkar, Achille, Soatto',
    title: 'Eternal Sunshine of the Spotless Net: Selective Forgetting in Deep Networks',
    year: 2020,
    url: 'https://arxiv.org/abs/1911.04933',
    where: 'section 6, read-out functions: entropy',
  },
  unit: 'nats',
  better: 'match-retrained',
  when: 'last',
  undefinedWhen: 'Needs points in the retain set.',
  compute: (view) => meanEntropy(view, 'retain'),
};
export default metric;
