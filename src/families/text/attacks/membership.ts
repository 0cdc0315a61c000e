// Calls those facts read whose loss is low, beside facts about authors that nobody ever read of. Yeom et al. 2018, adversary 1; on
// answers as OpenUnlearning's loss attack.
import { bestBalancedAccuracy, tprAtFpr } from '../../../engine/base/attack-statistics.ts';
import { areaUnderCurve } from '../../../engine/base/statistics.ts';
import { attack, single } from '../../../engine/contracts/attack.ts';
import { bySubject, rowsOfAnswers, SUBJECTS, sidesOf, type TextAttackView } from './attacked.ts';

export const membership = attack({
  id: 'membership-facts',
  title: 'Membership by loss',
  summary:
    'Compares the losses of the forgotten facts with those of facts that no model has read. Half, not zero, is the aim: a model that is worse on them gives them away too.',
  citation: {
    authors: 'Yeom, Giacomelli, Fredrikson, Jha',
    title: 'Privacy Risk in Machine Learning: Analyzing the Connection to Overfitting',
    year: 2018,
    url: 'https://arxiv.org/abs/1709.01604',
    where: 'adversary 1',
  },
  params: {},
  values: [
    {
      id: 'membershipAuc',
      title: 'Membership AUC',
      summary:
        'Probability that a forgotten fact has a lower loss than an unread one; 0.5 is indistinguishable, below it over-forgotten.',
      unit: 'fraction',
    },
    {
      id: 'membershipAccuracy',
      title: 'Balanced accuracy',
      summary: 'Best mean of both hit rates over all thresholds of the loss.',
      unit: 'fraction',
    },
    {
      id: 'membershipTprAt1',
      title: 'TPR at 1 % FPR',
      summary: 'Share of the forgotten facts that are recognized while one unread fact in a hundred is accused.',
      unit: 'fraction',
    },
  ],
  page: {
    lookFor:
      'Far below one half is a leak as well: who is more surprised by the forgotten than by what nobody knows tells what was deleted (the Streisand effect).',
    scores: 'log p of the answer per word: how sure the model is',
  },
  work: (_, { forget }) => SUBJECTS.length * rowsOfAnswers(forget + 60),
  refuses: ({ dataset }) =>
    dataset.world.items.some(({ kind }) => kind === 'holdout')
      ? undefined
      : 'This world has no authors that no model has read about: give it some under "holdout".',
  run: function* (view: TextAttackView) {
    const { dataset } = view;
    const { forget } = sidesOf(view);
    const unread = dataset.world.items.flatMap(({ kind }, i) => (kind === 'holdout' ? [i] : []));
    const samples = SUBJECTS.map((subject) => {
      const readings = dataset.readings(view.weights(subject));
      const scores = (items: readonly number[]) => readings.losses(items).map((loss) => -loss);
      return { subject, members: scores(forget), nonMembers: scores(unread) };
    });
    yield { done: 1, total: 1 };
    const values = bySubject((subject) => {
      const own = samples.find((one) => one.subject === subject);
      const [inside, outside] = [own?.members ?? [], own?.nonMembers ?? []];
      return {
        membershipAuc: single(areaUnderCurve(inside, outside)),
        membershipAccuracy: single(bestBalancedAccuracy(inside, outside)),
        membershipTprAt1: single(tprAtFpr(inside, outside, 0.01)),
      };
    });
    const notes = [
      `Members: ${forget.length} forgotten facts; ${unread.length} facts about authors that no model has read about.`,
    ];
    return { values, samples, notes };
  },
});
