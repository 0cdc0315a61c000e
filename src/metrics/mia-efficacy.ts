import type { Metric } from '../engine/contracts/metric.ts';
import { exposures, someOf } from './shared/membership.ts';
import { confidenceOf, svcNonMembers } from './shared/membership-attacks.ts';

/** Points on each side: more change little and cost the square. */
const MOST = 150;

const metric: Metric = {
  id: 'miaEfficacy',
  title: 'Membership efficacy (SVC)',
  summary:
    'Share of the forget set that a support vector machine, trained on the confidence of members (retain) and non-members (test), calls non-members.',
  formula:
    'share of D_f that an SVC (RBF kernel, C = 3) on p_y, trained on D_r as members and D_t as non-members (equally many, 150 at most), calls non-members',
  citation: {
    authors: 'Fan, Liu, Zhang, Wong, Wei, Liu',
    title: 'SalUn: Empowering Machine Unlearning via Gradient-Based Weight Saliency',
    year: 2024,
    url: 'https://arxiv.org/abs/2310.12508',
    where: 'section 4, MIA; features as in its evaluation code',
  },
  unit: 'fraction',
  better: 'match-retrained',
  when: 'last',
  undefinedWhen: 'Needs forget, retain and test points.',
  compute: (view) => {
    const [retain, test] = [exposures(view, 'retain'), exposures(view, 'test')];
    const size = Math.min(retain.length, test.length, MOST);
    const side = (list: typeof retain, purpose: string) =>
      someOf(
        list.map(confidenceOf).sort(([a = 0], [b = 0]) => a - b),
        size,
        purpose,
      );
    return svcNonMembers(side(retain, 'members'), side(test, 'others'), exposures(view, 'forget').map(confidenceOf));
  },
};
export default metric;
