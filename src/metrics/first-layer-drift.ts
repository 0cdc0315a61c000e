import { layerDrift, type Metric } from '../engine/contracts/metric.ts';

const metric: Metric = {
  id: 'firstLayerDrift',
  title: 'Drift of the first layer',
  summary:
    'How far the first layer’s weights and biases have moved from the original model, relative to their size. Comparing first and last says how shallow the forgetting is.',
  formula: '‖θ₁ − θ̂₁‖₂ / ‖θ̂₁‖₂, weights and biases of the first layer',
  citation: {
    authors: 'Golatkar, Achille, Soatto',
    title: 'Eternal Sunshine of the Spotless Net: Selective Forgetting in Deep Networks',
    year: 2020,
    url: 'https://arxiv.org/abs/1911.04933',
    where: 'section 6: distance in weight space, by layer',
  },
  unit: 'fraction',
  better: 'match-retrained',
  when: 'last',
  undefinedWhen: 'Needs one network of the original’s shape.',
  compute: (view) => layerDrift(view, 0),
};
export default metric;
