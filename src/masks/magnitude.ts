// Score |θ_o|: a control that looks at the weights alone.
import type { Mask } from '../engine/contracts/method.ts';

const mask: Mask = {
  id: 'magnitude',
  title: 'Magnitude',
  summary: 'Frees the largest weights: a control that does not look at the forget set.',
  citation: {
    authors: 'Jia, Liu, Ram, Yao, Liu, Liu, Sharma, Liu',
    title: 'Model Sparsity Can Simplify Machine Unlearning',
    year: 2023,
    url: 'https://arxiv.org/abs/2304.04934',
    where: 'magnitude pruning',
  },
  needs: ['original'],
  score: ({ original }) => original().map(Math.abs),
};
export default mask;
