import { SimError } from '../../engine/base/errors.ts';
import type { Key } from '../../engine/base/random.ts';
import type { LaneView } from '../../engine/contracts/lane-view.ts';
import type { Seed } from '../family.ts';
import { initialWeights } from '../shared/initial.ts';

const refuse = (what: string): never => {
  throw new SimError('method/failed', `A rule that reads ${what} does not speak of questions and answers.`);
};

/** What a method's own code sees of a seed of words: weights. Rows with one label each are what such a seed does not have. */
export const textLaneView = (seed: Seed, key: Key): LaneView => ({
  model: seed.draw.model,
  key,
  total: seed.draw.examples,
  original: () => {
    if (!seed.original) throw new Error('the original model has not been trained yet');
    return seed.original.weights;
  },
  initial: () => initialWeights(seed),
  rows: () => refuse('points'),
  heldOut: () => refuse('held-out points'),
  gradient: () => refuse('a gradient'),
  inputGradient: () => refuse('a gradient of the inputs'),
  meanSquares: () => refuse('squared gradients'),
  hidden: () => refuse('hidden activations'),
  logits: () => refuse('logits'),
});
