import type { Layer, Network } from '../contracts/network.ts';

/** How many layers of weights a network has: its hidden ones and the output. */
export const layerCount = ({ layers }: Pick<Network, 'layers'>): number => layers.length;

/** Where a layer's kernel and biases stand in the flat weights: [start, end). */
export const placeOf = ({ kernel, bias = kernel }: Layer): readonly [number, number] => [
  kernel.offset,
  bias.offset + bias.size,
];

/** 1 for the weights and biases of layers first to last, 0 for the others, [P]. Layers count from 1, at the inputs. */
export const layerMask = (
  { layers, size }: Pick<Network, 'layers' | 'size'>,
  first: number,
  last: number,
): Float32Array => {
  const mask = new Float32Array(size);
  for (const layer of layers.slice(first - 1, last)) mask.fill(1, ...placeOf(layer));
  return mask;
};

/** 1 for the weights and biases of the last k layers, 0 for the others, [P]. k at or above the number of layers takes all. */
export const lastLayers = (model: Pick<Network, 'layers' | 'size'>, k: number): Float32Array => {
  const L = layerCount(model);
  return layerMask(model, Math.max(1, L - k + 1), L);
};
