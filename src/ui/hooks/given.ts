import { useEffect, useState } from 'react';
import { isLink } from '../../scenario/links/mend.ts';
import { useLab } from './lab.ts';

/** Fields take what is pasted and dropped themselves, and so do dialogs. */
const isTaken = ({ target, defaultPrevented }: Event): boolean =>
  defaultPrevented ||
  document.querySelector('dialog[open]') !== null ||
  (target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null);

/** Text that can be opened: a link, or a file's content. Any other is no business of the page. */
const openable = (data: DataTransfer | null): string | undefined =>
  [data?.getData('text/uri-list') ?? '', data?.getData('text/plain') ?? '']
    .map((text) => text.trim())
    .find((text) => text.startsWith('{') || isLink(text));

/**
 * Opens a file or a link that is dropped or pasted anywhere on the page, as File → Open would; undo brings back what was
 * there. Whether something is held over the page that it would open.
 */
export const useGiven = (): boolean => {
  const lab = useLab();
  const [isHeld, setIsHeld] = useState(false);
  useEffect(() => {
    const take = (event: Event, data: DataTransfer | null): void => {
      const file = data?.files[0];
      const text = file ? undefined : openable(data);
      if (!file && text === undefined) return;
      event.preventDefault();
      if (file) void lab.draft.openFile(file);
      else lab.draft.openText(text as string);
    };
    const hold = (event: DragEvent): void => {
      const types = event.dataTransfer?.types ?? [];
      if (isTaken(event) || !types.some((type) => /^(Files|text\/uri-list|text\/plain)$/.test(type))) return;
      event.preventDefault();
      setIsHeld(types.includes('Files') || types.includes('text/uri-list'));
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setIsHeld(false);
    };
    const drop = (event: DragEvent): void => {
      setIsHeld(false);
      if (!isTaken(event)) take(event, event.dataTransfer);
    };
    const paste = (event: ClipboardEvent): void => {
      if (!isTaken(event)) take(event, event.clipboardData);
    };
    window.addEventListener('dragover', hold);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    window.addEventListener('paste', paste);
    return () => {
      window.removeEventListener('dragover', hold);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
      window.removeEventListener('paste', paste);
    };
  }, [lab]);
  return isHeld;
};
