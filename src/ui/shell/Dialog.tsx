import { useEffect, useId, useRef } from 'react';
import { text } from '../text.ts';
import { Icon } from './Icon.tsx';

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: React.ReactNode;
  /** A sheet rises from the bottom edge; a dialog stands in the middle; a wide one fills a phone's screen. */
  readonly kind?: 'dialog' | 'sheet' | 'wide';
  readonly testId: string;
}

/** A native modal dialog: focus stays inside, Escape and a click outside close it. */
export const Dialog = ({ title, onClose, children, kind = 'dialog', testId }: Props) => {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.querySelector<HTMLElement>('[data-first-focus]')?.focus();
    return () => element?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a native dialog
    <dialog
      ref={dialog}
      className={`dialog dialog--${kind}`}
      aria-labelledby={id}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
      data-testid={testId}
    >
      <div className="dialog__head">
        <h2 id={id}>{title}</h2>
        <button
          type="button"
          className="button button--plain button--icon"
          aria-label={text.header.close}
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </div>
      <div className="dialog__body">{children}</div>
    </dialog>
  );
};
