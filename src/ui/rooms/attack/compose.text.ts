import { catalogue } from '../../text/language.ts';

export const words = catalogue('attack/compose', {
  title: 'Composition',
  hint: 'The forgotten question is not asked. Two harmless ones are, and their answers are put together: what even a retrained model gives away was never in the forget set alone.',
});
