import { strFromU8 } from 'fflate';
import { SimError } from '../../engine/base/errors.ts';
import { unpackLink } from '../links/link.ts';
import { isObject } from '../read/check.ts';
import type { Fields } from '../read/document-kind.ts';

/** What came in, as an object. */
export interface Unpacked {
  readonly fields: Fields;
  /** Of a link: the format that it begins with. */
  readonly format: number | undefined;
}

const malformed = (why: string): SimError => new SimError('file/malformed', why);

/** The text of a file: UTF-8, or UTF-16 with a byte order mark, as some editors and shells write it. */
const textOf = (bytes: Uint8Array): string => {
  const [first, second] = bytes;
  const isLittle = first === 0xff && second === 0xfe;
  if (!isLittle && !(first === 0xfe && second === 0xff)) return strFromU8(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = '';
  for (let i = 0; i + 1 < bytes.length; i += 2) text += String.fromCharCode(view.getUint16(i, isLittle));
  return text;
};

const jsonOf = (text: string): Fields => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw malformed(`expected JSON (${(thrown as Error).message})`);
  }
  if (!isObject(value)) throw malformed('expected a JSON object');
  return value;
};

/** What a link begins with after the address: a format and a dot. JSON begins otherwise. */
const LINK = /^#?\d+\./;

/**
 * The object that a link or a file holds: the part of a link after '#', JSON as text, or the bytes of a file. Here and
 * nowhere else it is inflated and parsed.
 *
 * @throws {SimError} file/malformed, link/malformed, link/too-large, link/newer-version
 */
export const unpack = (input: string | Uint8Array): Unpacked => {
  const text = (typeof input === 'string' ? input : textOf(input)).replace(/^\uFEFF/, '').trim();
  return text.startsWith('#') || LINK.test(text) ? unpackLink(text) : { fields: jsonOf(text), format: undefined };
};
