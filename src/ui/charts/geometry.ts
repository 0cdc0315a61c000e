/** The plot area of a small multiple in CSS pixels: fixed margins, so that overlays need not ask recharts. */
export interface Plot {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export const Y_AXIS = 46;
export const X_AXIS = 20;
/** The name of a multiple stands above its 100 % line. */
export const TOP = 19;
/** Room for the labels at the ends of the lines. */
export const LABELS = 92;

export const plotOf = (width: number, height: number, hasXAxis: boolean): Plot => ({
  left: Y_AXIS,
  top: TOP,
  width: Math.max(1, width - Y_AXIS - LABELS),
  height: Math.max(1, height - TOP - (hasXAxis ? X_AXIS : 6)),
});

export const xOf = (plot: Plot, step: number, total: number): number => plot.left + (step / total) * plot.width;
export const yOf = (plot: Plot, fraction: number): number => plot.top + (1 - fraction) * plot.height;
