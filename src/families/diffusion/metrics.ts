import type { Metric } from '../../engine/contracts/metric.ts';
import { type CloudsView, erasedHits, garbage, keptDistance, keptHits, meanKeptHits, nullLeak } from './view.ts';

type CloudsMetric = Metric<CloudsView>;

const CANVAS = {
  authors: 'Zhang, Fan, Zhang, Yao, Jia, Liu and others',
  title: 'UnlearnCanvas: A Stylized Image Dataset to Benchmark Machine Unlearning for Diffusion Models',
  year: 2024,
  url: 'https://arxiv.org/abs/2402.11846',
} as const;

const SALUN = {
  authors: 'Fan, Liu, Zhang, Wong, Wei, Liu',
  title: 'SalUn: Empowering Machine Unlearning via Gradient-Based Weight Saliency',
  year: 2024,
  url: 'https://arxiv.org/abs/2310.12508',
} as const;

const SLICED = {
  authors: 'Bonneel, Rabin, Peyré, Pfister',
  title: 'Sliced and Radon Wasserstein Barycenters of Measures',
  year: 2015,
  url: 'https://doi.org/10.1007/s10851-014-0506-3',
} as const;

const distance = (a: Float32Array, b: Float32Array): number =>
  Math.sqrt(a.reduce((sum, one, i) => sum + (one - (b[i] as number)) * (one - (b[i] as number)), 0));

const metrics: readonly CloudsMetric[] = [
  {
    id: 'erasedHits',
    title: 'Erased class still drawn',
    summary: 'Share of the samples under the erased class that lie where it was: within three standard deviations.',
    formula: 'P(x ∈ cloud of c_f | x ~ p(·|c_f))',
    citation: { ...SALUN, where: 'unlearning accuracy, class-wise forgetting' },
    unit: 'fraction',
    better: 'match-retrained',
    group: 'forgetting',
    compute: erasedHits,
  },
  {
    id: 'keptHits',
    title: 'Kept classes still drawn (IRA)',
    summary: 'Share of the samples under each other class that lie where it is, on average.',
    formula: 'E_{c ≠ c_f} P(x ∈ cloud of c | x ~ p(·|c))',
    citation: { ...CANVAS, where: 'in-domain retain accuracy' },
    unit: 'fraction',
    better: 'higher',
    group: 'keeping',
    compute: meanKeptHits,
  },
  {
    id: 'unlearningAccuracy',
    title: 'Unlearning accuracy (UA)',
    summary: 'Share of the samples under the erased class that do not lie where it was.',
    formula: '1 - P(x ∈ cloud of c_f | x ~ p(·|c_f))',
    citation: { ...CANVAS, where: 'unlearning accuracy' },
    unit: 'fraction',
    better: 'higher',
    group: 'forgetting',
    compute: (view) => 1 - erasedHits(view),
  },
  {
    id: 'garbage',
    title: 'Garbage under the erased class',
    summary: 'Share of the samples under the erased class that lie in no class at all: noise, and not another class.',
    formula: 'P(x in no cloud | x ~ p(·|c_f))',
    citation: { ...SALUN, where: 'what is drawn in place of the class' },
    unit: 'fraction',
    better: 'lower',
    group: 'forgetting',
    compute: garbage,
  },
  {
    id: 'worstKeptHits',
    title: 'Worst kept class',
    summary: 'Share of hits of the kept class that has suffered most.',
    formula: 'min_{c ≠ c_f} P(x ∈ cloud of c | x ~ p(·|c))',
    citation: { ...CANVAS, where: 'in-domain retain accuracy, by class' },
    unit: 'fraction',
    better: 'higher',
    group: 'keeping',
    compute: (view) => Math.min(...keptHits(view)),
  },
  {
    id: 'slicedWasserstein',
    title: 'Distance of kept clouds (sliced W1)',
    summary:
      'How far the samples of each kept class lie from fresh points of it: the mean over 16 directions, then over classes.',
    formula: 'E_{c ≠ c_f} SW1(samples under c, fresh points of c)',
    citation: { ...SLICED, where: 'sliced Wasserstein distance' },
    unit: 'factor',
    better: 'lower',
    group: 'distance',
    compute: keptDistance,
  },
  {
    id: 'nullLeak',
    title: 'Erased class without a condition',
    summary: 'Share of the samples under no condition that lie where the erased class was.',
    formula: 'P(x ∈ cloud of c_f | x ~ p(·|∅))',
    citation: { ...CANVAS, where: 'what is left without the prompt' },
    unit: 'fraction',
    better: 'match-retrained',
    group: 'forgetting',
    compute: nullLeak,
  },
  {
    id: 'weightDistance',
    title: 'Distance of the weights',
    summary: 'How far the weights have moved from the original model.',
    formula: '‖θ - θ̂‖',
    citation: { ...SALUN, where: 'weight saliency' },
    unit: 'weight',
    better: 'match-retrained',
    group: 'inside',
    compute: (view) => distance(view.weights(), view.weights('original')),
  },
];

export const cloudsMetrics: ReadonlyMap<string, CloudsMetric> = new Map(metrics.map((metric) => [metric.id, metric]));
