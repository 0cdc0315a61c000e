export const words = {
  title: 'Backdoor',
  hint: 'The trigger is stamped on clean test points. Retraining is not the aim here: poisoned points that were not found keep the door open.',
};
