import type { Language } from '../language.ts';

const marked = (words: string): string => `⟦${words}⟧`;

const markedAll = (value: unknown): unknown => {
  if (typeof value === 'string') return marked(value);
  if (typeof value === 'function') return (...args: readonly unknown[]) => markedAll(value(...args));
  if (Array.isArray(value)) return value.map(markedAll);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, markedAll(one)]));
};

/**
 * English in brackets (`?lang=en-XA`): what stands outside of them on the page can be said in no other language. Not
 * offered in the menu.
 */
const pseudo: Language = {
  words: (_, english) => markedAll(english) as object,
  term: (english) => (english === '' ? '' : marked(english)),
};
export default pseudo;
