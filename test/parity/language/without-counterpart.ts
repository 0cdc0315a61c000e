import type { Reasons } from '../reference.ts';

/** Numbers of language.json that nothing here is held to, each with the reason. An entry that is taken off must be compared. */
export const WITHOUT_COUNTERPART: Reasons = {
  'losses/*/hyper': 'where it is a β that the loss does not read: the file gives all losses of one function the same',
  'losses/*/crosscheck': 'how far the file’s two ways of computing were apart',
  'metrics/model_utility_tofu/value/Forget Truth Ratio': 'of the arithmetic mean, which only TOFU’s own utility takes',
  'metrics/model_utility_tofu/input/eval_log_forget.json': 'for the same',
};
