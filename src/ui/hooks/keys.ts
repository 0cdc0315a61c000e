import { useEffect } from 'react';
import { buttonOf, shortcutFor } from '../keys.ts';
import { useLab } from './lab.ts';

const FIELDS = 'input:not([type="checkbox"]), select, textarea, [contenteditable], [role="application"], dialog[open]';
const PRESSABLE = 'button, summary, a, input[type="checkbox"]';

/** The page's shortcuts. They rest while a field, a chart or a dialog has the focus. */
export const useKeys = (): void => {
  const lab = useLab();
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const target = event.target instanceof Element ? event.target : document.body;
      if (event.defaultPrevented || target.closest(FIELDS)) return;
      if ((event.key === ' ' || event.key === 'Enter') && target.closest(PRESSABLE)) return;
      const { view, lecture } = lab.store.getState();
      const facts = { hasLetters: view.keys === 'letters', isLecture: lecture.isOn, isLocked: lab.isLocked };
      const shortcut = shortcutFor(event, facts);
      const button = shortcut && buttonOf(shortcut);
      if (!shortcut || (shortcut.press !== undefined && !button)) return;
      event.preventDefault();
      button?.click();
      shortcut.act?.(lab, event.key);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [lab]);
};
