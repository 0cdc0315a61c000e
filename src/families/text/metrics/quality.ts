import { log } from '../../../engine/base/math.ts';
import { meanOf } from '../../../engine/base/statistics.ts';
import type { Metric } from '../../../engine/contracts/metric.ts';
import { answerProbability, forgetQualityOf, shareOfTruth, truthCloseness, utilityOf } from '../sequence-metrics.ts';
import {
  lossesOf,
  meanProbability,
  meanRecall,
  perturbedLosses,
  type Side,
  type TextView,
  truthRatiosOn,
  truthScoreOn,
} from '../view.ts';
import { rwku, tofu } from './citations.ts';

/** How likely true answers are, and what TOFU makes of that. */

type TextMetric = Metric<TextView>;

const NAMES: Readonly<Record<'forget' | 'retain' | 'near' | 'far', { readonly title: string; readonly of: string }>> = {
  forget: { title: 'Forget probability', of: 'the forgotten facts' },
  retain: { title: 'Retain probability', of: 'the facts to be kept' },
  near: { title: 'Near probability', of: 'the facts about siblings of the forgotten' },
  far: { title: 'Far probability', of: 'the facts about everybody else who is kept' },
};

const probability = (side: keyof typeof NAMES): TextMetric => ({
  id: `${side}Probability`,
  title: NAMES[side].title,
  summary: `How likely the model finds the learned answers to ${NAMES[side].of}, per word.`,
  formula: 'mean of p(a|q)^(1/|a|), the end of the answer included',
  citation: side === 'forget' || side === 'retain' ? tofu('Probability') : rwku('neighbor set: locality'),
  unit: 'fraction',
  better: side === 'forget' ? 'match-retrained' : 'higher',
  ...((side === 'near' || side === 'far') && { undefinedWhen: 'Needs kept facts of that kind.' }),
  compute: (view) => meanProbability(view, side),
});

const SETS: Readonly<Record<'forget' | 'retain' | 'real' | 'world', string>> = {
  forget: 'the forget set',
  retain: 'the retain set',
  real: 'real authors',
  world: 'capitals',
};

const recall = (side: keyof typeof SETS): TextMetric => ({
  id: `${side}Recall`,
  title: `ROUGE-L recall, ${SETS[side]}`,
  summary: `How much of the learned answer is in what the model says, on ${SETS[side]}.`,
  formula: 'longest common subsequence of the greedy answer and the learned one / length of the learned one',
  citation: tofu('ROUGE; greedy as in OpenUnlearning'),
  unit: 'fraction',
  better: side === 'forget' ? 'match-retrained' : 'higher',
  compute: (view) => meanRecall(view, side),
});

/** Mean p / (p + Σ p of the wrong answers). */
const shareOn = (view: TextView, side: Side): number => {
  const wrong = perturbedLosses(view, side);
  const p = (loss: number): number => answerProbability([-loss]);
  return meanOf(lossesOf(view, side).map((loss, n) => shareOfTruth(p(loss), (wrong[n] ?? []).map(p))));
};

const utility: TextMetric = {
  id: 'modelUtility',
  title: 'Model utility',
  summary:
    'Harmonic mean of probability, ROUGE-L recall and truth ratio on the retain set, on real authors and on capitals: one that breaks drags it to 0.',
  formula: 'harmonic mean of nine: {probability, ROUGE-L recall, mean max(0, 1 − R)} on {D_r, real authors, capitals}',
  citation: tofu('Model Utility; truth ratios geometric as in OpenUnlearning'),
  unit: 'fraction',
  better: 'higher',
  compute: (view) =>
    utilityOf([
      meanProbability(view, 'retain'),
      meanRecall(view, 'retain'),
      truthScoreOn(view, 'retain'),
      ...(['real', 'world'] as const).flatMap((side) => [
        shareOn(view, side),
        meanRecall(view, side),
        truthScoreOn(view, side),
      ]),
    ]),
};

const truthRatio: TextMetric = {
  id: 'truthRatio',
  title: 'Truth ratio, forget set',
  summary: 'Whether the true answer, in other words, is told from five wrong ones: near 1 it is not.',
  formula: 'mean min(R, 1/R) over D_f, R = (Π p of the wrong answers)^(1/5) / p of the true one, per word',
  citation: tofu('Truth Ratio; geometric and min(R, 1/R) as in OpenUnlearning'),
  unit: 'fraction',
  better: 'match-retrained',
  when: 'last',
  compute: (view) => truthCloseness(truthRatiosOn(view, 'forget')),
};

const quality = (view: TextView): number =>
  forgetQualityOf(truthRatiosOn(view, 'forget'), truthRatiosOn(view, 'forget', 'retrained'));

export const qualityMetrics: readonly TextMetric[] = [
  probability('forget'),
  probability('retain'),
  utility,
  recall('forget'),
  recall('retain'),
  recall('real'),
  recall('world'),
  probability('near'),
  probability('far'),
  truthRatio,
  {
    id: 'forgetQuality',
    title: 'Forget quality',
    summary:
      'Whether truth ratios on the forget set could be the retrained model’s: a p-value. With 15 or 30 questions even the original passes 0.01; with 150 it does not come near.',
    formula: 'p-value of the two-sample Kolmogorov–Smirnov test between R and R* on D_f',
    citation: tofu('Forget Quality'),
    unit: 'fraction',
    better: 'higher',
    when: 'last',
    compute: quality,
  },
  {
    id: 'forgetQualityLog',
    title: 'Forget quality, log10',
    summary:
      'The exponent of forget quality: 0 is indistinguishable, -1.3 is the usual limit. How far it can fall depends on how many questions there are.',
    formula: 'log₁₀ of forget quality',
    citation: tofu('Forget Quality, on the log scale of its figures'),
    unit: 'exponent',
    better: 'higher',
    compute: (view) => log(Math.max(quality(view), 1e-300)) / Math.LN10,
  },
];
