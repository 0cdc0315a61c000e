// L = E[MSE(ε_θ(x_t, t, c_f), ε̂(∅) - η (ε̂(c_f) - ε̂(∅)))] on points x_t of the model's own sampling paths: negative guidance as a
// target. OPTML-Group/AdvUnlearn, train-scripts/utils/get_loss.py. The paper has no retain term; one can be added.
import type { Citation } from '../engine/base/schema.ts';
import type { Method } from '../engine/contracts/method.ts';
import { advanceWith, begin } from '../engine/method-kinds.ts';
import { meanSquare } from './shared/conditions.ts';
import { esdParams, guidedAway } from './shared/negative-guidance.ts';
import { pathsFor, pointsAt } from './shared/paths.ts';

const citation: Citation = {
  authors: 'Gandikota, Materzyńska, Fiotto-Kaufman, Bau',
  title: 'Erasing Concepts from Diffusion Models',
  year: 2023,
  url: 'https://arxiv.org/abs/2303.07345',
  where: 'eq. 6-7',
};

const method: Method<typeof esdParams> = {
  id: 'esd',
  title: 'Erased stable diffusion (ESD)',
  short: 'ESD',
  summary: 'Teaches the model to say under the erased condition the opposite of what the condition adds.',
  formula: 'L = E[MSE(ε_θ(x_t, t, c_f), ε̂(∅) − η (ε̂(c_f) − ε̂(∅)))]',
  page: {
    idea: 'Guidance strengthens a condition when a sample is drawn. ESD trains its opposite into the weights: under the erased condition the model is led away from what it used to draw.',
    tex: String.raw`\mathcal L=\mathbb E_{x_t\sim\text{paths}}\ \mathrm{MSE}\big(\varepsilon_\theta(x_t,t,c_f),\ \hat\varepsilon(x_t,t,\varnothing)-\eta\,(\hat\varepsilon(x_t,t,c_f)-\hat\varepsilon(x_t,t,\varnothing))\big)`,
    lookFor:
      'The samples are led into empty space: most lie in no class. The larger η, the further, and the more the others suffer.',
    failsWhen:
      'The paper adds no retain term; here the other classes are gone without one, as under any method that reads the forget set alone.',
  },
  citation,
  needs: ['forget', 'original'],
  heads: ['real'],
  conditions: true,
  start: 'original',
  schedule: 'iterative',
  exposes: ['gradient'],
  params: esdParams,
  recipes: [
    {
      id: 'esd-rt',
      title: 'Erased stable diffusion with retain term (ESD+RT)',
      short: 'ESD+RT',
      summary: 'Negative guidance under the erased condition, ordinary training under the others.',
      citation,
      retain: { kind: 'ce' },
    },
  ],
  init: (ctx) => begin(ctx, ctx.start),
  step: (state, ctx) => {
    const batch = ctx.batch('forget');
    const paths = pathsFor(ctx, state, batch, ctx.settings.refresh);
    const rows = guidedAway(ctx, batch, pointsAt(paths, ctx.keys, 'time', ctx.step), ctx.settings.eta);
    const own = { ...ctx, batch: (split: 'forget' | 'retain') => (split === 'forget' ? rows : ctx.batch(split)) };
    const next = advanceWith(own, state, [{ term: meanSquare, settings: ctx.laneSettings }]);
    return { state: { ...next, paths } };
  },
};
export default method;
