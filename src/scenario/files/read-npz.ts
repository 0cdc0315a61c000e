import { strFromU8, unzipSync } from 'fflate';
import { faultError, SimError } from '../../engine/base/errors.ts';
import { shownKey } from '../read/check.ts';
import type { Fields } from '../read/document-kind.ts';

/** What the arrays of a file may come to, in bytes. */
const MOST_BYTES = 256 * 1024 * 1024;
const MOST_ARRAYS = 2000;

const HOW = "an .npz file of the page, or numpy.savez('weights.npz', W1=..., b1=..., W2=..., b2=...)";

const malformed = (what: string, found: string): SimError =>
  new SimError('file/malformed', `expected ${what}, found ${found}`, [{ path: '', expected: what, found }]);

type Read = (view: DataView, offset: number, isLittle: boolean) => number;

const scratch = new DataView(new ArrayBuffer(4));

/** A number of 16 bits: a sign, 5 bits of exponent, 10 of fraction (IEEE 754). */
const half: Read = (view, offset, isLittle) => {
  const bits = view.getUint16(offset, isLittle);
  const [sign, exponent, fraction] = [bits >> 15, (bits >> 10) & 31, bits & 1023];
  if (exponent === 0) return ((sign === 0 ? 1 : -1) * fraction) / 0x1000000;
  // The same number with 8 bits of exponent, 127 instead of 15 in its middle, and 23 of fraction.
  scratch.setUint32(0, (sign << 31) | ((exponent === 31 ? 255 : exponent + 112) << 23) | (fraction << 13));
  return scratch.getFloat32(0);
};

/** Of numpy's types: what one number is read with, by letter and bytes. */
const TYPES: Readonly<Record<string, Read>> = {
  f2: half,
  f4: (view, offset, isLittle) => view.getFloat32(offset, isLittle),
  f8: (view, offset, isLittle) => view.getFloat64(offset, isLittle),
  i1: (view, offset) => view.getInt8(offset),
  i2: (view, offset, isLittle) => view.getInt16(offset, isLittle),
  i4: (view, offset, isLittle) => view.getInt32(offset, isLittle),
  i8: (view, offset, isLittle) => Number(view.getBigInt64(offset, isLittle)),
  u1: (view, offset) => view.getUint8(offset),
  u2: (view, offset, isLittle) => view.getUint16(offset, isLittle),
  u4: (view, offset, isLittle) => view.getUint32(offset, isLittle),
};

type Numbers = readonly number[] | readonly (readonly number[])[];

/** One array in numpy's .npy format, of version 1, 2 or 3. */
const readNpy = (name: string, bytes: Uint8Array): Numbers => {
  const bad = (expected: string, found: string): SimError =>
    faultError('scenario/invalid', [{ path: `/${name}`, expected, found }]);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || strFromU8(bytes.subarray(1, 6)) !== 'NUMPY') throw bad('an array as .npy', 'something else');
  const isShort = bytes[6] === 1;
  const start = (isShort ? 10 : 12) + (isShort ? view.getUint16(8, true) : view.getUint32(8, true));
  const header = strFromU8(bytes.subarray(isShort ? 10 : 12, Math.min(start, bytes.length)));
  const type = /'descr': '([<>|=])(\w+)'/.exec(header);
  const read = TYPES[type?.[2] ?? ''];
  if (!type || !read) {
    const found = /'descr': '?([^',]{0,20})/.exec(header)?.[1] ?? 'none';
    throw bad('an array of numbers (float16, float32, float64, or whole ones)', `numpy type ${shownKey(found)}`);
  }
  const shape = (/'shape': \(([\d, ]*)\)/.exec(header)?.[1] ?? '').split(',').flatMap((size) => {
    const text = size.trim();
    return text === '' ? [] : [Number(text)];
  });
  const [rows, columns = 1] = shape as [number | undefined, number | undefined];
  if (rows === undefined || shape.length > 2) throw bad('an array of one or two axes', `${shape.length} axes`);
  const width = Number(type[2]?.slice(1));
  if (!Number.isSafeInteger(rows * columns) || rows * columns * width !== bytes.length - start) {
    throw bad(`${rows * columns} numbers, as its shape says`, `${Math.max(0, bytes.length - start) / width}`);
  }
  const isByColumn = /'fortran_order': True/.test(header);
  const number = (row: number, column: number): number =>
    read(view, start + width * (isByColumn ? column * rows + row : row * columns + column), type[1] !== '>');
  const row = (i: number): number[] => Array.from({ length: columns }, (_, j) => number(i, j));
  return shape.length === 1
    ? Array.from({ length: rows }, (_, i) => number(i, 0))
    : Array.from({ length: rows }, (_, i) => row(i));
};

const unzipped = (bytes: Uint8Array): Readonly<Record<string, Uint8Array>> => {
  let total = 0;
  let count = 0;
  const strangers: string[] = [];
  let files: Readonly<Record<string, Uint8Array>>;
  try {
    files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!name.endsWith('.npy')) {
          strangers.push(name);
          return false;
        }
        total += originalSize;
        count++;
        return total <= MOST_BYTES && count <= MOST_ARRAYS;
      },
    });
  } catch {
    throw malformed(HOW, 'a damaged archive');
  }
  if (total > MOST_BYTES || count > MOST_ARRAYS) {
    throw new SimError('file/too-large', `The arrays of this file come to ${total} bytes in ${count} arrays.`);
  }
  if (count > 0) return files;
  const some = strangers.slice(0, 3).map(shownKey).join(', ');
  throw malformed(HOW, some === '' ? 'an empty archive' : `an archive with ${some}`);
};

/** Whether a file begins as a zip archive does, which .npz is. */
export const isArchive = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] ?? 9) < 9;

/**
 * A file of weights from numpy's .npz. Arrays called `seed0.W1` belong to a seed, others to every seed; both stand as
 * those of the original model.
 *
 * @throws {SimError} file/malformed, file/too-large, scenario/invalid with the array
 */
export const readNpz = (bytes: Uint8Array): Fields => {
  const every: Record<string, Numbers> = {};
  const bySeed: Record<string, Record<string, Numbers>> = {};
  for (const [file, content] of Object.entries(unzipped(bytes))) {
    const name = file.slice(0, -'.npy'.length);
    const values = readNpy(shownKey(name), content);
    const [, seed, own] = /^seed(\d{1,16})\.(.+)$/.exec(name) ?? [];
    if (seed === undefined || own === undefined) every[name] = values;
    else {
      bySeed[seed] ??= {};
      (bySeed[seed] as Record<string, Numbers>)[own] = values;
    }
  }
  return {
    kind: 'weights',
    version: 1,
    ...(Object.keys(every).length > 0 && { original: every }),
    ...(Object.keys(bySeed).length > 0 && {
      bySeed: Object.fromEntries(Object.entries(bySeed).map(([seed, original]) => [seed, { original }])),
    }),
  };
};
