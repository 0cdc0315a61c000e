import { accuracy, type EvalSplit, type Metric } from '../engine/contracts/metric.ts';

const SIDES: readonly EvalSplit[] = ['forget', 'retain', 'test'];

const metric: Metric = {
  id: 'tugOfWar',
  title: 'Tug of war (ToW)',
  summary:
    'Product over forget, retain and test accuracy of one minus the distance to the retrained model: 1 is a perfect match, and one bad side pulls everything down.',
  formula: 'Π over D_f, D_r, D_t of (1 − |acc − acc*|)',
  citation: {
    authors: 'Zhao, Kurmanji, Bărbulescu, Triantafillou, Triantafillou',
    title: 'What makes unlearning hard and what to do about it',
    year: 2024,
    url: 'https://arxiv.org/abs/2406.01257',
    where: 'section 3, equation 1',
  },
  unit: 'fraction',
  better: 'higher',
  when: 'last',

  undefinedWhen: 'Needs forget, retain and test points.',
  compute: (view) =>
    SIDES.reduce(
      (product, side) => product * (1 - Math.abs(accuracy(view, side) - accuracy(view, side, 'retrained'))),
      1,
    ),
};
export default metric;
