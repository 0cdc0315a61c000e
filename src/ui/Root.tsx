import type { Modes } from '../store/modes.ts';
import { App } from './App.tsx';
import { EmbedApp } from './embed/EmbedApp.tsx';
import { useLanguage } from './hooks/language.ts';

/** The page in its language: whole, or as a part of another one. */
export const Root = ({ modes }: { readonly modes: Modes }) => {
  const language = useLanguage();
  if (language === null) return null;
  return modes.isEmbedded ? <EmbedApp key={language} modes={modes} /> : <App key={language} />;
};
