import { catalogue } from '../../text/language.ts';

export const words = catalogue('attack/relearn', {
  title: 'Relearning',
  hint: 'An attacker fine-tunes each model on a few forgotten examples. If the other forgotten examples come back faster than in a network with fresh weights, they were hidden, not gone. The menu above the chart says what the lines and bands show.',
  axis: 'Steps of the attacker',
  summary: (ends: string) => `Final accuracy on forget examples that the attacker does not have: ${ends}.`,
});
