// A random choice of weights: the control that any informed mask has to beat.

import { uniform } from '../engine/base/random.ts';
import type { Mask } from '../engine/contracts/method.ts';

const mask: Mask = {
  id: 'random',
  title: 'Random',
  summary: 'Frees weights at random: the control that any informed mask has to beat.',
  citation: {
    authors: 'Fan, Liu, Zhang, Wong, Wei, Liu',
    title: 'SalUn: Empowering Machine Unlearning via Gradient-Based Weight Saliency',
    year: 2024,
    url: 'https://arxiv.org/abs/2310.12508',
    where: 'random masking baseline',
  },
  needs: [],
  score: ({ model, key }) => new Float32Array(model.size).map((_, i) => uniform(key, i)),
};
export default mask;
