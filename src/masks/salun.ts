// Score |Σ over the forget set of ∇(cross-entropy)| at θ_o, the absolute value taken after the sum; global over all
// weights and biases. OPTML-Group/Unlearn-Saliency, Classification/generate_mask.py, save_gradient_ratio.
import type { Mask } from '../engine/contracts/method.ts';

const mask: Mask = {
  id: 'salun',
  title: 'Saliency (SalUn)',
  short: 'SalUn',
  summary: 'Frees the weights with the largest gradient on the forget set.',
  citation: {
    authors: 'Fan, Liu, Zhang, Wong, Wei, Liu',
    title: 'SalUn: Empowering Machine Unlearning via Gradient-Based Weight Saliency',
    year: 2024,
    url: 'https://arxiv.org/abs/2310.12508',
    where: 'eq. 3',
  },
  needs: ['forget'],
  score: ({ gradient }) => gradient('forget').map(Math.abs),
};
export default mask;
