// Score: the place in the network. The weights nearest to the output are free, the last of the freed layers in part.
import type { Mask } from '../engine/method.ts';

const mask: Mask = {
  id: 'layers',
  title: 'Last layers',
  summary: 'Frees the layers nearest to the output, as far as the share of weights reaches.',
  citation: {
    authors: 'Goel, Prabhu, Sanyal, Lim, Torr, Kumaraguru',
    title: 'Towards Adversarial Evaluations for Inexact Machine Unlearning',
    year: 2022,
    url: 'https://arxiv.org/abs/2201.06640',
    where: 'the last k layers',
  },
  needs: [],
  score: ({ model }) => Float32Array.from({ length: model.size }, (_, i) => i),
};
export default mask;
