import type { Metric } from '../engine/contracts/metric.ts';
import { exposures, featureOf, someOf } from './shared/membership.ts';
import { type Score, thresholdAttack } from './shared/membership-attacks.ts';

/** In an order of the values, so that the order of the examples does not matter. */
const sorted = (scores: readonly Score[]): Score[] =>
  [...scores].sort((a, b) => a.value - b.value || a.label - b.label);

const metric: Metric = {
  id: 'miaThreshold',
  title: 'Membership by threshold',
  summary:
    'Share of the forget set that falls below the confidence threshold, one for each class, which best tells retain points from test points.',
  formula: 'share of D_f with p_y < t_y, t_c = argmax ½ (TPR + TNR) on D_r against D_t of class c',
  citation: {
    authors: 'Song, Mittal',
    title: 'Systematic Evaluation of Privacy Risks of Machine Learning Models',
    year: 2021,
    url: 'https://arxiv.org/abs/2003.10595',
    where: 'section 3, metric-based attacks with class-dependent thresholds',
  },
  unit: 'fraction',
  better: 'match-retrained',
  when: 'last',
  undefinedWhen: 'Needs forget, retain and test points.',
  compute: (view) => {
    const values = (split: 'retain' | 'test' | 'forget') =>
      exposures(view, split).map((one) => ({ label: one.label, value: featureOf('confidence', one) }));
    const [retain, test] = [values('retain'), values('test')];
    const size = Math.min(retain.length, test.length);
    const attack = thresholdAttack(
      someOf(sorted(retain), size, 'members'),
      someOf(sorted(test), size, 'others'),
      view.classes,
    );
    return attack.nonMembers(values('forget'));
  },
};
export default metric;
