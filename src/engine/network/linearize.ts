import type { Activation, Network } from '../contracts/network.ts';

import { hiddenAt } from './serve.ts';

/**
 * One network made linear around its weights, z(θ + v) = z(θ) + J v at some points, in double precision and without ever
 * writing J down: what curvature matrices are made of.
 */
export interface Linearized {
  /** J v: how a change v of the weights [P] changes every logit, [N * C]. */
  readonly push: (v: Float64Array) => Float64Array;
  /** Jᵀ u: the gradient [P] of the sum of the logits, each times its u, [N * C]. */
  readonly pull: (u: Float64Array) => Float64Array;
}

/** The derivative of an activation, from its value. */
const SLOPES: Readonly<Record<Activation, (a: number) => number>> = {
  relu: (a) => (a > 0 ? 1 : 0),
  tanh: (a) => 1 - a * a,
  sigmoid: (a) => a * (1 - a),
};

interface Linear {
  readonly fanIn: number;
  readonly fanOut: number;
  /** Columns of the kernel: fanOut, or one less where the last output is always zero. */
  readonly columns: number;
  readonly kernel: number;
  /** Absent where the layer has none. */
  readonly bias: number | undefined;
  /** What goes in, [N * fanIn]. */
  readonly input: Float64Array;
  /** How that answers to what its layer computes, [N * fanIn]; the points themselves do not move. */
  readonly slope: Float64Array | undefined;
}

export const linearized = (model: Network, weights: Float32Array, points: Float32Array): Linearized => {
  const { size } = model;
  const N = points.length / model.inputs;
  const theta = Float64Array.from(weights); // one type of numbers throughout: mixed ones take twice as long
  const inputs = [points, ...hiddenAt(model, weights, points)].map((input) => Float64Array.from(input));
  const layers = model.layers.map((layer, i): Linear => {
    const input = inputs[i] as Float64Array;
    const below = model.layers[i - 1]?.activation;
    return {
      fanIn: layer.inputs,
      fanOut: layer.outputs,
      columns: layer.kernel.shape[1] as number,
      kernel: layer.kernel.offset,
      bias: layer.bias?.offset,
      input,
      slope: below && below !== 'linear' ? Float64Array.from(input, SLOPES[below]) : undefined,
    };
  });

  const push: Linearized['push'] = (v) => {
    let tangent = new Float64Array(0);
    for (const { fanIn, fanOut, columns, kernel, bias, input, slope } of layers) {
      const next = new Float64Array(N * fanOut);
      for (let row = 0; row < N; row++) {
        const out = row * fanOut;
        if (bias !== undefined) for (let o = 0; o < fanOut; o++) next[out + o] = v[bias + o] as number;
        for (let i = 0; i < fanIn; i++) {
          const at = row * fanIn + i;
          const a = input[at] as number;
          const t = slope ? (slope[at] as number) * (tangent[at] as number) : 0;
          if (a === 0 && t === 0) continue;
          const from = kernel + i * columns;
          for (let o = 0; o < columns; o++) {
            next[out + o] = (next[out + o] as number) + a * (v[from + o] as number) + t * (theta[from + o] as number);
          }
        }
      }
      tangent = next;
    }
    return tangent;
  };

  const pull: Linearized['pull'] = (u) => {
    const gradient = new Float64Array(size);
    let delta = Float64Array.from(u);
    for (const { fanIn, fanOut, columns, kernel, bias, input, slope } of layers.toReversed()) {
      const below = new Float64Array(slope ? N * fanIn : 0);
      for (let row = 0; row < N; row++) {
        const out = row * fanOut;
        for (let o = 0; o < fanOut && bias !== undefined; o++) {
          gradient[bias + o] = (gradient[bias + o] as number) + (delta[out + o] as number);
        }
        for (let i = 0; i < fanIn; i++) {
          const at = row * fanIn + i;
          const a = input[at] as number;
          const rate = slope ? (slope[at] as number) : 0;
          if (a === 0 && rate === 0) continue;
          const from = kernel + i * columns;
          let sum = 0;
          for (let o = 0; o < columns; o++) {
            const d = delta[out + o] as number;
            gradient[from + o] = (gradient[from + o] as number) + a * d;
            sum += d * (theta[from + o] as number);
          }
          if (slope) below[at] = rate * sum;
        }
      }
      delta = below;
    }
    return gradient;
  };
  return { push, pull };
};
