import { useEffect, useState } from 'react';
import type { LanguageChoice } from '../../store/contracts/state.ts';
import { speak, type Translation } from '../text.ts';
import { useLabState } from './lab.ts';

type Language = Exclude<LanguageChoice, 'system'>;

/** English comes with the page, the others when they are asked for. */
const TRANSLATIONS: Readonly<Record<Language, () => Promise<Translation | null>>> = {
  en: async () => null,
  de: async () => (await import('../text/de.ts')).german,
};

export const LANGUAGES: readonly { readonly id: Language; readonly name: string }[] = [
  { id: 'en', name: 'English' },
  { id: 'de', name: 'Deutsch' },
];

/** The language of a choice: the first of the browser's that the page speaks, else English. */
export const languageOf = (choice: LanguageChoice, preferred: readonly string[]): Language => {
  if (choice !== 'system') return choice;
  const known = preferred.map((tag) => LANGUAGES.find(({ id }) => tag.toLowerCase().split('-')[0] === id)?.id);
  return known.find((id) => id !== undefined) ?? 'en';
};

/** Changes the page's language. Where a translation cannot be loaded, the page stays as it is. */
const turnTo = async (language: Language): Promise<Language> => {
  speak(await TRANSLATIONS[language]());
  document.documentElement.lang = language;
  return language;
};

/** The language on screen, or null until its words are there. A part of the page with this as its key is drawn anew with it. */
export const useLanguage = (): Language | null => {
  const choice = useLabState((state) => state.view.language);
  const wanted = languageOf(choice, navigator.languages);
  const [language, setLanguage] = useState<Language | null>(wanted === 'en' ? 'en' : null);
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
