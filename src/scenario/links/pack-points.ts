import type { InlineParams, InlinePoints } from '../format/scenario.ts';

/**
 * Inline points as bytes, so that thousands fit a link. Nothing is rounded: each column of coordinates takes the
 * narrowest of three forms that gives back every number exactly: a decimal fraction (whole numbers of 1 to 6 bytes over
 * a power of ten, up to 8 decimals), single precision (4 bytes), or double precision (8 bytes).
 *
 * Layout; numbers are unsigned LEB128 unless said otherwise:
 *   numbers per point D, then for the training and the test set:
 *     count N; D columns (form byte, then N values as planes: all first bytes, all second bytes, ...); N labels, a byte each
 *   0, or 1 + number of known test points of the forget set, and the steps between their ascending indices.
 * The form byte is 0x80 for single, 0x81 for double precision (IEEE 754, least byte first), else 8 * decimals + bytes;
 * a decimal fraction's whole numbers are zigzag-coded, least byte first.
 */

const SINGLE = 0x80;
const DOUBLE = 0x81;
const MOST_DECIMALS = 8;
const MOST_BYTES = 6;
const POWERS = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8] as const;

/** Whole numbers over 10^decimals that are exactly the values, with the fewest decimals; undefined if there are none. */
const decimalsOf = (values: readonly number[]): { decimals: number; whole: number[] } | undefined => {
  let decimals = 0;
  const isExact = (value: number) => {
    const power = POWERS[decimals] as number;
    return Math.round(value * power) / power === value;
  };
  for (const value of values) while (!isExact(value)) if (++decimals > MOST_DECIMALS) return undefined;
  const power = POWERS[decimals] as number;
  const whole = values.map((value) => {
    const n = Math.round(value * power);
    return n < 0 ? -2 * n - 1 : 2 * n;
  });
  // A fraction that is exact with few decimals need not be so with more.
  return values.every(isExact) ? { decimals, whole } : undefined;
};

const bytesFor = (whole: readonly number[]): number => {
  const most = whole.reduce((a, b) => Math.max(a, b), 0);
  let bytes = 1;
  for (let limit = 256; most >= limit; limit *= 256) bytes++;
  return bytes;
};

const writeNumber = (out: number[], value: number): void => {
  let left = value;
  while (left > 127) {
    out.push((left % 128) + 128);
    left = Math.floor(left / 128);
  }
  out.push(left);
};

/** The bytes of values as planes. */
const writePlanes = (out: number[], bytes: number, rows: readonly (readonly number[])[]): void => {
  for (let plane = 0; plane < bytes; plane++) for (const row of rows) out.push(row[plane] as number);
};

const wholeBytes = (value: number, bytes: number): number[] => {
  let left = value;
  return Array.from({ length: bytes }, () => {
    const byte = left % 256;
    left = Math.floor(left / 256);
    return byte;
  });
};

const floatBytes = (value: number, bytes: number): number[] => {
  const view = new DataView(new ArrayBuffer(8));
  if (bytes === 4) view.setFloat32(0, value, true);
  else view.setFloat64(0, value, true);
  return Array.from({ length: bytes }, (_, i) => view.getUint8(i));
};

const writeColumn = (out: number[], values: readonly number[]): void => {
  const fraction = decimalsOf(values);
  const bytes = fraction === undefined ? Number.POSITIVE_INFINITY : bytesFor(fraction.whole);
  const float = values.every((value) => Math.fround(value) === value) ? 4 : 8;
  if (fraction !== undefined && bytes <= Math.min(float, MOST_BYTES)) {
    out.push(8 * fraction.decimals + bytes);
    writePlanes(
      out,
      bytes,
      fraction.whole.map((value) => wholeBytes(value, bytes)),
    );
    return;
  }
  out.push(float === 4 ? SINGLE : DOUBLE);
  writePlanes(
    out,
    float,
    values.map((value) => floatBytes(value, float)),
  );
};

