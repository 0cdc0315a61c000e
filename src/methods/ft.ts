// min E_retain[-log p_y] from the original model: forget by drift.
// As in OPTML-Group/Unlearn-Saliency, Classification/unlearn/FT.py.
import { rowMethod } from '../engine/method-kinds.ts';
import { crossEntropy } from '../engine/objective/rows.ts';

export default rowMethod({
  id: 'ft',
  title: 'Fine-tune on the retain set (FT)',
  short: 'FT',
  summary: 'Goes on training on what is kept and hopes that the rest fades; it mostly does not.',
  formula: 'min over θ, from θ_o: E_retain[−log p_y]',
  page: {
    idea: 'Go on training on what is kept and never mention the rest. Networks forget what they do not rehearse, the hope goes.',
    tex: String.raw`\min_\theta\ \mathbb{E}_{r}[-\log p_y]\quad\text{from }\theta_o`,
    lookFor:
      'Compare with doing nothing: if the data are fitted, there is no gradient left and next to nothing changes.',
    failsWhen: 'Memorized points stay, because nothing in the objective asks to forget them.',
  },
  citation: {
    authors: 'Warnecke, Pirch, Wressnegger, Rieck',
    title: 'Machine Unlearning of Features and Labels',
    year: 2023,
    url: 'https://arxiv.org/abs/2108.11577',
    where: 'fine-tuning baseline',
  },
  needs: ['retain'],
  heads: ['categorical', 'real'],
  sequences: true,
  start: 'original',
  schedule: 'iterative',
  params: {},
  recipes: [],
  terms: [crossEntropy('retain')],
});
