import { useEffect, useState } from 'react';
import type { LanguageChoice } from '../../store/contracts/state.ts';
import { type Language, speak } from '../text/language.ts';
import { useLabState } from './lab.ts';

const FOLDERS = import.meta.glob<{ readonly default: Language }>('../text/*/language.ts');

/** English comes with the page, each other language when it is asked for; by their tags. */
const OTHERS = new Map(Object.entries(FOLDERS).map(([path, load]) => [path.split('/').at(-2) as string, load]));

/** In its own words: 'Deutsch'. */
const nameOf = (tag: string): string => {
  const name = new Intl.DisplayNames([tag], { type: 'language', fallback: 'code' }).of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
};

/** Of a region that does not exist: a language for tests. */
const isPseudo = (tag: string): boolean => /-X[A-Z]$/.test(tag);

/** What the reader can choose from. */
export const LANGUAGES: readonly { readonly id: string; readonly name: string }[] = ['en', ...OTHERS.keys()]
  .filter((id) => !isPseudo(id))
  .map((id) => ({ id, name: nameOf(id) }));

/** The language of a choice, if the page speaks it: else the first of the browser's that it does, else English. */
export const languageOf = (choice: LanguageChoice, preferred: readonly string[]): string => {
  const chosen = ['en', ...OTHERS.keys()].find((tag) => tag.toLowerCase() === choice.toLowerCase());
  if (chosen !== undefined) return chosen;
  const known = preferred.map((tag) => LANGUAGES.find(({ id }) => tag.toLowerCase().split('-')[0] === id)?.id);
  return known.find((id) => id !== undefined) ?? 'en';
};

/** Changes the page's language. Where a translation cannot be loaded, the page stays as it is. */
const turnTo = async (language: string): Promise<string> => {
  speak((await OTHERS.get(language)?.())?.default ?? null);
  document.documentElement.lang = language;
  return language;
};

/** The language on screen, or null until its words are there. A part of the page with this as its key is drawn anew with it. */
export const useLanguage = (): string | null => {
  const choice = useLabState((state) => state.view.language);
  const wanted = languageOf(choice, navigator.languages);
  const [language, setLanguage] = useState<string | null>(wanted === 'en' ? 'en' : null);
  useEffect(() => {
    let isCurrent = true;
    turnTo(wanted).then(
      (next) => isCurrent && setLanguage(next),
      () => isCurrent && setLanguage((before) => before ?? 'en'),
    );
    return () => {
      isCurrent = false;
    };
  }, [wanted]);
  return language;
};
