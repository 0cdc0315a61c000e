import { catalogue } from '../../text/language.ts';

export const words = catalogue('attack/membership', {
  title: 'Membership by loss',
  hint: 'Forget examples against fresh points of the same distribution: can a threshold tell which were in the training data? Drag it, or use the arrow keys.',
  axis: 'log p of the label: how sure the model is',
});
