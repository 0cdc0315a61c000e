import { harmonicMean } from '../engine/base/statistics.ts';
import { accuracy, type EvalSplit, type EvalView, type Metric, meanOver } from '../engine/contracts/metric.ts';
import { probabilities, truthRatios } from './shared/agreement.ts';

const SIDES: readonly EvalSplit[] = ['retain', 'testRetain'];

/** Mean p_y, accuracy, and mean of max(0, 1 - truth ratio). */
const scoresOf = (view: EvalView, side: EvalSplit): readonly number[] => {
  const labels = view.labels(side);
  const p = probabilities(view, side);
  const ratios = truthRatios(view, side);
  return [
    meanOver(labels.length, (row) => p[row * view.classes + (labels[row] as number)] as number),
    accuracy(view, side),
    meanOver(labels.length, (row) => Math.max(0, 1 - (ratios[row] as number))),
  ];
};

const metric: Metric = {
  id: 'modelUtility',
  title: 'Model utility',
  summary:
    'Harmonic mean of probability, accuracy and truth-ratio score on the retain set and on fresh points of its kind: one that breaks drags it to 0.',
  formula: 'harmonic mean of E p_y, accuracy and E max(0, 1 − R) on D_r and on fresh retain points',
  citation: {
    authors: 'Maini, Feng, Schwarzschild, Lipton, Kolter',
    title: 'TOFU: A Task of Fictitious Unlearning for LLMs',
    year: 2024,
    url: 'https://arxiv.org/abs/2401.06121',
    where: 'section 2.2.2, Model Utility',
  },
  unit: 'fraction',
  better: 'match-retrained',
  when: 'last',
  undefinedWhen: 'Needs retain points.',
  compute: (view) => {
    const sides = SIDES.filter((side) => view.labels(side).length > 0);
    return harmonicMean(sides.flatMap((side) => scoresOf(view, side)));
  },
};
export default metric;
