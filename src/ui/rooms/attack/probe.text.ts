import { catalogue } from '../../text/language.ts';

export const words = catalogue('attack/probe', {
  title: 'Linear probe',
  hint: 'A linear classifier reads each layer’s frozen activations. What it finds beyond fresh and retrained weights is still in the network, whatever the outputs say.',
  axis: 'Layer: 0 the inputs, then the hidden layers, last the outputs',
  summary: (ends: string) => `Accuracy of a probe, at the outputs: ${ends}.`,
});
