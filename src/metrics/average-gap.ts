import { meanOfKnown } from '../engine/base/statistics.ts';
import { accuracy, type EvalView, type Metric, type Subject } from '../engine/contracts/metric.ts';
import { lossArea } from './shared/membership.ts';

/** RA, UA, TA on fresh points that are to be kept, and membership by loss. */
const partsOf = (view: EvalView, subject: Subject): readonly number[] => [
  accuracy(view, 'forget', subject),
  accuracy(view, 'retain', subject),
  accuracy(view, view.labels('testRetain').length > 0 ? 'testRetain' : 'test', subject),
  lossArea(view, subject),
];

const metric: Metric = {
  id: 'averageGap',
  title: 'Average gap',
  summary:
    'Mean distance to the retrained model over unlearning, retain and test accuracy and membership AUC; what is undefined is left out. 0 is a perfect match; two wrongs can still average well, so look at the parts.',
  formula:
    'mean of |v − v*| over accuracy on D_f, on D_r and on D_t (its fresh retain points, if there are any), and loss AUC',
  citation: {
    authors: 'Fan, Liu, Zhang, Wong, Wei, Liu',
    title: 'SalUn: Empowering Machine Unlearning via Gradient-Based Weight Saliency',
    year: 2024,
    url: 'https://arxiv.org/abs/2310.12508',
    where: 'section 4, Avg. Gap; membership by loss AUC in place of the SVC',
  },
  unit: 'fraction',
  better: 'lower',

  compute: (view) => {
    const [own, goal] = [partsOf(view, 'unlearned'), partsOf(view, 'retrained')];
    return meanOfKnown(own.map((value, i) => Math.abs(value - (goal[i] as number))));
  },
};
export default metric;
