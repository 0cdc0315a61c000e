import { useId, useRef } from 'react';
import { Icon } from '../shell/Icon.tsx';
import { text } from '../text.ts';

const place = (button: HTMLElement, bubble: HTMLElement): void => {
  const around = button.getBoundingClientRect();
  const width = Math.min(260, window.innerWidth - 16);
  bubble.style.width = `${width}px`;
  const left = Math.max(8, Math.min(around.left + around.width / 2 - width / 2, window.innerWidth - width - 8));
  bubble.style.left = `${left}px`;
  const height = bubble.offsetHeight;
  const isAbove = around.bottom + height + 12 > window.innerHeight;
  bubble.style.top = `${Math.max(8, isAbove ? around.top - height - 6 : around.bottom + 6)}px`;
};

/** ⓘ: an explanation that opens on hover, on focus and on a tap, and closes with Escape. */
export const Info = ({ label, children }: { readonly label: string; readonly children: React.ReactNode }) => {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const bubble = useRef<HTMLSpanElement>(null);
  const show = (): void => {
    if (!button.current || !bubble.current || bubble.current.matches(':popover-open')) return;
    bubble.current.showPopover();
    place(button.current, bubble.current);
  };
  const hide = (): void => {
    if (bubble.current?.matches(':popover-open')) bubble.current.hidePopover();
  };
  return (
    <span className="info">
      <button
        ref={button}
        type="button"
        className="info__button"
        aria-label={text.info(label)}
        aria-describedby={id}
        onPointerEnter={show}
        onPointerLeave={hide}
        onFocus={show}
        onBlur={hide}
        onClick={show}
        onKeyDown={(event) => {
          if (event.key === 'Escape') hide();
        }}
      >
        <Icon name="info" />
      </button>
      <span ref={bubble} id={id} role="tooltip" popover="manual" className="info__bubble">
        {children}
      </span>
    </span>
  );
};
