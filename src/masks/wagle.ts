// Score |(θ_o - g_retain / μ) ⊙ g_forget|: how much removing a weight would change the forget loss, less what the retain set
// would make up for. Jia et al., NeurIPS 2024, eq. 9; OPTML-Group/WAGLE, src/unlearn/generate_mask.py, snip_advanced. There
// gradients are summed over batches, so that μ is relative to their number; here they are means, and μ = 0.05.
import type { Mask } from '../engine/method.ts';

const MU = 0.05;

const mask: Mask = {
  id: 'wagle',
  title: 'Weight attribution (WAGLE)',
  short: 'WAGLE',
  summary: 'Frees the weights that matter to the forget set and that the retain set does not hold on to.',
  citation: {
    authors: 'Jia, Liu, Zhang, Ram, Baracaldo, Liu',
    title: 'WAGLE: Strategic Weight Attribution for Effective and Modular Unlearning in Large Language Models',
    year: 2024,
    url: 'https://arxiv.org/abs/2410.17509',
    where: 'eq. 9',
  },
  needs: ['forget', 'retain', 'original'],
  score: (lane) => {
    const [forget, retain] = [lane.gradient('forget'), lane.gradient('retain')];
    return lane.original().map((weight, i) => Math.abs((weight - (retain[i] as number) / MU) * (forget[i] as number)));
  },
};
export default mask;
