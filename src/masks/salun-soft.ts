// After every step all changes θ - θ_o are drawn back by the same amount, so that only the largest are left (the proximal
// operator of the L1 norm): the mask is found while unlearning. The share that may differ closes from all to `keep`.
// Fan et al., ICLR 2024, appendix, soft-thresholding SalUn; OPTML-Group/Unlearn-Saliency, Classification/unlearn/RL_pro.py.
import type { Mask } from '../engine/method.ts';

const mask: Mask = {
  id: 'salun-soft',
  title: 'Soft saliency (proximal SalUn)',
  short: 'Soft SalUn',
  summary: 'Lets all weights move and keeps only the largest changes, more strictly from step to step.',
  citation: {
    authors: 'Fan, Liu, Zhang, Wong, Wei, Liu',
    title: 'SalUn: Empowering Machine Unlearning via Gradient-Based Weight Saliency',
    year: 2024,
    url: 'https://arxiv.org/abs/2310.12508',
    where: 'soft-thresholding SalUn',
  },
  needs: [],
};
export default mask;
