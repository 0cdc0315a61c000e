import * as tf from '../base/tf.ts';
import type { Activation, Embedding, ForwardPass, Layer, LayoutPart, Network } from '../contracts/network.ts';
import { decisions, logSoftmax } from './predict.ts';
import { gradientsFor, type MlpSpec, mlpShape, uppersOf } from './shape.ts';

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

/** A part of the weights [K, P] in its own shape, [K, ...]; biases as [K, 1, n]. */
const partAt = (weights: tf.Tensor, { offset, size, shape }: LayoutPart): tf.Tensor => {
  const K = weights.shape[0] as number;
  const flat = tf.slice(weights, [0, offset], [K, size]);
  return tf.reshape(flat, shape.length === 1 ? [K, 1, size] : [K, ...shape]);
};

/** A layer's kernel, [K, inputs, outputs], with the column of zeros of a pinned output. */
const kernelAt = (weights: tf.Tensor, { kernel, inputs, outputs }: Layer): tf.Tensor => {
  const own = partAt(weights, kernel);
  if (kernel.shape[1] === outputs) return own;
  const K = weights.shape[0] as number;
  return tf.concat([own, tf.tensorOf(new Float32Array(K * inputs), [K, inputs, 1])], 2);
};

/** Token ids [K, B, slots] as rows of ones and zeros, [K, B * slots, vocabulary]: gather has no gradient on every backend. */
const oneHotOf = (ids: tf.Tensor, { table, slots }: Embedding): tf.Tensor => {
  const [K, B] = ids.shape as [number, number];
  return tf.cast(tf.oneHot(tf.reshape(ids, [K, B * slots]), table.shape[0] as number), 'float32');
};

