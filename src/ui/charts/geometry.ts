/** The plot area of a small multiple in CSS pixels: fixed margins, so that overlays need not ask recharts. */
export interface Plot {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The margins of a small multiple, at a size of type that is `scale` times that on a desk. */
export const marginsOf = (scale: number) => ({
  yAxis: 46 * scale,
  xAxis: 20 * scale,
  /** The name of a multiple stands above its 100 % line. */
  top: 19 * scale,
  /** Room for the labels at the ends of the lines. */
  labels: 108 * scale,
  /** Below a multiple without an axis. */
  bottom: 6,
});

export const plotOf = (width: number, height: number, hasXAxis: boolean, scale = 1): Plot => {
  const { yAxis, xAxis, top, labels, bottom } = marginsOf(scale);
  return {
    left: yAxis,
    top,
    width: Math.max(1, width - yAxis - labels),
    height: Math.max(1, height - top - (hasXAxis ? xAxis : bottom)),
  };
};

export const xOf = (plot: Plot, step: number, total: number): number => plot.left + (step / total) * plot.width;
export const yOf = (plot: Plot, fraction: number): number => plot.top + (1 - fraction) * plot.height;
