import type { Reasons } from '../reference.ts';

const GAN = 'there is no family of generators against discriminators';

/** Numbers of generative.json that nothing here is held to, each with the reason. An entry that is taken off must be compared. */
export const WITHOUT_COUNTERPART: Reasons = {
  'diffusion/salun_mask/gap': 'how far the file is from a tie',
  'gan/forward': GAN,
  'gan/losses': GAN,
};
