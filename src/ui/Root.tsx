import { Suspense } from 'react';
import type { Modes } from '../store/present/modes.ts';
import { App } from './App.tsx';
import { EmbedApp } from './embed/EmbedApp.tsx';
import { useLabState } from './hooks/lab.ts';
import { useLanguage } from './hooks/language.ts';
import { lazily } from './shell/lazily.ts';

const PresentApp = lazily(async () => (await import('./present/PresentApp.tsx')).PresentApp);

/** The page in its language: whole, as a lecture, or as a part of another one. */
export const Root = ({ modes }: { readonly modes: Modes }) => {
  const language = useLanguage();
  const isPresented = useLabState((state) => state.lecture.isOn);
  if (language === null) return null;
  if (isPresented) {
    return (
      <Suspense>
        <PresentApp key={language} />
      </Suspense>
    );
  }
  return modes.isEmbedded ? <EmbedApp key={language} modes={modes} /> : <App key={language} />;
};
