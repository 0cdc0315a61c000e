// L = E[||ε_θ(x_t, t, c_f) - ε̂(x_t, t, c_s)||²] + E[||ε_θ - ε̂||²], the first on samples of the original model θ̂ under c_f, the second
// on its samples under everything else: no data are read. After the forget score of Score Forgetting Distillation (Chen et
// al. 2025), without its generator; ours.
import { rowMethod } from '../engine/method-kinds.ts';
import { substituted, substituteSpec, sumSquare } from './shared/conditions.ts';

export default rowMethod({
  id: 'sfd-eps',
  title: 'Data-free score forgetting (SFD-ε)',
  short: 'SFD-ε',
  summary:
    'Learns from the original model’s own samples alone: another class’s score under the erased condition, its own under the others.',
  formula: 'L = E_f̂[‖ε_θ − ε̂(c_s)‖²] + E_r̂[‖ε_θ − ε̂‖²], on samples of θ_o',
  page: {
    idea: 'A model that draws can make its own training data. Under the erased condition it learns what the original says under another one, on the original’s samples; under all others, and none, it stays as it was.',
    tex: String.raw`\mathcal L=\mathbb E_{x_0\sim\hat p(\cdot|c_f)}\big\|\varepsilon_\theta(x_t,t,c_f)-\hat\varepsilon(x_t,t,c_s)\big\|^2+\mathbb E_{x_0\sim\hat p(\cdot|c\ne c_f)}\big\|\varepsilon_\theta-\hat\varepsilon\big\|^2`,
    lookFor:
      'The kept clouds stay as sharp as the original’s: the distance to the true points hardly changes, although no data are read.',
    failsWhen:
      'The model can be no better than the one it copies. What is drawn without a condition is copied as well, the erased class with it.',
  },
  citation: {
    authors: 'Chen, Zhang, Zhou',
    title: 'Score Forgetting Distillation: A Swift, Data-Free Method for Machine Unlearning in Diffusion Models',
    year: 2025,
    url: 'https://arxiv.org/abs/2409.11219',
    where: 'score forgetting loss; here without a generator',
  },
  needs: ['forget', 'retain', 'original', 'alternativeLabels', 'samples'],
  heads: ['real'],
  conditions: true,
  start: 'original',
  schedule: 'iterative',
  params: substituteSpec,
  recipes: [],
  terms: [
    sumSquare,
    { on: 'retain', pulls: [{ towards: 'reference', weight: () => 1 }], loss: (rows) => rows.divergence },
  ],
  alternatives: ({ substitute }) => substituted(substitute as number),
});
