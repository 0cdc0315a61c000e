// Score |(θ_o - g_r / μ) ⊙ g_f| with the mean gradients g_f, g_r of the cross-entropy on the forget and the retain set: how
// much removing a weight changes forgetting, less what it means for the retain set. Jia et al., NeurIPS 2024;
// OPTML-Group/WAGLE, src/unlearn/generate_mask.py, snip_advanced. μ large leaves |θ_o ⊙ g_f|, the score of SNIP; that
// code's μ of 1e-3 and its settings' 1e-6 leave |g_r ⊙ g_f|. There gradients are summed over batches, so μ grows with them.
import type { RankingMask } from '../engine/contracts/method.ts';

const mask: RankingMask = {
  id: 'wagle',
  title: 'Weight attribution (WAGLE)',
  summary: 'Frees the weights that matter to the forget set, and counts what they mean to the retain set.',
  citation: {
    authors: 'Jia, Liu, Zhang, Ram, Baracaldo, Liu',
    title: 'WAGLE: Strategic Weight Attribution for Effective and Modular Unlearning in Large Language Models',
    year: 2024,
    url: 'https://arxiv.org/abs/2410.17509',
    where: 'weight attribution score',
  },
  needs: ['forget', 'retain', 'original'],
  params: {
    mu: {
      kind: 'number',
      label: 'Weight of the retain set’s curvature',
      symbol: 'μ',
      help: 'Small values look at the product of both gradients, large ones at weight times gradient on the forget set.',
      paperName: 'mu',
      default: 0.05,
      min: 1e-6,
      max: 1e6,
      scale: 'log',
    },
  },
  score: (lane, params) => {
    const mu = params['mu'] as number;
    const [forget, retain] = [lane.gradient('forget'), lane.gradient('retain')];
    return lane.original().map((weight, i) => Math.abs((weight - (retain[i] as number) / mu) * (forget[i] as number)));
  },
};
export default mask;
