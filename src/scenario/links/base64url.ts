const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Of each ASCII character: its six bits, or 64 where it is no digit. Plain base64's + and / are read too. */
const values = new Uint8Array(128).fill(64);
for (let i = 0; i < 64; i++) values[alphabet.charCodeAt(i)] = i;
values['+'.charCodeAt(0)] = 62;
values['/'.charCodeAt(0)] = 63;

/** Bytes as text that may stand in a link (RFC 4648 section 5, without padding). */
export const toBase64Url = (bytes: Uint8Array): string => {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const word = ((bytes[i] as number) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (let k = 0; k <= Math.min(left, 3); k++) text += alphabet[(word >> (18 - 6 * k)) & 63];
  }
  return text;
};

/** The bytes of such a text, or undefined if it is none. Plain base64 and padding are read too. */
export const fromBase64Url = (text: string): Uint8Array | undefined => {
  let length = text.length;
  while (length > 0 && text[length - 1] === '=') length--;
  if (length % 4 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let word = 0;
  let bits = 0;
  let count = 0;
  for (let i = 0; i < length; i++) {
    const value = values[text.charCodeAt(i)] ?? 64;
    if (value > 63) return undefined;
    word = ((word << 6) | value) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[count++] = (word >> bits) & 0xff;
  }
  return bytes;
};
