/** Bars of a histogram from 0 on. */
export interface Histogram {
  /** Width of a bar. */
  readonly width: number;
  /** Values in each bar; those at the upper end count to the last. */
  readonly counts: readonly number[];
}

/** Counts values from 0 to `top` in bars of equal width. */
export const histogramOf = (values: ArrayLike<number>, top: number, bars: number): Histogram => {
  const counts = new Array<number>(bars).fill(0);
  for (let i = 0; i < values.length; i++) {
    const bar = Math.min(bars - 1, Math.max(0, Math.floor(((values[i] as number) / top) * bars)));
    counts[bar] = (counts[bar] as number) + 1;
  }
  return { width: top / bars, counts };
};
