import type * as language from './language.ts';

/**
 * The language of formulas is fetched when the first rule of somebody's own is read: the page opens without it. Readers are
 * synchronous, so what opens an experiment waits for it first.
 */
type Language = typeof language;

let loaded: Language | undefined;

/** Thrown by a reader that meets a rule before the language is there: load it and read again. */
export class FormulasNotLoaded extends Error {
  constructor() {
    super('the language of formulas is not loaded yet');
  }
}

/** Hands over the language where it is part of the program anyway. */
export const provideFormulas = (known: Language): void => {
  loaded = known;
};

/** Fetches the language. */
export const loadFormulas = async (): Promise<Language> => {
  loaded ??= await import('./language.ts');
  return loaded;
};

/** The language. @throws {FormulasNotLoaded} */
export const formulas = (): Language => {
  if (!loaded) throw new FormulasNotLoaded();
  return loaded;
};

/** Does something at once, or where it meets a rule too early, again when the language is there. */
export const withFormulas = (work: () => void): void => {
  try {
    work();
  } catch (thrown) {
    if (!(thrown instanceof FormulasNotLoaded)) throw thrown;
    void loadFormulas().then(work);
  }
};
