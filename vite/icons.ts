import { crc32, deflateSync } from 'node:zlib';

type Color = readonly [number, number, number];

/** The signed distance from a point to a shape, in units of the 32 x 32 drawing; negative inside. */
type Shape = (x: number, y: number) => number;

/** Math.hypot is ten times slower. */
const length = (x: number, y: number): number => Math.sqrt(x * x + y * y);

const circle =
  (cx: number, cy: number, r: number): Shape =>
  (x, y) =>
    length(x - cx, y - cy) - r;

const segment = (ax: number, ay: number, bx: number, by: number, width: number): Shape => {
  const dx = bx - ax;
  const dy = by - ay;
  const square = dx * dx + dy * dy;
  return (x, y) => {
    const t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / square));
    return length(x - ax - t * dx, y - ay - t * dy) - width / 2;
  };
};

const union =
  (...shapes: readonly Shape[]): Shape =>
  (x, y) => {
    let nearest = Number.POSITIVE_INFINITY;
    for (const shape of shapes) nearest = Math.min(nearest, shape(x, y));
    return nearest;
  };

const roundedSquare =
  (side: number, radius: number): Shape =>
  (x, y) => {
    const qx = Math.abs(x - side / 2) - side / 2 + radius;
    const qy = Math.abs(y - side / 2) - side / 2 + radius;
    return length(Math.max(qx, 0), Math.max(qy, 0)) + Math.min(Math.max(qx, qy), 0) - radius;
  };

/** A cubic curve as short segments. */
const curve = (points: readonly (readonly [number, number])[], width: number): Shape => {
  const at = (t: number, axis: 0 | 1): number => {
    const [a, b, c, d] = points.map((point) => point[axis]) as [number, number, number, number];
    const u = 1 - t;
    return u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d;
  };
  const pieces = 24;
  const parts = Array.from({ length: pieces }, (_, i) =>
    segment(at(i / pieces, 0), at(i / pieces, 1), at((i + 1) / pieces, 0), at((i + 1) / pieces, 1), width),
  );
  return union(...parts);
};

const GROUND: Color = [17, 24, 39];

/** The same drawing as public/favicon.svg. */
const LAYERS: readonly (readonly [Shape, Color])[] = [
  [curve([[6, 22], [10, 10], [18, 26], [26, 9]], 3), [124, 176, 255]], // biome-ignore format: four points
  [union(circle(9, 10, 2.6), circle(15, 8, 2.6)), [79, 209, 165]],
  [union(segment(19.5, 20.5, 24.5, 25.5, 2.6), segment(24.5, 20.5, 19.5, 25.5, 2.6)), [255, 126, 176]],
];

const chunk = (type: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body) >>> 0, 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
};

/** An RGBA picture as PNG. `pixels`: [size, size, 4], row by row. */
const png = (size: number, pixels: Uint8Array): Uint8Array => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const rows = Buffer.alloc(size * (size * 4 + 1));
  for (let y = 0; y < size; y++) rows.set(pixels.subarray(y * size * 4, (y + 1) * size * 4), y * (size * 4 + 1) + 1);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', new Uint8Array()),
  ]);
};

/**
 * The icon as PNG, `size` pixels wide. A full one has no rounded corners and keeps the drawing within the middle four
 * fifths, which is what systems that cut their own shape leave.
 */
export const icon = (size: number, isFull: boolean): Uint8Array => {
  const scale = size / 32;
  const zoom = isFull ? 0.75 : 1;
  const ground: Shape = isFull ? () => -1 : roundedSquare(32, 7);
  const pixels = new Uint8Array(size * size * 4);
  /** How much of a pixel a shape covers. */
  const cover = (distance: number, pixelsPerUnit: number): number =>
    Math.min(1, Math.max(0, 0.5 - distance * pixelsPerUnit));
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const [u, v] = [(x + 0.5) / scale, (y + 0.5) / scale];
      const color: [number, number, number] = [...GROUND];
      for (const [shape, paint] of LAYERS) {
        const part = cover(shape(16 + (u - 16) / zoom, 16 + (v - 16) / zoom), scale * zoom);
        if (part === 0) continue;
        for (const i of [0, 1, 2] as const) color[i] += (paint[i] - color[i]) * part;
      }
      pixels.set([...color.map(Math.round), Math.round(255 * cover(ground(u, v), scale))], (y * size + x) * 4);
    }
  }
  return png(size, pixels);
};
