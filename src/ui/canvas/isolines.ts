/** A decision map as the worker sends it: bytes per cell, first row at the top. */
export interface DecisionMap {
  readonly size: number;
  readonly winner: Uint8Array;
  readonly confidence: Uint8Array;
}

/** How far a cell is from a tie; never 0, so that a line always runs between cells of different classes. */
const margin = (confidence: number): number => Math.max(8, 2 * confidence - 255);

/** Edge crossings of the cell square, by the bits of its inside corners (top-left 1, top-right 2, bottom-right 4, bottom-left 8). */
const SEGMENTS: readonly (readonly (readonly [number, number])[])[] = [
  [],
  [[3, 0]],
  [[0, 1]],
  [[3, 1]],
  [[1, 2]],
  [
    [3, 0],
    [1, 2],
  ],
  [[0, 2]],
  [[3, 2]],
  [[2, 3]],
  [[2, 0]],
  [
    [0, 1],
    [2, 3],
  ],
  [[2, 1]],
  [[1, 3]],
  [[1, 0]],
  [[0, 3]],
  [],
];

/**
 * Lines along which the predicted class changes: marching squares over signed margins, class by class.
 * Returns x0, y0, x1, y1 per segment in cell units, where a cell's center is at index + 0.5.
 */
export const isolines = (map: DecisionMap): Float32Array => {
  const { size, winner, confidence } = map;
  const out: number[] = [];
  const value = new Float32Array(4);
  const point = (edge: number, column: number, row: number): [number, number] => {
    const [a, b] = [value[edge] as number, value[(edge + 1) % 4] as number];
    const t = a / (a - b);
    if (edge === 0) return [column + 0.5 + t, row + 0.5];
    if (edge === 1) return [column + 1.5, row + 0.5 + t];
    if (edge === 2) return [column + 1.5 - t, row + 1.5];
    return [column + 0.5, row + 1.5 - t];
  };
  for (let row = 0; row + 1 < size; row++) {
    for (let column = 0; column + 1 < size; column++) {
      const at = row * size + column;
      const [first, below] = [winner[at], at + size];
      // Most cells: looked at without making anything, since every picture has thousands.
      if (first === winner[at + 1] && first === winner[below] && first === winner[below + 1]) continue;
      const cells = [at, at + 1, below + 1, below];
      const classes = cells.map((cell) => winner[cell] as number);
      const distinct = [...new Set(classes)];
      for (const label of distinct.length === 2 ? distinct.slice(1) : distinct) {
        let bits = 0;
        for (let corner = 0; corner < 4; corner++) {
          const inside = classes[corner] === label;
          if (inside) bits |= 1 << corner;
          value[corner] = margin(confidence[cells[corner] as number] as number) * (inside ? 1 : -1);
        }
        for (const [from, to] of SEGMENTS[bits] ?? []) {
          out.push(...point(from, column, row), ...point(to, column, row));
        }
      }
    }
  }
  return Float32Array.from(out);
};
