import type { NamedArray } from '../../../scenario/format/weights.ts';

/** How the weights of one array differ from the original's. */
export interface WeightChange {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** |θ - θ_o| of each weight, row by row. */
  readonly size: Float64Array;
  /** The largest of them. */
  readonly most: number;
  /** Weights that are the original's to the last bit: what a mask freezes stays so. */
  readonly still: number;
}

/** The changes array by array; null where the arrays are not the same ones: another network answers. */
export const changesOf = (
  own: readonly NamedArray[] | null,
  original: readonly NamedArray[] | null,
): readonly WeightChange[] | null => {
  if (!own || !original || own.length !== original.length) return null;
  const changes: WeightChange[] = [];
  for (const [i, { name, shape, values }] of own.entries()) {
    const before = original[i]?.values;
    if (before?.length !== values.length) return null;
    const size = Float64Array.from(values, (value, at) => Math.abs(value - (before[at] as number)));
    const [rows, columns] = shape.length === 2 ? shape : [1, values.length];
    changes.push({
      name,
      rows: rows as number,
      columns: columns as number,
      size,
      most: size.reduce((a, b) => Math.max(a, b), 0),
      still: size.filter((value) => value === 0).length,
    });
  }
  return changes;
};

/** Pixels [rows * columns * 4] of a change: `paper` for none, `ink` for the largest of all arrays, `frozen` for exactly none. */
export const pixelsOf = (
  { size }: Pick<WeightChange, 'size'>,
  most: number,
  colors: { readonly paper: readonly number[]; readonly ink: readonly number[]; readonly frozen: readonly number[] },
): Uint8ClampedArray<ArrayBuffer> => {
  const pixels = new Uint8ClampedArray(4 * size.length);
  size.forEach((value, at) => {
    const share = most > 0 ? Math.sqrt(value / most) : 0;
    for (let c = 0; c < 3; c++) {
      const [paper, ink, frozen] = [colors.paper[c] as number, colors.ink[c] as number, colors.frozen[c] as number];
      pixels[4 * at + c] = value === 0 ? frozen : paper + share * (ink - paper);
    }
    pixels[4 * at + 3] = 255;
  });
  return pixels;
};
