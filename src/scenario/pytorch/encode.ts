import { zlibSync } from 'fflate';
import { toBase64Url } from '../links/base64url.ts';

type Numbers = Float32Array | Float64Array | Int32Array | Int16Array | Uint8Array;

/** An array that a script carries. */
export interface Carried {
  readonly values: Numbers;
  readonly shape: readonly number[];
}

const WIDTH = 112;

const typeOf = (values: Numbers): string => {
  if (values instanceof Float32Array) return 'float32';
  if (values instanceof Float64Array) return 'float64';
  if (values instanceof Int16Array) return 'int16';
  return values instanceof Uint8Array ? 'uint8' : 'int32';
};

const littleEndian = (values: Numbers): Uint8Array => {
  const width = values.BYTES_PER_ELEMENT;
  const view = new DataView(new ArrayBuffer(values.length * width));
  for (const [i, value] of values.entries()) {
    const at = i * width;
    if (values instanceof Float32Array) view.setFloat32(at, value, true);
    else if (values instanceof Float64Array) view.setFloat64(at, value, true);
    else if (values instanceof Int16Array) view.setInt16(at, value, true);
    else if (values instanceof Uint8Array) view.setUint8(at, value);
    else view.setInt32(at, value, true);
  }
  return new Uint8Array(view.buffer);
};

/** Whole numbers in the smallest type that holds them. */
export const whole = (values: Int32Array, shape: readonly number[]): Carried => {
  const most = values.reduce((a, b) => Math.max(a, b), 0);
  if (most < 256) return { values: Uint8Array.from(values), shape };
  return { values: most < 32768 ? Int16Array.from(values) : values, shape };
};

/** A dictionary of arrays as Python: type, shape, zlib-compressed little-endian bytes in URL-safe base64. */
export const pythonArrays = (arrays: Readonly<Record<string, Carried>>): readonly string[] => [
  'ARRAYS = {',
  ...Object.entries(arrays).flatMap(([name, { values, shape }]) => {
    const text = toBase64Url(zlibSync(littleEndian(values), { level: 6 }));
    const padded = text.padEnd(Math.ceil(text.length / 4) * 4, '=');
    const dims = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
    return [
      `    "${name}": ("${typeOf(values)}", (${dims}), """`,
      ...(padded.match(new RegExp(`.{1,${WIDTH}}`, 'g')) ?? []),
      '"""),',
    ];
  }),
  '}',
];
