import { useEffect } from 'react';
import type { ThemeName } from '../theme/palette.ts';
import { useLabState } from './lab.ts';
import { useMedia } from './media.ts';

/** The theme on screen: the reader's choice, else the system's. */
export const useThemeName = (): ThemeName => {
  const choice = useLabState((state) => state.view.theme);
  const isSystemDark = useMedia('(prefers-color-scheme: dark)');
  if (choice === 'contrast') return 'light';
  if (choice !== 'system') return choice;
  return isSystemDark ? 'dark' : 'light';
};

/** Sets the theme on the document, for theme.css. */
export const useDocumentTheme = (): void => {
  const name = useThemeName();
  const isStrong = useLabState((state) => state.view.theme === 'contrast');
  useEffect(() => {
    document.documentElement.dataset['theme'] = name;
    document.documentElement.dataset['contrast'] = isStrong ? 'more' : 'normal';
  }, [name, isStrong]);
};
