// Calls those examples members whose loss is low: the attack that asks nothing but the model's answer.
// Yeom et al., "Privacy Risk in Machine Learning", CSF 2018, adversary 1.

import { bestBalancedAccuracy, tprAtFpr } from '../engine/base/attack-statistics.ts';
import { areaUnderCurve } from '../engine/base/statistics.ts';
import { type AttackSubject, attack, single } from '../engine/contracts/attack.ts';
import { lossesOn, pickPoints } from '../engine/contracts/attack-rows.ts';

const SUBJECTS: readonly AttackSubject[] = ['unlearned', 'original', 'retrained', 'fresh'];

export default attack({
  id: 'membership',
  title: 'Membership by loss',
  summary:
    'Compares the losses of the forget examples with those of fresh points of the same distribution. Half, not zero, is the aim: a model that is worse on them than on fresh points gives them away too.',
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
        'Probability that a forget example has a lower loss than a fresh point; 0.5 is indistinguishable, below it over-forgotten.',
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
      summary: 'Share of the forget examples that are recognized while one fresh point in a hundred is accused.',
      unit: 'fraction',
    },
  ],
  work: (_, { forget }) => SUBJECTS.length * 2 * forget,
  refuses: ({ split }) =>
    split.testForget.length === 0 ? 'There are no fresh points of the forget distribution to compare with.' : undefined,
  run: function* (view) {
    const { model, dataset, split } = view;
    const members = pickPoints(dataset.train, split.forget, dataset.inputs);
    const others = pickPoints(dataset.test, split.testForget, dataset.inputs);
    const samples = SUBJECTS.map((subject) => ({
      subject,
      members: lossesOn(model, view.weights(subject), members).map((loss) => -loss),
      nonMembers: lossesOn(model, view.weights(subject), others).map((loss) => -loss),
    }));
    yield { done: 1, total: 1 };
    const values = samples.map(({ subject, members: inside, nonMembers: outside }) => [
      subject,
      {
        membershipAuc: single(areaUnderCurve(inside, outside)),
        membershipAccuracy: single(bestBalancedAccuracy(inside, outside)),
        membershipTprAt1: single(tprAtFpr(inside, outside, 0.01)),
      },
    ]);
    return {
      values: Object.fromEntries(values),
      samples,
      notes: [
        `Scores are log p of the label. Members: ${members.y.length} forget examples; ${others.y.length} fresh points.`,
      ],
    };
  },
});
