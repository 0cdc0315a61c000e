// L = E_s[||ε_θ(x_t, t, c_f) - ε||²] with x_t from the data of another class c_s: the erased condition is trained on another
// class's points. Kumari et al. 2023 train the condition of a concept on images of an anchor concept ("noise-based" loss).
import { rowMethod } from '../engine/method-kinds.ts';
import { substituted, substituteSpec, sumSquare } from './shared/conditions.ts';

export default rowMethod({
  id: 'substitute',
  title: 'Another class’s data (substitute)',
  short: 'Subst',
  summary: 'Goes on training under the erased condition, with the points of another class.',
  formula: 'L = E_s[‖ε_θ(x_t, t, c_f) − ε‖²], x_t from c_s',
  page: {
    idea: 'Give the condition a new meaning. The model goes on learning as ever, but under the condition of the erased class it now sees the points of another one.',
    tex: String.raw`\mathcal L=\mathbb E_{x_0\sim c_s,\,t,\,\varepsilon}\big\|\varepsilon_\theta(x_t,t,c_f)-\varepsilon\big\|^2`,
    lookFor:
      'Under the erased condition the cloud moves into the other one and hardly any sample lies nowhere; the rest stays as it was.',
    failsWhen:
      'The condition is renamed and what lay behind it mostly stays: an attack on the condition within a small ball finds the erased class again far more often than in a retrained model.',
  },
  citation: {
    authors: 'Kumari, Zhang, Wang, Shechtman, Zhang, Zhu',
    title: 'Ablating Concepts in Text-to-Image Diffusion Models',
    year: 2023,
    url: 'https://arxiv.org/abs/2303.13516',
    where: 'noise-based concept ablation',
  },
  needs: ['forget', 'alternativeLabels'],
  heads: ['real'],
  conditions: true,
  start: 'original',
  schedule: 'iterative',
  params: substituteSpec,
  recipes: [
    {
      id: 'substitute-rt',
      title: 'Another class’s data with retain term (substitute+RT)',
      short: 'Subst+RT',
      summary: 'The erased condition gets another class’s points, the others keep their own.',
      citation: {
        authors: 'Kumari, Zhang, Wang, Shechtman, Zhang, Zhu',
        title: 'Ablating Concepts in Text-to-Image Diffusion Models',
        year: 2023,
        url: 'https://arxiv.org/abs/2303.13516',
        where: 'with regularization',
      },
      retain: { kind: 'ce' },
    },
  ],
  terms: [{ ...sumSquare, of: 'alternatives' }],
  alternatives: ({ substitute }) => ({ ...substituted(substitute as number), ofOthers: true }),
});
