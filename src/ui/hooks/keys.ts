import { useEffect } from 'react';
import { SPEEDS } from '../../store/clock.ts';
import type { Lab } from '../../store/lab.ts';
import { useLab } from './lab.ts';

const FIELDS = 'input:not([type="checkbox"]), select, textarea, [contenteditable], [role="application"], dialog[open]';
const PRESSABLE = 'button, summary, a, input[type="checkbox"]';

const changeSpeed = (lab: Lab, by: 1 | -1): void => {
  const { speed } = lab.store.getState().view;
  const next = SPEEDS[SPEEDS.indexOf(speed) + by];
  if (next !== undefined) lab.setSpeed(next);
};

/** What a key does to the clock and the draft; undefined if nothing. */
const actionOf = (event: KeyboardEvent, lab: Lab): (() => void) | undefined => {
  const { view } = lab.store.getState();
  if (event.ctrlKey || event.metaKey) {
    if (event.key.toLowerCase() === 'z') return event.shiftKey ? lab.redo : lab.undo;
    return event.key.toLowerCase() === 'y' ? lab.redo : undefined;
  }
  if (event.altKey) return undefined;
  const jump = event.shiftKey ? 10 : 1;
  switch (event.key) {
    case ' ':
      return view.isPlaying ? lab.pause : lab.play;
    case 'ArrowLeft':
      return () => lab.moveBy(-jump);
    case 'ArrowRight':
      return () => lab.moveBy(jump);
    case 'Home':
      return () => lab.setStep(0);
    case 'End':
      return () => lab.setStep(view.available);
    case ',':
      return () => changeSpeed(lab, -1);
    case '.':
      return () => changeSpeed(lab, 1);
    case 'r':
      return lab.restart;
    default:
      return undefined;
  }
};

/** The page's shortcuts. They rest while a field, a chart or a dialog has the focus. */
export const useKeys = (): void => {
  const lab = useLab();
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const target = event.target instanceof Element ? event.target : document.body;
      if (event.defaultPrevented || target.closest(FIELDS)) return;
      if (event.key === ' ' && target.closest(PRESSABLE)) return;
      const action = actionOf(event, lab);
      if (!action) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [lab]);
};
