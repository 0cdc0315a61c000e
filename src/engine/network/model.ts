import { SimError } from '../base/errors.ts';
import { foldIn, type Key, normal, uniform } from '../base/random.ts';
import * as tf from '../base/tf.ts';
import type { Split } from '../contracts/method.ts';
import type { Adversary } from '../objective/adversary.ts';
import type { Descent, descend, Moved, OptimizerState } from '../objective/optim.ts';
import type { Batch, LaneTerm } from '../objective/rows.ts';
import { decisions, logSoftmax } from './predict.ts';

export type Activation = 'relu' | 'tanh' | 'sigmoid';
/** `auto` is He for relu and Glorot otherwise. */
export type Initializer = 'auto' | 'glorot' | 'he';

/** One named part of a parameter vector. Kernels are [in, out]: y = x W + b. */
export interface LayoutPart {
  readonly name: string;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly size: number;
}

/** What forward keeps so that backward need not compute it again. */
export interface ForwardPass {
  /** [K, B, C] */
  readonly logits: tf.Tensor;
  /** The input of each layer: the batch, then the hidden activations; each [K, B, width]. */
  readonly inputs: readonly tf.Tensor[];
  /** What else the way back needs; each model knows what. */
  readonly saved: readonly tf.Tensor[];
}

/**
 * A family of networks. All weights and biases of K independent networks (lanes) are one tensor [K, P].
 * Forward and backward are the two functions that a faster implementation replaces.
 */
export interface Model {
  /** D */
  readonly inputs: number;
  /** C */
  readonly classes: number;
  readonly layout: readonly LayoutPart[];
  /** Inputs, hidden layers, classes. */
  readonly widths: readonly number[];
  /** One for each hidden layer. */
  readonly activations: readonly Activation[];
  /** P */
  readonly size: number;
  /** Fresh weights of one network from its key: [P]. */
  readonly init: (key: Key) => Float32Array;
  /** weights [K, P], x [K, B, D] -> logits [K, B, C]. Made of tfjs ops, so that tf.grad goes through it. */
  readonly forward: (weights: tf.Tensor, x: tf.Tensor) => ForwardPass;
  /** dLoss/dLogits [K, B, C] -> dLoss/dWeights [K, P]. */
  readonly backward: (pass: ForwardPass, dLogits: tf.Tensor) => tf.Tensor;
  /** What one network [P] says of points x [1, N, D]. */
  readonly predict: (weights: Float32Array, x: tf.Tensor) => Prediction;
  /** The decisions of one network [P] at points x [1, N, D]: for pictures. */
  readonly decide: (weights: Float32Array, x: tf.Tensor) => Decisions;
  /** Gradients of single rows of one network, where each row has a loss of its own. */
  readonly perRow: PerRow;
  /** Row objectives without a tensor in between, where the engine has that; otherwise they are composed. */
  readonly fused?: FusedRows;
}

