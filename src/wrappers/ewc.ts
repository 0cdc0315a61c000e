// ½ κ Σ F (θ - θ_o)², F being the diagonal of the empirical Fisher information on the retain set at the original model.
import { wrapper } from '../engine/contracts/wrapper.ts';
import { anchor, asks, pull, strength, takes } from './shared/spring.ts';

export default wrapper({
  id: 'ewc',
  title: 'Fisher-weighted distance (EWC)',
  short: 'EWC',
  summary: 'A spring towards the original model that is stronger for weights that matter to the retain set.',
  citation: {
    authors: 'Kirkpatrick, Pascanu, Rabinowitz, Veness, Desjardins, Rusu, Milan, Quan, Ramalho and others',
    title: 'Overcoming catastrophic forgetting in neural networks',
    year: 2017,
    url: 'https://arxiv.org/abs/1612.00796',
    where: 'eq. 3',
  },
  slot: anchor,
  params: { weight: strength },
  asks,
  takes,
  needs: ['original', 'retain'],
  weigh: (lane) => lane.fisher('retain'),
  wrap: (step, { settings, original, weighed }) => ({
    ...step,
    extra: [...step.extra, (weights) => pull(weights, original(), settings.weight, weighed())],
  }),
  python: {
    before: ['resting = like(model, "{original}", dtype)', 'importance = like(model, "ewc", dtype)'],
    extra: [
      'for p, rest, matters in zip(model.parameters(), resting, importance):',
      '    p.grad += {weight} * matters * (p - rest)',
    ],
  },
});
