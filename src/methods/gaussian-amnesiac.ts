// c E_f (f - ỹ)² + (1 - c) E_r (f - y)², ỹ ~ N(mean of y, deviation of y) over all training numbers; c is the share of the forget
// set in the step's rows, so that this is training with replaced targets. Tarun et al. 2023, section 4.2; their code has none of it.

import { normal } from '../engine/base/random.ts';
import type { ParamSchema } from '../engine/base/schema.ts';
import * as tf from '../engine/base/tf.ts';
import type { HyperValues, LaneValues, Method } from '../engine/contracts/method.ts';
import type { RowTerm } from '../engine/contracts/rows.ts';
import { advanceWith, begin } from '../engine/method-kinds.ts';
import { crossEntropy } from '../engine/objective/rows.ts';

const params = {
  redraw: {
    kind: 'choice',
    label: 'Draw numbers',
    help: 'Once before the start, as in the paper, or anew in every pass over the forget set: then the model learns their mean.',
    default: 'once',
    options: ['once', 'every pass'],
  },
} as const satisfies ParamSchema;

const replaced: RowTerm<LaneValues<typeof params>, HyperValues<typeof params>> = {
  on: 'forget',
  pulls: [{ towards: 'alternative', weight: () => 1 }],
  loss: (rows) => tf.neg(rows.rowLogPAlternative),
};
const kept = crossEntropy('retain');

const method: Method<typeof params> = {
  id: 'gaussian-amnesiac',
  title: 'Gaussian amnesiac',
  short: 'Gaussian',
  summary: 'Trains the forget set towards random numbers, the rest towards its own.',
  formula: 'L = c E_f (f − ỹ)² + (1 − c) E_r (f − y)², ỹ ~ N(mean y, sd y)',
  page: {
    idea: 'Random labels for numbers: each pair to be forgotten gets a number from a bell curve as wide as all numbers together, and training goes on with those.',
    tex: String.raw`\mathcal L=c\,\mathbb{E}_f(f-\tilde y)^2+(1-c)\,\mathbb{E}_r(f-y)^2,\qquad \tilde y\sim\mathcal N(\bar y,\sigma_y^2)`,
    lookFor:
      'The curve is drawn to the middle of all numbers where it was to forget, and is worse there than a model that never saw these pairs.',
    failsWhen:
      'It over-forgets: a retrained model goes on sensibly from the neighbors, this one is taught noise. The rest of the curve suffers beside it.',
  },
  citation: {
    authors: 'Tarun, Chundawat, Mandal, Kankanhalli',
    title: 'Deep Regression Unlearning',
    year: 2023,
    url: 'https://arxiv.org/abs/2210.08196',
    where: 'section 4.2, Gaussian amnesiac learning',
  },
  needs: ['forget', 'retain', 'alternativeLabels'],
  heads: ['real'],
  start: 'original',
  schedule: 'iterative',
  params,
  recipes: [],
  exposes: ['outputs', 'gradient'],
  terms: [replaced, kept],
  alternativeNumbers: ({ redraw }) => ({
    redraw: redraw === 'every pass',
    draw: ({ count, mean, deviation, key }) =>
      Float32Array.from({ length: count }, (_, i) => mean + deviation * normal(key, i)),
  }),
  init: (ctx) => begin(ctx, ctx.start),
  step: (state, ctx) => {
    const [forget, retain] = [ctx.batch('forget').size, ctx.batch('retain').size];
    const scaleOf = (rows: number) => ctx.laneSettings.map(() => rows / (forget + retain));
    return {
      state: advanceWith(ctx, state, [
        { term: replaced, settings: ctx.laneSettings, scale: scaleOf(forget) },
        { term: kept, settings: ctx.laneSettings, scale: scaleOf(retain) },
      ]),
    };
  },
};
export default method;
