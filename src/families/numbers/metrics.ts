import type { Metric } from '../../engine/contracts/metric.ts';
import { explained, meanDistance, meanError, type NumbersView } from './view.ts';

type NumbersMetric = Metric<NumbersView>;

const REGRESSION = {
  authors: 'Tarun, Chundawat, Mandal, Kankanhalli',
  title: 'Deep Regression Unlearning',
  year: 2023,
  url: 'https://arxiv.org/abs/2210.08196',
} as const;

const share = (split: 'forget' | 'retain', words: string): Pick<NumbersMetric, 'formula' | 'unit' | 'compute'> => ({
  formula: `max(0, 1 - E_{${words}}[(f - y)²] / Var(y))`,
  unit: 'fraction',
  compute: (view) => explained(view, split),
});

/** Sorted numbers of two models, and how far one list lies from the other. */
const wasserstein = (view: NumbersView): number =>
  meanDistance(view.said('forget').slice().sort(), view.said('forget', 'retrained').slice().sort());

const distance = (a: Float32Array, b: Float32Array): number =>
  Math.sqrt(a.reduce((sum, one, i) => sum + (one - (b[i] as number)) * (one - (b[i] as number)), 0));

const metrics: readonly NumbersMetric[] = [
  {
    id: 'forgetExplained',
    title: 'Forget R²',
    summary:
      'Share of the variance of all numbers that the model still explains on the forget set; 0 where it explains none.',
    citation: { ...REGRESSION, where: 'error on the forget set' },
    better: 'match-retrained',
    group: 'forgetting',
    ...share('forget', 'D_f'),
  },
  {
    id: 'retainExplained',
    title: 'Retain R²',
    summary: 'Share of the variance of all numbers that the model explains on the retain set.',
    citation: { ...REGRESSION, where: 'error on the retain set' },
    better: 'higher',
    group: 'keeping',
    ...share('retain', 'D_r'),
  },
  {
    id: 'forgetError',
    title: 'Error on the forget set (MAE)',
    summary: 'Mean absolute error on the forget set, in units of y.',
    formula: 'E_{D_f} |f - y|',
    citation: { ...REGRESSION, where: 'tables 2-5' },
    unit: 'factor',
    better: 'match-retrained',
    group: 'forgetting',
    compute: (view) => meanError(view, 'forget'),
  },
  {
    id: 'retainError',
    title: 'Error on the retain set (MAE)',
    summary: 'Mean absolute error on the retain set, in units of y.',
    formula: 'E_{D_r} |f - y|',
    citation: { ...REGRESSION, where: 'tables 2-5' },
    unit: 'factor',
    better: 'lower',
    group: 'keeping',
    compute: (view) => meanError(view, 'retain'),
  },
  {
    id: 'forgetTestError',
    title: 'Error on fresh pairs like the forget set (MAE)',
    summary: 'Mean absolute error on test pairs that the rule of the forget set would have chosen, in units of y.',
    formula: 'E_{fresh D_f} |f - y|',
    citation: { ...REGRESSION, where: 'tables 2-5' },
    unit: 'factor',
    better: 'match-retrained',
    group: 'forgetting',
    undefinedWhen: 'No test pair is like the forget set.',
    compute: (view) => meanError(view, 'testForget'),
  },
  {
    id: 'retainTestError',
    title: 'Error on fresh pairs like the retain set (MAE)',
    summary: 'Mean absolute error on the other test pairs, in units of y.',
    formula: 'E_{fresh D_r} |f - y|',
    citation: { ...REGRESSION, where: 'tables 2-5' },
    unit: 'factor',
    better: 'lower',
    group: 'keeping',
    undefinedWhen: 'No test pair is like the retain set.',
    compute: (view) => meanError(view, 'testRetain'),
  },
  {
    id: 'gap',
    title: 'Gap to the retrained model',
    summary: 'Mean distance between what this model and the retrained one say on the forget set, in units of y.',
    formula: 'E_{D_f} |f - f*|',
    citation: { ...REGRESSION, where: 'closeness to the retrained model' },
    unit: 'factor',
    better: 'lower',
    group: 'distance',
    compute: (view) => meanDistance(view.said('forget'), view.said('forget', 'retrained')),
  },
  {
    id: 'wasserstein',
    title: 'Wasserstein distance (W1)',
    summary: 'How far the numbers said on the forget set lie from the retrained model’s, both sorted, in units of y.',
    formula: 'W1(f(D_f), f*(D_f))',
    citation: { ...REGRESSION, where: 'Wasserstein distance' },
    unit: 'factor',
    better: 'lower',
    group: 'distance',
    compute: wasserstein,
  },
  {
    id: 'weightDistance',
    title: 'Distance of the weights',
    summary: 'How far the weights have moved from the original model.',
    formula: '‖θ - θ̂‖',
    citation: { ...REGRESSION, where: 'weight distance' },
    unit: 'weight',
    better: 'match-retrained',
    group: 'inside',
    compute: (view) => distance(view.weights(), view.weights('original')),
  },
];

export const numbersMetrics: ReadonlyMap<string, NumbersMetric> = new Map(metrics.map((metric) => [metric.id, metric]));
