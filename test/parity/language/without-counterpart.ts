import type { Reasons } from '../reference.ts';

const TEXT = 'waits for the family `text`';

/** Numbers of language.json that nothing here is held to, each with the reason. An entry that is taken off must be compared. */
export const WITHOUT_COUNTERPART: Reasons = {
  'forward/hidden': TEXT,
  'forward/log_prob_of_labels': TEXT,
  'losses/*/crosscheck': 'how far the file’s two ways of computing were apart',
  'losses/*/grad': TEXT,
  'losses/*/hyper': TEXT,
  'losses/npo_token': TEXT,
  'losses/idk_rt': TEXT,
  'losses/kto_logsigmoid': TEXT,
  'losses/kto_logsigmoid_rt': TEXT,
  'losses/kto_sigmoid': TEXT,
  'losses/ceu': TEXT,
  'losses/flat_tv': TEXT,
  'losses/rmu': TEXT,
  'losses/uld_assistant': TEXT,
  'losses/whp': TEXT,
  'updates/uld_combined': TEXT,
  'updates/task_vector': TEXT,
  'metrics/model_utility_tofu/value/Forget Truth Ratio': 'of the arithmetic mean, which only TOFU’s own utility takes',
  'metrics/model_utility_tofu/input/eval_log_forget.json': 'for the same',
};