/** One network’s rows one by one: weights [P], x [1, N, D], each row's own dLoss/dLogits [N * C]. */
export interface PerRow {
  /** Every row's gradient, [N * P]. @throws {SimError} engine/out-of-memory above the cap, with the size asked for */
  readonly gradients: (weights: Float32Array, x: tf.Tensor, dLogits: Float32Array) => Float32Array;
  /** The mean over the rows of their squared gradients, [P]: the diagonal of the empirical Fisher information. */
  readonly meanSquares: (weights: Float32Array, x: tf.Tensor, dLogits: Float32Array) => Float32Array;
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

/** What answers for a lane: a network, or what a method makes of several. */
export interface Served {
  /** Numbers in its weights, P. */
  readonly size: number;
  readonly predict: Model['predict'];
  readonly decide: Model['decide'];
}

/** Outputs of one network, [N * C] each. */
export interface Prediction {
  readonly logits: Float32Array;
  readonly logProbs: Float32Array;
}

/** Most probable class of each row, and its probability in 255ths: [N] each. */
export interface Decisions {
  readonly winner: Uint8Array;
  readonly confidence: Uint8Array;
}

/** A sum of terms at some weights. */
export interface RowObjective {
  /** [K, P] */
  readonly weights: tf.Tensor;
  readonly terms: readonly LaneTerm[];
  readonly batch: (split: Split) => Batch;
  /** Who changes a hidden layer under the terms on the forget set. */
  readonly adversary?: Adversary;
}

/** What a faster engine does for sums of terms, from weights to weights. */
export interface FusedRows {
  /** dLoss/dWeights, [K, P]. */
  readonly gradient: (objective: RowObjective) => tf.Tensor;
  /** The mean cross-entropy of a batch at weights [K, P] in nats, [K]. */
  readonly losses: (weights: tf.Tensor, batch: Batch) => Float32Array;
  /** One step downhill; the same as `descend` along `gradient`. */
  readonly step: (objective: RowObjective, descent: Descent, state: OptimizerState, step: number) => Moved;
  /** The same as the `descend` of optim.ts, for weights [K, P] of this network. */
  readonly descend: typeof descend;
}

/** The shape of a multilayer perceptron. */
export interface MlpSpec {
  readonly inputs: number;
  readonly hidden: readonly number[];
  readonly classes: number;
  /** One for all hidden layers, or one for each. */
  readonly activation: Activation | readonly Activation[];
  readonly init: Initializer;
  /** The last class's logit is always zero and the output layer has no biases: weights `a` [in, C - 1], zero at the start. */
  readonly pinned?: boolean;
}

interface ActivationRule {
  readonly apply: (z: tf.Tensor) => tf.Tensor;
  /** dLoss/dz from dLoss/da and the activation a itself. */
  readonly back: (gradient: tf.Tensor, a: tf.Tensor) => tf.Tensor;
}

const activations: Readonly<Record<Activation, ActivationRule>> = {
  relu: { apply: (z) => tf.relu(z), back: (g, a) => tf.mul(g, tf.step(a)) },
  // By the sigmoid, which the WebAssembly backend computes eight times faster than its tanh.
  tanh: {
    apply: (z) => tf.sub(tf.mul(2, tf.sigmoid(tf.mul(2, z))), 1),
    back: (g, a) => tf.mul(g, tf.sub(1, tf.square(a))),
  },
  sigmoid: { apply: (z) => tf.sigmoid(z), back: (g, a) => tf.mul(g, tf.mul(a, tf.sub(1, a))) },
};

const transpose = (t: tf.Tensor): tf.Tensor => tf.transpose(t, [0, 2, 1]);

/**
 * [K, m, n] x [K, n, p] -> [K, m, p], lane by lane: the WebAssembly backend's product is fast for one
 * untransposed pair of matrices and an order of magnitude slower for a stack or a transposed one.
 */
const laneMatMul = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => {
  if (a.shape[0] === 1) return tf.matMul(a, b);
  const right = tf.unstack(b);
  return tf.stack(tf.unstack(a).map((left, k) => tf.matMul(left as tf.Tensor2D, right[k] as tf.Tensor2D)));
};

const layoutOf = (widths: readonly number[], pinned: boolean): LayoutPart[] => {
  const parts: LayoutPart[] = [];
  let offset = 0;
  const add = (name: string, shape: readonly number[]) => {
    const size = shape.reduce((product, n) => product * n, 1);
    parts.push({ name, shape, offset, size });
    offset += size;
  };
  for (let layer = 1; layer < widths.length; layer++) {
    const fanOut = widths[layer] as number;
    if (pinned && layer === widths.length - 1) {
      add('a', [widths[layer - 1] as number, fanOut - 1]);
      continue;
    }
    add(`W${layer}`, [widths[layer - 1] as number, fanOut]);
    add(`b${layer}`, [fanOut]);
  }
  return parts;
};

/** What every implementation of a multilayer perceptron has in common. */
export type MlpShape = Pick<Model, 'inputs' | 'classes' | 'layout' | 'widths' | 'activations' | 'size' | 'init'>;

/**
 * The parameters of a multilayer perceptron. Kernels start Glorot-uniform (Glorot & Bengio 2010) or He-normal
 * (He et al. 2015), biases at zero; `auto` is He for relu and Glorot otherwise.
 */
export const mlpShape = (spec: MlpSpec): MlpShape => {
  const widths = [spec.inputs, ...spec.hidden, spec.classes];
  const layout = layoutOf(widths, spec.pinned === true);
  const size = layout.reduce((sum, part) => sum + part.size, 0);
  const activationOf = (layer: number): Activation =>
    (typeof spec.activation === 'string' ? spec.activation : spec.activation[layer]) ?? 'tanh';
  /** The output layer starts like the layer before it. */
  const schemeOf = (layer: number): 'glorot' | 'he' => {
    if (spec.init !== 'auto') return spec.init;
    return activationOf(Math.min(layer, spec.hidden.length - 1)) === 'relu' ? 'he' : 'glorot';
  };
  return {
    inputs: spec.inputs,
    classes: spec.classes,
    layout,
    size,
    widths,
    activations: spec.hidden.map((_, layer) => activationOf(layer)),
    init: (key) => {
      const weights = new Float32Array(size);
      for (const [index, { name, shape, offset, size: length }] of layout.entries()) {
        if (shape.length === 1 || name === 'a') continue;
        const [fanIn, fanOut] = shape as [number, number];
        const stream = foldIn(key, name);
        const bound = Math.sqrt(6 / (fanIn + fanOut));
        const deviation = Math.sqrt(2 / fanIn);
        for (let i = 0; i < length; i++) {
          weights[offset + i] =
            schemeOf(index >> 1) === 'he' ? deviation * normal(stream, i) : bound * (2 * uniform(stream, i) - 1);
        }
      }
      return weights;
    },
  };
};

/** A multilayer perceptron composed from tfjs ops: the reference that runs on any backend. */
export const mlp = (spec: MlpSpec): Model => {
  const shape = mlpShape(spec);
  const { layout, size, classes } = shape;
  const layers = shape.widths.length - 1;
  const rules = shape.activations.map((activation) => activations[activation]);

  /** A part of the weights; a pinned output's kernel with its column of zeros, [K, in, C]. */
  const part = (weights: tf.Tensor, index: number): tf.Tensor => {
    const { offset, size: length, shape: dims } = layout[index] as LayoutPart;
    const K = weights.shape[0] as number;
    const flat = tf.slice(weights, [0, offset], [K, length]);
    if (spec.pinned && index === 2 * (layers - 1)) {
      const kernel = tf.reshape(flat, [K, ...dims]);
      const zeros = new Float32Array(K * (dims[0] as number));
      return tf.concat([kernel, tf.tensorOf(zeros, [K, dims[0] as number, 1])], 2);
    }
    return tf.reshape(flat, dims.length === 1 ? [K, 1, length] : [K, ...dims]);
  };

  const forward: Model['forward'] = (weights, x) => {
    const inputs: tf.Tensor[] = [];
    const saved: tf.Tensor[] = [];
    let a = x;
    for (let layer = 0; layer < layers; layer++) {
      inputs.push(a);
      const kernel = part(weights, 2 * layer);
      saved.push(kernel);
      const product = laneMatMul(a, kernel);
      const hasBiases = layout[2 * layer + 1] !== undefined;
      const z = hasBiases ? tf.add(product, part(weights, 2 * layer + 1)) : product; // [K, B, width]
      a = rules[layer]?.apply(z) ?? z; // the last layer is linear
    }
    return { logits: a, inputs, saved };
  };

  /** dLoss/dz of every layer, [K, B, width] each, from the last layer's. */
  const deltasOf = (pass: ForwardPass, dLogits: tf.Tensor): tf.Tensor[] => {
    const deltas = [dLogits];
    for (let layer = layers - 1; layer > 0; layer--) {
      const { back } = rules[layer - 1] as ActivationRule;
      const above = laneMatMul(deltas[0] as tf.Tensor, transpose(pass.saved[layer] as tf.Tensor));
      deltas.unshift(back(above, pass.inputs[layer] as tf.Tensor));
    }
    return deltas;
  };

  /** A layer's share of the gradient: what its kernel and its biases, if it has any, get. */
  const shareOf = (layer: number, kernel: tf.Tensor, biases: tf.Tensor): tf.Tensor[] => {
    const K = kernel.shape[0] as number;
    const { shape: dims } = layout[2 * layer] as LayoutPart;
    if (layout[2 * layer + 1]) return [tf.reshape(kernel, [K, -1]), biases];
    return [tf.reshape(tf.slice(kernel, [0, 0, 0], [K, ...dims]), [K, -1])];
  };

  /** Logits [N * C] of one network at points [1, N, D]. */
  const logitsOf = (weights: Float32Array, x: tf.Tensor): Float32Array =>
    tf.tidy(() => forward(tf.tensorOf(weights, [1, size]), x).logits.dataSync() as Float32Array);

  return {
    ...shape,
    forward,
    predict: (weights, x) => {
      const logits = logitsOf(weights, x);
      return { logits, logProbs: logSoftmax(logits, classes) };
    },
    decide: (weights, x) => decisions(logitsOf(weights, x), classes),

    backward: (pass, dLogits) => {
      const gradients = deltasOf(pass, dLogits).flatMap((delta, layer) =>
        shareOf(layer, laneMatMul(transpose(pass.inputs[layer] as tf.Tensor), delta), tf.sum(delta, 1)),
      );
      return tf.concat(gradients, 1);
    },

    perRow: {
      gradients: (weights, x, dLogits) => {
        const N = x.shape[1] as number;
        const out = gradientsFor(N, size);
        tf.tidy(() => {
          const pass = forward(tf.tensorOf(weights, [1, size]), x);
          deltasOf(pass, tf.tensorOf(dLogits, [1, N, classes])).forEach((delta, layer) => {
            const { shape: kernel, offset } = layout[2 * layer] as LayoutPart;
            const [fanIn, fanOut] = kernel as [number, number];
            const [a, d] = [tf.valuesOf(pass.inputs[layer] as tf.Tensor), tf.valuesOf(delta)];
            const width = delta.shape[2] as number;
            const hasBiases = layout[2 * layer + 1] !== undefined;
            for (let row = 0; row < N; row++) {
              let at = row * size + offset;
              for (let i = 0; i < fanIn + Number(hasBiases); i++) {
                const input = i < fanIn ? (a[row * fanIn + i] as number) : 1; // the bias comes last
                for (let o = 0; o < fanOut; o++) out[at++] = input * (d[row * width + o] as number);
              }
            }
          });
        });
        return out;
      },
      meanSquares: (weights, x, dLogits) =>
        tf.tidy(() => {
          const N = x.shape[1] as number;
          const pass = forward(tf.tensorOf(weights, [1, size]), x);
          const squares = deltasOf(pass, tf.tensorOf(dLogits, [1, N, classes])).flatMap((delta, layer) => {
            const input = tf.square(pass.inputs[layer] as tf.Tensor);
            const square = tf.square(delta);
            return shareOf(layer, laneMatMul(transpose(input), square), tf.sum(square, 1));
          });
          return tf.div(tf.concat(squares, 1), N).dataSync() as Float32Array;
        }),
    },
  };
};
