import { hypervolume } from '../engine/base/statistics.ts';
import { accuracy, type Metric } from '../engine/contracts/metric.ts';

const metric: Metric = {
  id: 'hypervolume',
  title: 'Hypervolume so far',
  summary:
    'The area under the best trade-offs between unlearning like the retrained model and retain accuracy that this run has passed: what it could have had with the best step to stop.',
  formula: 'area of ∪_t [0, 1 − |UA_t − UA*|] × [0, RA_t] over the recorded steps so far',
  citation: {
    authors: 'Zitzler, Thiele',
    title: 'Multiobjective Evolutionary Algorithms: A Comparative Case Study and the Strength Pareto Approach',
    year: 1999,
    url: 'https://doi.org/10.1109/4235.797969',
    where: 'hypervolume indicator, reference (0, 0)',
  },
  unit: 'fraction',
  better: 'higher',

  undefinedWhen: 'Needs forget and retain points.',
  compute: (view) => {
    const passed = view.memory('hypervolume', (): [number, number][] => []);
    const closeness = 1 - Math.abs(accuracy(view, 'forget') - accuracy(view, 'forget', 'retrained'));
    passed.push([closeness, accuracy(view, 'retain')]);
    return hypervolume(passed);
  },
};
export default metric;
