// -log p_y at θ_o. Lowest: the points that the original fits best, the plain baseline beside the worst-case search of Fan et
// al., "Challenging Forgets", ECCV 2024. Highest: label noise and outliers first.
import { lossesOn } from '../engine/contracts/attack-rows.ts';
import { endOfScale, fromEnd, selector } from '../engine/contracts/selector.ts';

export default selector({
  id: 'loss',
  title: 'Training loss',
  summary: 'The points that the original model fits best (lowest loss), or worst (highest).',
  citation: {
    authors: 'Fan, Liu, Hero, Liu',
    title: 'Challenging Forgets: Unveiling the Worst-Case Forget Sets in Machine Unlearning',
    year: 2024,
    url: 'https://arxiv.org/abs/2403.07362',
    where: 'baseline of the worst-case forget set',
  },
  params: {
    end: endOfScale(
      'lowest',
      'Lowest: what even a retrained model still knows, because the rest of the data says it too. Highest: noise and outliers.',
    ),
  },
  score: ({ model, original, train }, params) => fromEnd(Float64Array.from(lossesOn(model, original, train)), params),
});
