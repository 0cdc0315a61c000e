import { catalogue } from '../../text/language.ts';

export const words = catalogue('attack/others', {
  title: 'Is it gone, or only out of sight?',
  hint: 'Each attack is tried on the retrained model too, which never read what is forgotten: its number is the aim, not zero.',
  summary: (value: string, ends: string) => `${value}, in the end: ${ends}.`,
});
