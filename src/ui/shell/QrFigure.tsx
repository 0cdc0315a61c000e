import { useEffect, useState } from 'react';
import { text } from '../text.ts';
import type { QrCode } from './qr.ts';

/** A code of 117 modules (version 25): the finest that a phone reads from a projector. */
export const MOST_CHARACTERS = 1270;

/** The link as a QR code, or why there is none. What draws it is loaded when it is first needed. */
export const QrFigure = ({ url }: { readonly url: string }) => {
  const [code, setCode] = useState<QrCode | null>(null);
  const isTooLong = url.length > MOST_CHARACTERS;
  useEffect(() => {
    let isWanted = !isTooLong;
    void import('./qr.ts').then(({ qrOf }) => {
      if (isWanted) setCode(qrOf(url));
    });
    return () => {
      isWanted = false;
    };
  }, [url, isTooLong]);
  if (isTooLong) {
    return (
      <p className="small muted" data-testid="share-qr-too-long">
        {text.share.qrTooLong(url.length, MOST_CHARACTERS)}
      </p>
    );
  }
  return (
    <figure className="share__qr">
      <svg
        viewBox={`0 0 ${code?.size ?? 1} ${code?.size ?? 1}`}
        role="img"
        aria-label={text.share.qr}
        data-testid="share-qr"
      >
        {code ? <path d={code.path} shapeRendering="crispEdges" /> : null}
      </svg>
      <figcaption className="small muted">{text.share.qrHint}</figcaption>
    </figure>
  );
};
