import { SimError } from '../../engine/base/errors.ts';
import type { Key } from '../../engine/base/random.ts';
import type { LaneView } from '../../engine/contracts/lane-view.ts';
import type { Seed } from '../family.ts';
import { initialWeights } from './initial.ts';

/**
 * What a method's own code sees of a seed whose examples are no labelled points: its weights. Everything that is read row by
 * row with one class label each is refused.
 *
 * @param examples what the examples are, in words: 'pairs of numbers'
 */
export const weightsView = (seed: Seed, key: Key, examples: string): LaneView => {
  const refuse = (what: string): never => {
    throw new SimError('method/failed', `A rule that reads ${what} does not work with ${examples}.`);
  };
  return {
    model: seed.draw.model,
    key,
    total: seed.draw.examples,
    original: () => {
      if (!seed.original) throw new Error('the original model has not been trained yet');
      return seed.original.weights;
    },
    initial: () => initialWeights(seed),
    rows: () => refuse('labelled points'),
    heldOut: () => refuse('held-out points'),
    gradient: () => refuse('the gradient of a cross-entropy'),
    inputGradient: () => refuse('the gradient of the inputs'),
    meanSquares: () => refuse('squared gradients'),
    fisher: () => refuse('squared gradients'),
    hidden: () => refuse('hidden activations'),
    logits: () => refuse('logits'),
  };
};
