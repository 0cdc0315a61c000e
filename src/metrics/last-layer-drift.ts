import { layerDrift, type Metric } from '../engine/contracts/metric.ts';

const metric: Metric = {
  id: 'lastLayerDrift',
  title: 'Drift of the last layer',
  summary:
    'How far the last layer’s weights and biases have moved from the original model, relative to their size. Comparing first and last says how shallow the forgetting is.',
  formula: '‖θ_L − θ̂_L‖₂ / ‖θ̂_L‖₂, weights and biases of the last layer',
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
  compute: (view) => layerDrift(view, view.layers.length - 1),
};
export default metric;