/** A multilayer perceptron composed from tfjs ops: the reference that runs on any backend. */
export const mlp = (spec: MlpSpec): Network => {
  const shape = mlpShape(spec);
  const { size, classes, layers, embedding } = shape;
  const rules = shape.activations.map((activation) => activations[activation]);

  /** What goes into the first layer, [K, B, width]. */
  const entered = (weights: tf.Tensor, x: tf.Tensor): tf.Tensor => {
    if (!embedding) return x;
    const [K, B] = x.shape as [number, number];
    return tf.reshape(laneMatMul(oneHotOf(x, embedding), partAt(weights, embedding.table)), [K, B, -1]);
  };

  const forward: Network['forward'] = (weights, x) => {
    const inputs: tf.Tensor[] = [];
    const saved: tf.Tensor[] = [];
    let a = entered(weights, x);
    for (const [i, layer] of layers.entries()) {
      inputs.push(a);
      const kernel = kernelAt(weights, layer);
      saved.push(kernel);
      const product = laneMatMul(a, kernel);
      const z = layer.bias ? tf.add(product, partAt(weights, layer.bias)) : product; // [K, B, width]
      a = rules[i]?.apply(z) ?? z; // the last layer is linear
    }
    const first = inputs[0] as tf.Tensor;
    return { logits: a, inputs: [x, ...inputs.slice(1)], saved: [first, ...saved] };
  };

  /** The input of each layer, the embedding of the batch included. */
  const inputsOf = ({ inputs, saved }: ForwardPass): tf.Tensor[] => [saved[0] as tf.Tensor, ...inputs.slice(1)];
  const kernelsOf = ({ saved }: ForwardPass): readonly tf.Tensor[] => saved.slice(1);

  /** dLoss/dInput of a layer from dLoss/dz of its output. */
  const below = (pass: ForwardPass, layer: number, delta: tf.Tensor): tf.Tensor =>
    laneMatMul(delta, transpose(kernelsOf(pass)[layer] as tf.Tensor));

  /** dLoss/dz of every layer, [K, B, width] each, from the last layer's. */
  const deltasOf = (pass: ForwardPass, dLogits: tf.Tensor): tf.Tensor[] => {
    const deltas = [dLogits];
    for (let layer = layers.length - 1; layer > 0; layer--) {
      const { back } = rules[layer - 1] as ActivationRule;
      deltas.unshift(back(below(pass, layer, deltas[0] as tf.Tensor), pass.inputs[layer] as tf.Tensor));
    }
    return deltas;
  };

  /** A layer's share of the gradient: what its kernel and its biases, if it has any, get. */
  const shareOf = (layer: number, kernel: tf.Tensor, biases: tf.Tensor): tf.Tensor[] => {
    const K = kernel.shape[0] as number;
    const own = layers[layer] as Layer;
    if (own.bias) return [tf.reshape(kernel, [K, -1]), biases];
    return [tf.reshape(tf.slice(kernel, [0, 0, 0], [K, ...own.kernel.shape]), [K, -1])];
  };

  /** What the embedding's table gets from what reached the first layer's input, [K, size of the table]. */
  const tableShare = (pass: ForwardPass, dInputs: () => tf.Tensor): tf.Tensor[] => {
    if (!embedding) return [];
    const x = pass.inputs[0] as tf.Tensor;
    const [K, B] = x.shape as [number, number];
    const { table, slots } = embedding;
    const rows = tf.reshape(dInputs(), [K, B * slots, table.shape[1] as number]);
    return [tf.reshape(laneMatMul(transpose(oneHotOf(x, embedding)), rows), [K, -1])];
  };

  const weightsGradient = (pass: ForwardPass, deltas: readonly tf.Tensor[]): tf.Tensor => {
    const inputs = inputsOf(pass);
    const own = deltas.flatMap((delta, layer) =>
      shareOf(layer, laneMatMul(transpose(inputs[layer] as tf.Tensor), delta), tf.sum(delta, 1)),
    );
    return tf.concat([...tableShare(pass, () => below(pass, 0, deltas[0] as tf.Tensor)), ...own], 1);
  };

  /** Logits [N * C] of one network at points [1, N, D]. */
  const logitsOf = (weights: Float32Array, x: tf.Tensor): Float32Array =>
    tf.tidy(() => forward(tf.tensorOf(weights, [1, size]), x).logits.dataSync() as Float32Array);

  /** The gradient of each row by itself, one row after the other. */
  const rowByRow = (
    weights: Float32Array,
    x: tf.Tensor,
    dLogits: Float32Array,
    take: (row: number, own: Float32Array) => void,
  ) => {
    const at = tf.tensorOf(weights, [1, size]);
    for (let row = 0; row < (x.shape[1] as number); row++) {
      tf.tidy(() => {
        const pass = forward(at, tf.slice(x, [0, row, 0], [1, 1, shape.inputs]));
        const d = tf.tensorOf(dLogits.slice(row * classes, (row + 1) * classes), [1, 1, classes]);
        take(row, tf.valuesOf(weightsGradient(pass, deltasOf(pass, d))) as Float32Array);
      });
    }
    at.dispose();
  };

  return {
    ...shape,
    forward,
    above: uppersOf(spec, shape, mlp),
    predict: (weights, x) => {
      const logits = logitsOf(weights, x);
      return { logits, logProbs: logSoftmax(logits, classes) };
    },
    decide: (weights, x) => decisions(logitsOf(weights, x), classes),

    backward: (pass, dLogits) => weightsGradient(pass, deltasOf(pass, dLogits)),
    backwardToInputs: (pass, dLogits) => {
      const deltas = deltasOf(pass, dLogits);
      return { weights: weightsGradient(pass, deltas), inputs: below(pass, 0, deltas[0] as tf.Tensor) };
    },

    perRow: {
      gradients: (weights, x, dLogits) => {
        const N = x.shape[1] as number;
        const out = gradientsFor(N, size);
        if (embedding) {
          rowByRow(weights, x, dLogits, (row, own) => out.set(own, row * size));
          return out;
        }
        tf.tidy(() => {
          const pass = forward(tf.tensorOf(weights, [1, size]), x);
          deltasOf(pass, tf.tensorOf(dLogits, [1, N, classes])).forEach((delta, i) => {
            const { inputs, outputs, kernel, bias } = layers[i] as Layer;
            const [a, d] = [tf.valuesOf(inputsOf(pass)[i] as tf.Tensor), tf.valuesOf(delta)];
            for (let row = 0; row < N; row++) {
              let at = row * size + kernel.offset;
              for (let j = 0; j < inputs + Number(bias !== undefined); j++) {
                const input = j < inputs ? (a[row * inputs + j] as number) : 1; // the bias comes last
                for (let o = 0; o < (kernel.shape[1] as number); o++)
                  out[at++] = input * (d[row * outputs + o] as number);
              }
            }
          });
        });
        return out;
      },
      meanSquares: (weights, x, dLogits) => {
        const N = x.shape[1] as number;
        if (embedding) {
          // Several slots may hold the same id, so that a row's gradient of the table is a sum before it is a square.
          const sums = new Float64Array(size);
          rowByRow(weights, x, dLogits, (_, own) => {
            for (let i = 0; i < size; i++) sums[i] = (sums[i] as number) + (own[i] as number) * (own[i] as number);
          });
          return Float32Array.from(sums, (sum) => sum / N);
        }
        return tf.tidy(() => {
          const pass = forward(tf.tensorOf(weights, [1, size]), x);
          const inputs = inputsOf(pass);
          const squares = deltasOf(pass, tf.tensorOf(dLogits, [1, N, classes])).flatMap((delta, layer) => {
            const input = tf.square(inputs[layer] as tf.Tensor);
            const square = tf.square(delta);
            return shareOf(layer, laneMatMul(transpose(input), square), tf.sum(square, 1));
          });
          return tf.div(tf.concat(squares, 1), N).dataSync() as Float32Array;
        });
      },
    },
  };
};
