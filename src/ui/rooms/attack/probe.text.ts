import { catalogue } from '../../text/language.ts';

export const words = catalogue('attack/probe', {
  title: 'Linear probe',
  hint: 'A linear classifier reads the frozen activations of each layer. Whatever it finds beyond what it finds in fresh and retrained weights is still in the network, whatever the outputs say.',
  axis: 'Layer: 0 is the inputs, then the hidden layers, the outputs last',
  summary: (ends: string) => `Accuracy of a probe, at the outputs: ${ends}.`,
});
