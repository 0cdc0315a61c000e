import { encode } from 'uqr';

/** Modules of white around a code, as its standard asks for. */
const QUIET = 4;

/** A widespread reader (jsQR 1.4) has a wrong place for a mark of this version and sees none of its codes: the next one is taken. */
const MISREAD = 23;

export interface QrCode {
  /** Modules along an edge, the quiet zone included. */
  readonly size: number;
  /** The dark modules as an SVG path, one unit a module. */
  readonly path: string;
}

/** A text of ASCII characters as a QR code: the least correction of errors, or more where it costs no size. */
export const qrOf = (text: string): QrCode => {
  const options = { ecc: 'L', boostEcc: true, border: 0 } as const;
  const smallest = encode(text, options);
  const { data, size } =
    smallest.version === MISREAD ? encode(text, { ...options, minVersion: MISREAD + 1 }) : smallest;
  let path = '';
  data.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      const begin = x;
      while (row[x]) x++;
      if (x > begin) path += `M${begin + QUIET} ${y + QUIET}h${x - begin}v1h${begin - x}z`;
    }
  });
  return { size: size + 2 * QUIET, path };
};
