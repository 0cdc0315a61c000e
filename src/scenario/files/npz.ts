import { strToU8, zipSync } from 'fflate';
import type { NamedArray } from '../format/weights.ts';

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]; // \x93NUMPY, version 1.0
const ALIGNMENT = 64;

/** An array as numpy's .npy format, version 1.0: little-endian, row by row. */
const npy = ({ shape, values }: NamedArray): Uint8Array => {
  const width = values.BYTES_PER_ELEMENT;
  const dims = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const words = `{'descr': '<f${width}', 'fortran_order': False, 'shape': (${dims}), }`;
  const start = Math.ceil((MAGIC.length + 2 + words.length + 1) / ALIGNMENT) * ALIGNMENT;
  const header = strToU8(`${words.padEnd(start - MAGIC.length - 3)}\n`);
  const bytes = new Uint8Array(start + values.length * width);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  view.setUint16(MAGIC.length, header.length, true);
  bytes.set(header, MAGIC.length + 2);
  for (const [i, value] of values.entries()) {
    if (width === 8) view.setFloat64(start + 8 * i, value, true);
    else view.setFloat32(start + 4 * i, value, true);
  }
  return bytes;
};

/** When the archive says that it was made: always the same, so that the same weights are the same bytes. */
const MADE = '1980-01-01T00:00:00';

/** Named arrays as numpy's .npz: `numpy.load(file)['W1']`. */
export const npz = (arrays: readonly NamedArray[]): Uint8Array =>
  zipSync(Object.fromEntries(arrays.map((array) => [`${array.name}.npy`, npy(array)])), { level: 0, mtime: MADE });
