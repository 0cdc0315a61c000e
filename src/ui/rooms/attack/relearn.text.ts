import { catalogue } from '../../text/language.ts';

export const words = catalogue('attack/relearn', {
  title: 'Relearning',
  hint: 'An attacker fine-tunes each model on a few forgotten examples. If the others come back faster than in fresh weights, they were hidden and not gone. The choice above the chart says what lines and bands are.',
  axis: 'Steps of the attacker',
  summary: (ends: string) => `Accuracy on forget examples that the attacker does not have, in the end: ${ends}.`,
});
