// Soft-thresholding SalUn: min L(θ) + λ_t ‖θ - θ_o‖₁ by proximal steps. After each update a share of the weights, those that
// have moved least, goes back to θ_o, and all others come closer by as much as the last of these; the share falls in a
// straight line from 1 - keep to 0. Fan et al., ICLR 2024, appendix; OPTML-Group/Unlearn-Saliency,
// Classification/unlearn/RL_pro.py (which begins from the weights of each epoch anew, and there mask_ratio is the share that
// goes back).
import type { Mask } from '../engine/contracts/method.ts';

const mask: Mask = {
  id: 'salun-soft',
  title: 'Soft SalUn (proximal)',
  summary: 'Puts back the weights that have moved least after every step: ever fewer of them, until all are free.',
  citation: {
    authors: 'Fan, Liu, Zhang, Wong, Wei, Liu',
    title: 'SalUn: Empowering Machine Unlearning via Gradient-Based Weight Saliency',
    year: 2024,
    url: 'https://arxiv.org/abs/2310.12508',
    where: 'appendix, soft thresholding',
  },
  needs: [],
  settled: (keep, step, steps) => ((1 - keep) * (steps - step - 1)) / steps,
};
export default mask;
