// p_y - max_{c ≠ y} p_c at θ_o: below zero where the model is wrong. One of the scores of Anand, Tan, Minakova, "Influence
// Scores at Scale for Efficient Language Data Sampling", EMNLP 2023.

import { endOfScale, fromEnd, selector } from '../engine/contracts/selector.ts';
import { logitsAt } from '../engine/network/serve.ts';
import { softmaxAt } from '../engine/objective/divergences.ts';

export default selector({
  id: 'margin',
  title: 'Margin',
  summary: 'The points nearest to the decision boundary or beyond it (lowest margin), or farthest from it (highest).',
  citation: {
    authors: 'Anand, Tan, Minakova',
    title: 'Influence Scores at Scale for Efficient Language Data Sampling',
    year: 2023,
    url: 'https://arxiv.org/abs/2311.16298',
    where: 'margin score',
  },
  params: {
    end: endOfScale('lowest', 'Lowest: points that the model confuses. Highest: points of which it is surest.'),
  },
  score: ({ model, original, train }, params) => {
    const { classes } = model;
    const logits = logitsAt(model, original, train.x);
    const margins = Float64Array.from(train.y, (label, row) => {
      const p = softmaxAt(logits, row * classes, classes);
      const others = p.reduce((most, value, c) => (c === label ? most : Math.max(most, value)), 0);
      return (p[label] as number) - others;
    });
    return fromEnd(margins, params);
  },
});
