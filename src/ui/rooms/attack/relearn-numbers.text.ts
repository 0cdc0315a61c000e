import { catalogue } from '../../text/language.ts';

export const words = catalogue('attack/relearn-numbers', {
  title: 'Relearning',
  hint: 'Every model goes on training, and one counts the steps until it is as good on the forget set as the original was. A model that gets there much sooner than the retrained one had not let go.',
  axis: 'Steps of training',
  summary: (ends: string) => `Forget R² in the end: ${ends}.`,
});
