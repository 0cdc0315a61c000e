// U-LiRA: per example, models that were trained with it and unlearned it, against models that never saw it.
// Hayes, Shumailov, Triantafillou, Khalifa, Papernot, "Inexact Unlearning Needs More Careful Evaluations", SaTML 2025, section 4.

import { bestBalancedAccuracy, logLikelihoodRatio, tprAtFpr } from '../engine/base/attack-statistics.ts';
import { foldIn, permutation } from '../engine/base/random.ts';
import { areaUnderCurve } from '../engine/base/statistics.ts';
import { attack, type ShadowPlan, single } from '../engine/contracts/attack.ts';
import { logitOfLoss, lossesOn, pickPoints } from '../engine/contracts/attack-rows.ts';

export default attack({
  id: 'lira',
  title: 'U-LiRA',
  summary:
    'Trains shadow models with and without each example, unlearns it where it was in, and asks for every example which of the two an answer looks like: attacks on whole sets miss the examples that are given away.',
  citation: {
    authors: 'Hayes, Shumailov, Triantafillou, Khalifa, Papernot',
    title: 'Inexact Unlearning Needs More Careful Evaluations to Avoid a False Sense of Privacy',
    year: 2025,
    url: 'https://arxiv.org/abs/2403.01218',
    where: 'section 4, U-LiRA',
  },
  params: {
    models: {
      kind: 'int',
      label: 'Pairs of shadow models',
      symbol: 'N',
      help: 'Each pair shares the forget set out: what one is trained on and unlearns, the other never sees. Every example then has N models on either side.',
      default: 8,
      min: 3,
      max: 64,
    },
  },
  values: [
    {
      id: 'liraAuc',
      title: 'U-LiRA AUC',
      summary:
        'Area under the ROC curve over all examples and shadow models, each judged by the others; 0.5 is chance.',
      unit: 'fraction',
    },
    {
      id: 'liraAccuracy',
      title: 'Balanced accuracy',
      summary: 'Best mean of both hit rates over all thresholds of the likelihood ratio.',
      unit: 'fraction',
    },
    {
      id: 'liraTprAt1',
      title: 'TPR at 1 % FPR',
      summary: 'Share of unlearned examples that are recognized while one unseen example in a hundred is accused.',
      unit: 'fraction',
    },
  ],
  work: ({ models }, { forget, retain, training, unlearning }) =>
    2 * models * 3 * (forget / 2 + retain) * (training + unlearning),
  refuses: ({ split }) =>
    split.forget.length < 2 ? 'It shares the forget set out in halves, which takes at least two examples.' : undefined,
  run: function* (view, { models }) {
    const { model, dataset, split, key } = view;
    const n = split.forget.length;
    const plans: ShadowPlan[] = [];
    const inside: Set<number>[] = [];
    for (let pair = 0; pair < models; pair++) {
      const order = permutation(foldIn(key, 'halves', pair), n);
      const half = n >> 1;
      // Of an odd number, one example is in neither half, another one in every pair: lanes of one size run together.
      for (const positions of [order.slice(0, half), order.slice(half, 2 * half)]) {
        const chosen = positions.sort().map((at) => split.forget[at] as number);
        inside.push(new Set(chosen));
        plans.push({
          name: `lira/${plans.length}`,
          train: Int32Array.from([...split.retain, ...chosen]).sort(),
          forget: chosen,
        });
      }
    }
    const networks = yield* view.shadows(plans);
    const points = pickPoints(dataset.train, split.forget, dataset.inputs);
    const scores = networks.map((weights) => lossesOn(model, weights, points).map(logitOfLoss));
    const own = lossesOn(model, view.weights('unlearned'), points).map(logitOfLoss);

    const [members, nonMembers]: [number[], number[]] = [[], []];
    const observed: number[] = [];
    split.forget.forEach((example, at) => {
      const sides = (besides: number) => {
        const of = (isIn: boolean) =>
          scores.flatMap((row, k) =>
            k !== besides && (inside[k] as Set<number>).has(example) === isIn ? [row[at] as number] : [],
          );
        return [of(true), of(false)] as const;
      };
      scores.forEach((row, k) => {
        const [whenIn, whenOut] = sides(k);
        const ratio = logLikelihoodRatio(row[at] as number, whenIn, whenOut);
        if (Number.isNaN(ratio)) return;
        ((inside[k] as Set<number>).has(example) ? members : nonMembers).push(ratio);
      });
      observed.push(logLikelihoodRatio(own[at] as number, ...sides(-1)));
    });
    return {
      values: {
        unlearned: {
          liraAuc: single(areaUnderCurve(members, nonMembers)),
          liraAccuracy: single(bestBalancedAccuracy(members, nonMembers)),
          liraTprAt1: single(tprAtFpr(members, nonMembers, 0.01)),
        },
      },
      samples: [{ subject: 'unlearned', members, nonMembers }],
      notes: [
        `${plans.length} shadow models, each trained on the retain set and one half of the forget set (${n >> 1} examples), which it then unlearns.`,
        `The model on screen has unlearned all ${n}: of them, ${observed.filter((ratio) => ratio > 0).length} look unlearned rather than never seen.`,
      ],
    };
  },
});
