import type { Model } from './model.ts';

/** 1 for the weights and biases of the last k layers, 0 for the others, [P]. k at or above the number of layers takes all. */
export const lastLayers = ({ layout, size, widths }: Model, k: number): Float32Array => {
  const first = Math.max(0, widths.length - 1 - k);
  return new Float32Array(size).fill(1, (layout[2 * first] as Model['layout'][number]).offset);
};
