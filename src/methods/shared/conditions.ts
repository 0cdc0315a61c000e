import type { ParamSchema } from '../../engine/base/schema.ts';
import * as tf from '../../engine/base/tf.ts';
import type { AlternativeRule } from '../../engine/contracts/method.ts';
import type { RowTerm } from '../../engine/contracts/rows.ts';
import { DIMENSIONS } from '../../engine/diffusion/process.ts';

/** The hyperparameter of methods that put another class in place of the erased one. */
export const substituteSpec = {
  substitute: {
    kind: 'int',
    label: 'Class in its place',
    symbol: 'c_s',
    help: 'What is to be drawn where the erased class is asked for: a class that is kept, counted from 0.',
    default: 1,
    min: 0,
    max: 11,
  },
} as const satisfies ParamSchema;

/** That class for every example. The family says which classes there are, and refuses those that are erased. */
export const substituted = (substitute: number): AlternativeRule => ({
  redraw: false,
  draw: ({ labels }) => new Int32Array(labels.length).fill(substitute),
});

/** The mean over rows and coordinates of the squared distance to other targets, as PyTorch's MSELoss counts. */
export const meanSquare: RowTerm<unknown, unknown> = {
  on: 'forget',
  pulls: [{ towards: 'alternative', weight: () => 1 / DIMENSIONS }],
  loss: (rows) => tf.div(tf.neg(rows.rowLogPAlternative), DIMENSIONS),
};

/** The mean over rows of the squared distance to other targets, summed over coordinates, as the loss of training counts. */
export const sumSquare: RowTerm<unknown, unknown> = {
  on: 'forget',
  pulls: [{ towards: 'alternative', weight: () => 1 }],
  loss: (rows) => tf.neg(rows.rowLogPAlternative),
};
