// Checked by the compiler alone: these lines are wrong or right as they say.

import type * as tf from '../src/engine/base/tf.ts';
import { rowMethod } from '../src/engine/method-kinds.ts';
import { crossEntropy } from '../src/engine/objective/rows.ts';

const info = {
  id: 'example',
  title: 'Example',
  short: 'EX',
  summary: 'An example.',
  formula: 'L = 0',
  citation: { authors: 'A', title: 'T', year: 2024, url: 'https://example.org' },
  start: 'original',
  schedule: 'iterative',
  recipes: [],
} as const;

/** A real hyperparameter arrives as a number in a weight and as a tensor per lane in a loss; a choice as one of its words. */
rowMethod({
  ...info,
  needs: ['forget'],
  params: {
    beta: { kind: 'number', label: 'b', help: 'h', default: 1, min: 0, max: 2, scale: 'linear' },
    mode: { kind: 'choice', label: 'm', help: 'h', default: 'one', options: ['one', 'two'] },
  },
  terms: [
    {
      on: 'forget',
      pulls: [
        {
          towards: 'label',
          weight: (_, { beta, mode }) => {
            const number: number = beta;
            const word: 'one' | 'two' = mode;
            return word === 'one' ? number : 1;
          },
        },
      ],
      loss: (rows, { beta }) => {
        const tensor: tf.Tensor = beta;
        return rows.logP ?? tensor;
      },
    },
    {
      on: 'forget',
      pulls: [],
      // @ts-expect-error: a hyperparameter that is not declared
      loss: (rows, { gamma }) => gamma ?? rows.logP,
    },
  ],
});

rowMethod({
  ...info,
  // @ts-expect-error: a misspelt need
  needs: ['forgett'],
  params: {},
  terms: [crossEntropy('forget')],
});
