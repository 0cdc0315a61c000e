import { isolated, isolating } from './isolate.ts';

/** The same words in any language: texts for texts, functions for functions. */
export type Words<T> = T extends (...args: infer Args) => string
  ? (...args: Args) => string
  : T extends string
    ? string
    : T extends readonly (infer One)[]
      ? readonly Words<One>[]
      : { readonly [Key in keyof T]: Words<T[Key]> };

/** As much of a catalogue as a language says. */
export type Partly<T> = T extends ((...args: never[]) => string) | string | readonly unknown[]
  ? T
  : { readonly [Key in keyof T]?: Partly<T[Key]> };

/** A language of the page: the default export of `language.ts` in a folder beside this file, named by its tag (BCP 47). */
export interface Language {
  /** The words of a catalogue, given in English; what it leaves out stays English. */
  readonly words: (catalogue: string, english: object) => object | undefined;
  /** What the engine, a preset or a lesson says in English. */
  readonly term: (english: string) => string | undefined;
}

const isTable = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const over = (base: unknown, other: unknown): unknown => {
  if (!isTable(base) || !isTable(other)) return other ?? base;
  return Object.fromEntries(Object.keys(base).map((key) => [key, over(base[key], other[key])]));
};

let spoken: Language | null = null;

/** Changes the language; null is English. What is on screen has to be drawn again. */
export const speak = (language: Language | null): void => {
  spoken = language;
};

/**
 * Words that are said in the language of the moment, whenever one of them is read. `id` names the catalogue for
 * translations. What is put into a sentence does not turn the rest of it around.
 */
export const catalogue = <T extends object>(id: string, english: T): Words<T> => {
  let known: { readonly language: Language | null; readonly words: object } = {
    language: null,
    words: isolating(english) as object,
  };
  const current = (): object => {
    if (known.language !== spoken) {
      const words = spoken ? over(english, spoken.words(id, english)) : english;
      known = { language: spoken, words: isolating(words) as object };
    }
    return known.words;
  };
  return new Proxy(english, { get: (_, key) => Reflect.get(current(), key) }) as unknown as Words<T>;
};

/** What the engine, a preset or a lesson says, in the language of the page; as it is where there is no other word. */
export const term = (english: string): string => spoken?.term(english) ?? isolated(english);
