import { catalogue } from '../../text/language.ts';

export const words = catalogue('learn/methods', {
  title: 'Methods',
  hint: 'What each one does, in words and as a formula, what to look for, when it fails, and which paper it comes from.',
  find: 'Find a method',
  found: (n: number, of: number) => (n === of ? `${of} methods` : `${n} of ${of} methods`),
  none: 'No method has these words. Try fewer of them.',
} as const);
