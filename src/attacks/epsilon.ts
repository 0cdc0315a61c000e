// ε of approximate unlearning, example by example, from many unlearned and many retrained models.
// Triantafillou et al., "Are we making progress in unlearning?", 2024 (the NeurIPS 2023 competition), section 4.

import { epsilonOf } from '../engine/base/attack-statistics.ts';
import { exp } from '../engine/base/math.ts';
import { attack, type ShadowPlan, single } from '../engine/contracts/attack.ts';
import { accuracyOn, drawFrom, logitOfLoss, lossesOn, pickPoints } from '../engine/contracts/attack-rows.ts';

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const LARGEST = 50;

export default attack({
  id: 'epsilon',
  title: 'ε of forgetting',
  summary:
    'Unlearns and retrains many times and asks, example by example, how well any threshold tells the two apart: the measure of the 2023 competition. Zero is indistinguishable.',
  citation: {
    authors: 'Triantafillou, Kairouz, Pedregosa, Hayes, Kurmanji, Zhao and others',
    title: 'Are We Making Progress in Unlearning? Findings from the First NeurIPS Unlearning Competition',
    year: 2024,
    url: 'https://arxiv.org/abs/2406.09073',
    where: 'section 4',
  },
  params: {
    models: {
      kind: 'int',
      label: 'Models of each kind',
      symbol: 'N',
      help: 'Unlearned and retrained models. With few of them ε cannot be large or certain: rates are known to 1/N.',
      default: 12,
      min: 4,
      max: 128,
    },
    examples: {
      kind: 'int',
      label: 'Examples',
      help: 'Forget examples that are looked at.',
      default: 50,
      min: 1,
      max: 1000,
    },
    delta: {
      kind: 'number',
      label: 'Slack',
      symbol: 'δ',
      help: 'Probability with which the guarantee may fail.',
      default: 0.01,
      min: 0,
      max: 0.5,
      scale: 'linear',
    },
    side: {
      kind: 'choice',
      label: 'Side of a threshold',
      help: 'The definition takes the larger of the two errors’ bounds. Some code takes the smaller one, which is far more lenient.',
      default: 'larger',
      options: ['larger', 'smaller'],
    },
  },
  values: [
    {
      id: 'epsilon',
      title: 'Mean ε',
      summary: 'Mean over the examples, one that is told apart without error counting as 50.',
      unit: 'nats',
    },
    {
      id: 'forgettingQuality',
      title: 'Forgetting quality',
      summary: 'Mean of 2^-ε over the examples: 1 is indistinguishable from retraining.',
      unit: 'fraction',
    },
    {
      id: 'competitionScore',
      title: 'Competition score',
      summary:
        'Forgetting quality times what is kept of the retrained models’ accuracy on the retain and the test set.',
      unit: 'fraction',
    },
  ],
  work: ({ models }, { forget, retain, training, unlearning }) =>
    3 * models * ((forget + retain) * (training + unlearning) + retain * training),
  run: function* (view, { models, examples, delta, side }) {
    const { model, dataset, split, key } = view;
    const D = dataset.inputs;
    const everything = Int32Array.from(dataset.train.y, (_, i) => i);
    const none = new Int32Array();
    const repeat = (name: string, train: Int32Array, forget: Int32Array): ShadowPlan[] =>
      Array.from({ length: models }, (_, k) => ({ name: `${name}/${k}`, train, forget }));
    const networks = yield* view.shadows([
      ...repeat('unlearned', everything, split.forget),
      ...repeat('retrained', split.retain, none),
    ]);
    const chosen = pickPoints(dataset.train, drawFrom(split.forget, examples, key, 'examples'), D);
    const scores = networks.map((weights) => lossesOn(model, weights, chosen).map(logitOfLoss));
    const epsilons = Array.from(chosen.y, (_, at) =>
      epsilonOf(
        scores.slice(0, models).map((row) => row[at] as number),
        scores.slice(models).map((row) => row[at] as number),
        delta,
        side,
      ),
    );
    const kept = pickPoints(dataset.train, split.retain, D);
    const accuracies = networks.map((weights) => [
      accuracyOn(model, weights, kept),
      accuracyOn(model, weights, dataset.test),
    ]);
    const ratio = (which: 0 | 1) =>
      mean(accuracies.slice(0, models).map((pair) => pair[which] as number)) /
      mean(accuracies.slice(models).map((pair) => pair[which] as number));
    const quality = mean(epsilons.map((epsilon) => exp(-epsilon * Math.LN2)));
    return {
      values: {
        unlearned: {
          epsilon: single(mean(epsilons.map((epsilon) => Math.min(LARGEST, epsilon)))),
          forgettingQuality: single(quality),
          competitionScore: single(quality * ratio(0) * ratio(1)),
        },
      },
      notes: [
        `${models} unlearned and ${models} retrained models, ${chosen.y.length} examples; ${epsilons.filter((value) => value === Number.POSITIVE_INFINITY).length} of them are told apart without error.`,
      ],
    };
  },
});
