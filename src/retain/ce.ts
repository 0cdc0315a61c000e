// λ E_retain[-log p_y]: go on training on what is kept.
import type { RetainTerm } from '../engine/contracts/method.ts';
import { crossEntropy } from '../engine/objective/rows.ts';

const term: RetainTerm = {
  id: 'ce',
  title: 'Cross-entropy on the retain set',
  short: 'RT',
  summary: 'Goes on training on what is to be kept.',
  formula: '+ λ E_retain[−log p_y]',
  citation: {
    authors: 'Liu, Liu, Stone',
    title: 'Continual Learning and Private Unlearning',
    year: 2022,
    url: 'https://arxiv.org/abs/2203.12817',
    where: 'gradient difference',
  },
  needs: ['retain'],
  heads: ['categorical', 'real'],
  sequences: true,
  term: crossEntropy('retain'),
};
export default term;
