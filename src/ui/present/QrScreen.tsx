import { useEffect, useRef } from 'react';
import { useLab } from '../hooks/lab.ts';
import { shareAddress } from '../shell/address.ts';
import { Icon } from '../shell/Icon.tsx';
import { QrFigure } from '../shell/QrFigure.tsx';
import { text } from '../text.ts';

/** The link of what is on the stage as a code over the whole screen, for everybody in the hall. */
export const QrScreen = ({ onClose }: { readonly onClose: () => void }) => {
  const lab = useLab();
  const dialog = useRef<HTMLDialogElement>(null);
  const { url, problem } = shareAddress(lab);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog ref={dialog} className="qr-screen" aria-label={text.present.qr} onClose={onClose} data-testid="qr-screen">
      <button type="button" className="button qr-screen__close" onClick={onClose} data-testid="qr-close">
        <Icon name="close" /> {text.header.close}
      </button>
      {problem === '' ? <QrFigure url={url} /> : <p>{problem}</p>}
    </dialog>
  );
};
