import { strFromU8 } from 'fflate';
import { SimError } from '../../engine/base/errors.ts';
import { isArchive, readNpz } from '../files/read-npz.ts';
import { unpackLink } from '../links/link.ts';
import { isObject } from '../read/check.ts';
import type { Fields } from '../read/document-kind.ts';

/** How large a file may be. */
export const fileCaps = {
  bytes: 64 * 1024 * 1024,
  /** Lists and objects inside each other: no kind needs more than 30. */
  depth: 200,
} as const;

/** What came in, as an object. */
export interface Unpacked {
  readonly fields: Fields;
  /** Of a link: the format that it begins with. */
  readonly format: number | undefined;
}

const malformed = (why: string): SimError => new SimError('file/malformed', why);

/** @throws {SimError} file/too-large */
export const checkSize = (bytes: number): void => {
  if (bytes <= fileCaps.bytes) return;
  const megabytes = (size: number): string => `${Math.round(size / 1024 / 1024)} MB`;
  throw new SimError('file/too-large', `expected at most ${megabytes(fileCaps.bytes)}, found ${megabytes(bytes)}`);
};

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

const CODES = { quote: 34, escape: 92, list: 91, listEnd: 93, object: 123, objectEnd: 125 } as const;

/** Whether JSON goes deeper than any document does: some parsers need minutes to say so. One look, no recursion. */
export const isDeep = (json: string): boolean => {
  let depth = 0;
  let isText = false;
  for (let i = 0; i < json.length; i++) {
    const code = json.charCodeAt(i);
    if (code === CODES.quote) isText = !isText;
    else if (isText) {
      if (code === CODES.escape) i++;
    } else if (code === CODES.list || code === CODES.object) {
      if (++depth > fileCaps.depth) return true;
    } else if (code === CODES.listEnd || code === CODES.objectEnd) depth--;
  }
  return false;
};

const jsonOf = (text: string): Fields => {
  if (text === '') throw malformed('expected JSON, found an empty file');
  if (isDeep(text)) throw malformed(`expected at most ${fileCaps.depth} lists and objects inside each other`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    // A picture or a program: what the parser says of it would only show its bytes.
    if (text.includes('\0')) throw malformed('expected JSON, or an .npz file of weights');
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
 * @throws {SimError} file/malformed, file/too-large, link/malformed, link/too-large, link/newer-version
 */
export const unpack = (input: string | Uint8Array): Unpacked => {
  checkSize(input.length);
  if (typeof input !== 'string' && isArchive(input)) return { fields: readNpz(input), format: undefined };
  const text = (typeof input === 'string' ? input : textOf(input)).replace(/^\uFEFF/, '').trim();
  return text.startsWith('#') || LINK.test(text) ? unpackLink(text) : { fields: jsonOf(text), format: undefined };
};
