import { catalogue } from '../../text/language.ts';

export const words = catalogue('attack/backdoor', {
  title: 'Backdoor',
  hint: 'The trigger is stamped on clean test points. Retraining is not the goal here: poisoned points that were not found keep the backdoor open.',
});
