// ½ κ ‖θ - θ_o‖²: the same spring for every weight.
import { wrapper } from '../engine/contracts/wrapper.ts';
import { anchor, asks, pull, strength, takes } from './shared/spring.ts';

export default wrapper({
  id: 'l2',
  title: 'L2 distance',
  short: 'L2',
  summary: 'A spring towards the original model, the same for every weight.',
  citation: {
    authors: 'Li, Grandvalet, Davoine',
    title: 'Explicit Inductive Bias for Transfer Learning with Convolutional Networks',
    year: 2018,
    url: 'https://arxiv.org/abs/1802.01483',
    where: 'L2-SP, eq. 2',
  },
  slot: anchor,
  params: { weight: strength },
  asks,
  takes,
  needs: ['original'],
  wrap: (step, { settings, original }) => ({
    ...step,
    extra: [...step.extra, (weights) => pull(weights, original(), settings.weight)],
  }),
  python: {
    before: ['resting = like(model, "{original}", dtype)'],
    extra: ['for p, rest in zip(model.parameters(), resting):', '    p.grad += {weight} * (p - rest)'],
  },
});
