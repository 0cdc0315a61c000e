import type { Reasons } from '../reference.ts';

const DIFFUSION = 'waits for the family `diffusion`';
const GAN = 'there is no family of generators against discriminators';

/** Numbers of generative.json that nothing here is held to, each with the reason. An entry that is taken off must be compared. */
export const WITHOUT_COUNTERPART: Reasons = {
  'diffusion/forward': DIFFUSION,
  'diffusion/salun_mask/gap': 'how far the file is from a tie',
  'diffusion/losses/eps_mse_forget/value': DIFFUSION,
  'diffusion/losses/salun_rl': DIFFUSION,
  'diffusion/losses/salun_rl_rt': DIFFUSION,
  'diffusion/losses/substitute_ref': DIFFUSION,
  'diffusion/losses/esd_eta0': DIFFUSION,
  'diffusion/losses/esd_eta1': DIFFUSION,
  'diffusion/losses/esd_eta3': DIFFUSION,
  'diffusion/losses/selective_amnesia_forget': DIFFUSION,
  'diffusion/losses/ewc_penalty': DIFFUSION,
  'diffusion/losses/adv_outer_esd': DIFFUSION,
  'diffusion/losses/adv_inner': DIFFUSION,
  'diffusion/losses/unlearn_diff_atk': DIFFUSION,
  'diffusion/losses/sfd_sg': DIFFUSION,
  'diffusion/losses/sfd_g_forget_alpha1': DIFFUSION,
  'diffusion/losses/sfd_g_forget_alpha1.2': DIFFUSION,
  'diffusion/sfd': DIFFUSION,
  'gan/forward': GAN,
  'gan/losses': GAN,
};
