import type { Reasons } from '../reference.ts';

/** Numbers of losses.json that nothing here is held to, each with the reason. */
export const WITHOUT_COUNTERPART: Reasons = {
  'losses/*/crosscheck': 'how far the file’s two ways of computing were apart',
  'losses/kl_retain_wagle': 'a quirk of one code base: pulls towards one-hot outputs',
  'losses/flat_reverse_kl':
    'its signs in that code raise the forget label and lower the other: it teaches what it should forget',
  'losses/flat_squared_hellinger': 'the same fault of signs as the reverse KL',
  'losses/flat_neyman': 'in that code it lowers both answers',
  'losses/rmu/raw_uniform': 'the draw behind `control_vec`, which is what is compared; ours draws its own',
  'updates/salun_mask/ratios/*/threshold_gap_rel': 'how far the file is from a tie',
  'updates/wagle/threshold_gap_rel': 'how far the file is from a tie',
  'updates/ssd/modes/*/min_rel_gap': 'how far the file is from a tie',
  'updates/salun_rl_3steps/theta_after_legacy_leak': 'what that code did before it was mended: frozen weights moved',
  'updates/salun_rl_3steps/max_masked_drift_legacy': 'how far they moved',
  'updates/influence/woodfisher_reference_minus_v_is_multiple_of_first_sample_grad_residual': 'a remark on that code',
  'updates/influence/woodfisher_reference_relative_change': 'a remark on that code',
  'updates/influence/hessian_min_eig': 'a remark: the Hessian is indefinite, and no method here forms it',
  'updates/influence/hessian_max_eig': 'a remark: the Hessian is indefinite, and no method here forms it',
  'uld_combined/forget_logits_filter_0p1': 'a filter for vocabularies: of a few classes it removes none',
  'losses/blindspot_regression': 'waits for the family `numbers`',
};
