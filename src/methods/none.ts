// θ <- θ_o: nothing is done. A method that cannot beat this row of a table has not unlearned.
import { editMethod } from '../engine/method-kinds.ts';

export default editMethod({
  id: 'none',
  title: 'Do nothing',
  short: 'None',
  summary: 'Leaves the model as it is: the row that every method has to beat.',
  formula: 'θ = θ_o',
  page: {
    idea: 'The request is ignored. Everything that a method changes, for better or worse, is measured against this.',
    tex: String.raw`\theta=\theta_o`,
    lookFor:
      'How far the original model is from the retrained one to begin with: on an easy forget set, hardly at all.',
    failsWhen:
      'It always fails to forget what was memorized. On points that generalize it looks perfect, which says something about the forget set.',
  },
  citation: {
    authors: 'Triantafillou, Kairouz, Pedregosa, Hayes, Kurmanji, Zhao and others',
    title: 'Are We Making Progress in Unlearning? Findings from the First NeurIPS Unlearning Competition',
    year: 2024,
    url: 'https://arxiv.org/abs/2406.09073',
    where: 'baselines',
  },
  needs: ['original'],
  heads: ['categorical', 'real'],
  sequences: true,
  params: {},
  recipes: [],
  edit: (lane) => lane.original(),
});
