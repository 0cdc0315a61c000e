import { catalogue } from '../../text/language.ts';

export const words = catalogue('attack/epsilon', {
  title: 'ε of forgetting',
  hint: 'Unlearns and retrains many times: how well can any threshold tell the two apart, example by example? The measure of the 2023 competition.',
});
