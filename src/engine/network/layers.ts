import type { LayoutPart, Model } from './model.ts';

/** How many layers of weights a network has: its hidden ones and the output. */
export const layerCount = ({ layout }: Pick<Model, 'layout'>): number =>
  layout.filter(({ shape }) => shape.length === 2).length;

/** 1 for the weights and biases of layers first to last, 0 for the others, [P]. Layers count from 1, at the inputs. */
export const layerMask = (
  { layout, size }: Pick<Model, 'layout' | 'size'>,
  first: number,
  last: number,
): Float32Array => {
  const from = (layout[2 * (first - 1)] as LayoutPart).offset;
  return new Float32Array(size).fill(1, from, layout[2 * last]?.offset ?? size);
};

/** The same for the last k layers. k at or above the number of layers takes all. */
export const lastLayers = (model: Pick<Model, 'layout' | 'size'>, k: number): Float32Array => {
  const L = layerCount(model);
  return layerMask(model, Math.max(1, L - k + 1), L);
};
