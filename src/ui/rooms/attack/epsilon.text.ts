import { catalogue } from '../../text/language.ts';

export const words = catalogue('attack/epsilon', {
  title: 'ε of forgetting',
  hint: 'Unlearns and retrains many times: how well can a threshold tell the two apart, example by example? This was the measure of the NeurIPS 2023 competition.',
});
