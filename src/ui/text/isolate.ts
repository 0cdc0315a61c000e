const TURNS_AROUND = /[\p{Bidi_Control}\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const FIRST_STRONG = '\u2068';
const END = '\u2069';
const OPENS = /[\u2066-\u2068]/;

/** Without ends of isolates that nothing began, and without beginnings that nothing ends. */
const balanced = (words: string): string => {
  const characters = [...words];
  const open: number[] = [];
  characters.forEach((character, i) => {
    if (OPENS.test(character)) open.push(i);
    else if (character === END && open.pop() === undefined) characters[i] = '';
  });
  for (const i of open) characters[i] = '';
  return characters.join('');
};

/**
 * Somebody's words for use within a sentence: whatever direction they have or ask for, what stands around them is read
 * in its own order. Words that turn nothing around stay as they are.
 */
export const isolated = (words: string): string =>
  TURNS_AROUND.test(words) ? `${FIRST_STRONG}${balanced(words)}${END}` : words;

const isolatedIn = (value: unknown): unknown => {
  if (typeof value === 'string') return isolated(value);
  if (Array.isArray(value)) return value.map(isolatedIn);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, isolatedIn(member)]));
};

/** A catalogue whose sentences isolate all that is put into them. */
export const isolating = (words: unknown): unknown => {
  if (typeof words === 'function') return (...args: unknown[]): unknown => words(...args.map(isolatedIn));
  if (Array.isArray(words)) return words.map(isolating);
  if (typeof words !== 'object' || words === null) return words;
  return Object.fromEntries(Object.entries(words).map(([key, member]) => [key, isolating(member)]));
};
