import { foldIn, keyOf } from '../../engine/base/random.ts';
import type { Seed } from '../family.ts';

/** Fresh weights of a seed, [P]: the same for the original, the retrained model and every method that starts anew. */
export const initialWeights = ({ seed, draw }: Pick<Seed, 'seed' | 'draw'>): Float32Array =>
  draw.model.init(foldIn(keyOf(seed), 'weights'));