/** Inline points that the parser has checked, as bytes. */
export const packPoints = ({ train, test, testForget }: InlineParams): Uint8Array => {
  const out: number[] = [];
  const inputs = train.x[0]?.length ?? 0;
  writeNumber(out, inputs);
  for (const { x, y } of [train, test]) {
    writeNumber(out, x.length);
    for (let column = 0; column < inputs; column++) {
      writeColumn(
        out,
        x.map((row) => row[column] as number),
      );
    }
    for (const label of y) out.push(label);
  }
  writeNumber(out, testForget === undefined ? 0 : testForget.length + 1);
  testForget?.forEach((index, i) => {
    writeNumber(out, index - (i === 0 ? 0 : (testForget[i - 1] as number)));
  });
  return Uint8Array.from(out);
};

class Malformed extends Error {}

/** Reads bytes one after another; whatever goes beyond their end is a fault. */
const readerOf = (bytes: Uint8Array) => {
  let offset = 0;
  const take = (count: number): Uint8Array => {
    if (count > bytes.length - offset) throw new Malformed();
    offset += count;
    return bytes.subarray(offset - count, offset);
  };
  const number = (): number => {
    let value = 0;
    for (let unit = 1; unit <= 0x10000000; unit *= 128) {
      const byte = take(1)[0] as number;
      value += (byte % 128) * unit;
      if (byte < 128) return value;
    }
    throw new Malformed();
  };
  return { take, number, isAtEnd: () => offset === bytes.length };
};

const readColumn = ({ take }: ReturnType<typeof readerOf>, count: number): number[] => {
  const form = take(1)[0] as number;
  const bytes = form === SINGLE ? 4 : form === DOUBLE ? 8 : form % 8;
  const power = POWERS[Math.floor(form / 8)];
  if (form < SINGLE ? power === undefined || bytes === 0 || bytes > MOST_BYTES : form > DOUBLE) throw new Malformed();
  const planes = take(bytes * count);
  const view = new DataView(new ArrayBuffer(8));
  return Array.from({ length: count }, (_, i) => {
    if (form >= SINGLE) {
      for (let plane = 0; plane < bytes; plane++) view.setUint8(plane, planes[plane * count + i] as number);
      return form === SINGLE ? view.getFloat32(0, true) : view.getFloat64(0, true);
    }
    let whole = 0;
    for (let plane = bytes - 1; plane >= 0; plane--) whole = whole * 256 + (planes[plane * count + i] as number);
    return (whole % 2 === 1 ? -(whole + 1) / 2 : whole / 2) / (power as number);
  });
};

const readSet = (reader: ReturnType<typeof readerOf>, inputs: number): InlinePoints => {
  const count = reader.number();
  const columns = Array.from({ length: inputs }, () => readColumn(reader, count));
  const y = [...reader.take(count)];
  return { x: y.map((_, i) => columns.map((column) => column[i] as number)), y };
};

/**
 * What such bytes hold, undefined if they are none. It takes memory in proportion to the bytes, whatever they say; the
 * numbers are still to be parsed: they may be anything that a double can be.
 */
export const unpackPoints = (bytes: Uint8Array): InlineParams | undefined => {
  try {
    const reader = readerOf(bytes);
    const inputs = reader.number();
    if (inputs === 0 || inputs > bytes.length) return undefined;
    const train = readSet(reader, inputs);
    const test = readSet(reader, inputs);
    const known = reader.number();
    if (known > bytes.length) return undefined;
    let index = 0;
    const testForget = Array.from({ length: Math.max(0, known - 1) }, () => {
      index += reader.number();
      return index;
    });
    if (!reader.isAtEnd()) return undefined;
    return { train, test, ...(known === 0 ? {} : { testForget }) };
  } catch (thrown) {
    if (thrown instanceof Malformed) return undefined;
    throw thrown;
  }
};
