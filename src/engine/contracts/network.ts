import type { Key } from '../base/random.ts';
import type * as tf from '../base/tf.ts';
import type { Process } from '../diffusion/process.ts';

export type Activation = 'relu' | 'tanh' | 'sigmoid';
/** `auto` is He for relu and Glorot otherwise. */
export type Initializer = 'auto' | 'glorot' | 'he';

/** One named part of a weight vector. Kernels are [in, out]: y = x W + b. */
export interface LayoutPart {
  readonly name: string;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly size: number;
}

/** A layer of weights: activation(x W + b). */
export interface Layer {
  /** Numbers that go in. */
  readonly inputs: number;
  /** Numbers that come out: the columns of the kernel, and one more where the last output is always zero. */
  readonly outputs: number;
  readonly kernel: LayoutPart;
  /** Absent where the layer has none. */
  readonly bias?: LayoutPart;
  readonly activation: Activation | 'linear';
}

/** A table of vectors before the first layer: a row of token ids becomes their vectors side by side. */
export interface Embedding {
  /** [vocabulary, width] */
  readonly table: LayoutPart;
  /** Token ids in a row. */
  readonly slots: number;
  /** The standard deviation of its numbers before training. */
  readonly deviation: number;
}

/** What forward keeps so that backward need not compute it again. */
export interface ForwardPass {
  /** What the network says, [K, B, C]. */
  readonly logits: tf.Tensor;
  /** The input of each layer: the batch (token ids, where there is an embedding), then the hidden activations; each [K, B, width]. */
  readonly inputs: readonly tf.Tensor[];
  /** What else the way back needs; each network knows what. */
  readonly saved: readonly tf.Tensor[];
}

/** Gradients on the way back. */
export interface Backward {
  /** [K, P] */
  readonly weights: tf.Tensor;
  /** With respect to what goes into the first layer, [K, B, width]: the batch, or its embedding. */
  readonly inputs: tf.Tensor;
}

/** The layers above a hidden one: a network of its own, whose weights are the last columns of the whole one's. */
export interface Upper {
  readonly network: Network;
  /** Its weights from those of the whole, [K, P]. */
  readonly weights: (whole: tf.Tensor) => tf.Tensor;
}

/**
 * A network. All weights and biases of K independent ones (lanes) are one tensor [K, P]. Forward and backward are the two
 * functions that a faster implementation replaces.
 */
export interface Network {
  /** Numbers in a row that goes in, D; token ids, where there is an embedding. */
  readonly inputs: number;
  /** Outputs, C: as many as there are classes, under a categorical head. */
  readonly classes: number;
  /** Absent: a row goes into the first layer as it is. */
  readonly embedding?: Embedding;
  /** From the inputs on. */
  readonly layers: readonly Layer[];
  /** Every part of the weights, in their order. */
  readonly layout: readonly LayoutPart[];
  /** What goes into the first layer, then what comes out of each. */
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
  /** Also with respect to the inputs. */
  readonly backwardToInputs: (pass: ForwardPass, dLogits: tf.Tensor) => Backward;
  /** The layers above hidden layer 1, 2, ...: made once. */
  readonly above: (layer: number) => Upper;
  /** What one network [P] says of points x [1, N, D]. */
  readonly predict: (weights: Float32Array, x: tf.Tensor) => Prediction;
  /** The decisions of one network [P] at points x [1, N, D]: for pictures. */
  readonly decide: (weights: Float32Array, x: tf.Tensor) => Decisions;
  /** Gradients of single rows of one network, where each row has a loss of its own. */
  readonly perRow: PerRow;
}

/** One network’s rows one by one: weights [P], x [1, N, D], each row's own dLoss/dLogits [N * C]. */
export interface PerRow {
  /** Every row's gradient, [N * P]. @throws {SimError} engine/out-of-memory above the cap, with the size asked for */
  readonly gradients: (weights: Float32Array, x: tf.Tensor, dLogits: Float32Array) => Float32Array;
  /** The mean over the rows of their squared gradients, [P]: the diagonal of the empirical Fisher information. */
  readonly meanSquares: (weights: Float32Array, x: tf.Tensor, dLogits: Float32Array) => Float32Array;
}

/** What answers for a lane: a network, or what a method makes of several. */
export interface Served {
  /** Numbers in its weights, P. */
  readonly size: number;
  readonly predict: Network['predict'];
  readonly decide: Network['decide'];
  /** How it draws, where that is not step by step: points [2 n] from noise [2 n] under codes [n * codeWidth]. */
  readonly sample?: (weights: Float32Array, process: Process, codes: Float32Array, start: Float32Array) => Float32Array;
}

/** Outputs of one network, [N * C] each. */
export interface Prediction {
  readonly logits: Float32Array;
  /** log softmax of the logits: what they mean under a categorical head. */
  readonly logProbs: Float32Array;
}

/** Most probable class of each row (of up to 256), and its probability in 255ths: [N] each. */
export interface Decisions {
  readonly winner: Uint8Array;
  readonly confidence: Uint8Array;
}
