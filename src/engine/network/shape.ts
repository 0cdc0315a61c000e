import { SimError } from '../base/errors.ts';
import { foldIn, normal, uniform } from '../base/random.ts';
import * as tf from '../base/tf.ts';
import type { Activation, Initializer, Layer, LayoutPart, Network, Upper } from '../contracts/network.ts';

/** The shape of a multilayer perceptron. */
export interface MlpSpec {
  /** Numbers in a row; token ids in a row, where there is an embedding. */
  readonly inputs: number;
  readonly hidden: readonly number[];
  readonly classes: number;
  /** One for all hidden layers, or one for each. */
  readonly activation: Activation | readonly Activation[];
  readonly init: Initializer;
  /** The last class's logit is always zero and the output layer has no biases: weights `a` [in, C - 1], zero at the start. */
  readonly pinned?: boolean;
  /** A table of vectors for token ids; its numbers start normal with this standard deviation. */
  readonly embedding?: { readonly vocabulary: number; readonly width: number; readonly deviation: number };
}

/** The most numbers that `PerRow.gradients` gives. */
const MOST_GRADIENTS = 64 * 1024 * 1024;

/** A place for the gradients of N rows, [N * P]. */
export const gradientsFor = (rows: number, size: number): Float32Array => {
  if (rows * size > MOST_GRADIENTS) {
    const asked = Math.ceil((rows * size * 4) / 1024 / 1024);
    throw new SimError(
      'engine/out-of-memory',
      `The gradients of ${rows} rows of a network with ${size} weights take ${asked} MB; at most ${MOST_GRADIENTS / 1024 / 256} MB are given.`,
    );
  }
  return new Float32Array(rows * size);
};

/** What every implementation of a multilayer perceptron has in common. */
export type MlpShape = Pick<
  Network,
  'inputs' | 'classes' | 'embedding' | 'layers' | 'layout' | 'widths' | 'activations' | 'size' | 'init'
>;

/** Where the parts of the weights are, one after the other. */
const partsOf = (spec: MlpSpec, widths: readonly number[], activationOf: (layer: number) => Activation) => {
  const layout: LayoutPart[] = [];
  let offset = 0;
  const add = (name: string, shape: readonly number[]): LayoutPart => {
    const part = { name, shape, offset, size: shape.reduce((product, n) => product * n, 1) };
    layout.push(part);
    offset += part.size;
    return part;
  };
  const { embedding } = spec;
  const table = embedding && add('E', [embedding.vocabulary, embedding.width]);
  const layers = widths.slice(1).map((outputs, i): Layer => {
    const inputs = widths[i] as number;
    const isLast = i === widths.length - 2;
    const activation = isLast ? 'linear' : activationOf(i);
    if (spec.pinned && isLast) return { inputs, outputs, kernel: add('a', [inputs, outputs - 1]), activation };
    return {
      inputs,
      outputs,
      kernel: add(`W${i + 1}`, [inputs, outputs]),
      bias: add(`b${i + 1}`, [outputs]),
      activation,
    };
  });
  return {
    layout,
    layers,
    size: offset,
    ...(table && embedding && { embedding: { table, slots: spec.inputs, deviation: embedding.deviation } }),
  };
};

/**
 * The weights of a multilayer perceptron. Kernels start Glorot-uniform (Glorot & Bengio 2010) or He-normal
 * (He et al. 2015), biases at zero; `auto` is He for relu and Glorot otherwise.
 */
export const mlpShape = (spec: MlpSpec): MlpShape => {
  const { inputs, classes, hidden, embedding } = spec;
  const widths = [embedding ? inputs * embedding.width : inputs, ...hidden, classes];
  const activationOf = (layer: number): Activation =>
    (typeof spec.activation === 'string' ? spec.activation : spec.activation[layer]) ?? 'tanh';
  /** The output layer starts like the layer before it. */
  const schemeOf = (layer: number): 'glorot' | 'he' => {
    if (spec.init !== 'auto') return spec.init;
    return activationOf(Math.min(layer, hidden.length - 1)) === 'relu' ? 'he' : 'glorot';
  };
  const parts = partsOf(spec, widths, activationOf);
  return {
    inputs,
    classes,
    widths,
    activations: hidden.map((_, layer) => activationOf(layer)),
    ...parts,
    init: (key) => {
      const weights = new Float32Array(parts.size);
      const fill = (
        { name, offset, size }: LayoutPart,
        draw: (i: number, stream: ReturnType<typeof foldIn>) => number,
      ) => {
        const stream = foldIn(key, name);
        for (let i = 0; i < size; i++) weights[offset + i] = draw(i, stream);
      };
      if (parts.embedding) {
        const { table, deviation } = parts.embedding;
        fill(table, (i, stream) => deviation * normal(stream, i));
      }
      parts.layers.forEach(({ kernel, bias }, layer) => {
        if (!bias) return;
        const [fanIn, fanOut] = kernel.shape as [number, number];
        const bound = Math.sqrt(6 / (fanIn + fanOut));
        const deviation = Math.sqrt(2 / fanIn);
        const isHe = schemeOf(layer) === 'he';
        fill(kernel, (i, stream) => (isHe ? deviation * normal(stream, i) : bound * (2 * uniform(stream, i) - 1)));
      });
      return weights;
    },
  };
};

/** The networks above the hidden layers of one, each made when it is first asked for. */
export const uppersOf = (
  spec: MlpSpec,
  { widths, activations, size }: Pick<MlpShape, 'widths' | 'activations' | 'size'>,
  make: (spec: MlpSpec) => Network,
): Network['above'] => {
  const known = new Map<number, Upper>();
  return (layer) => {
    let upper = known.get(layer);
    if (!upper) {
      const network = make({
        inputs: widths[layer] as number,
        hidden: spec.hidden.slice(layer),
        classes: spec.classes,
        activation: activations.slice(layer),
        init: 'auto',
        ...(spec.pinned && { pinned: true }),
      });
      const from = size - network.size;
      upper = { network, weights: (whole) => tf.slice(whole, [0, from], [whole.shape[0] as number, network.size]) };
      known.set(layer, upper);
    }
    return upper;
  };
};
