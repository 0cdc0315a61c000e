import * as tf from '../base/tf.ts';
import { KERNELS, residentOf } from './backend.ts';
import { BLOCK, type Plan, type Workspace } from './plan.ts';

/**
 * The network as two operations of the tensor library with a gradient, so that whatever is differentiated through
 * `forward` (a loss of logits or of hidden layers, with respect to weights or inputs) goes through the kernels.
 */
export const FORWARD = 'StackedMlp';
export const BACKWARD = 'StackedMlpBackward';

interface Attributes {
  readonly plan: Plan;
}
const planOf = (attributes: unknown): Plan => (attributes as Attributes).plan;

interface Part {
  /** The lane. */
  readonly k: number;
  /** The first of the rows, counted over all lanes. */
  readonly row: number;
  readonly rows: number;
  readonly isLast: boolean;
}

/** Blocks of rows, lane by lane. */
function* blocks(K: number, B: number): Generator<Part> {
  for (let k = 0; k < K; k++) {
    for (let begin = 0; begin < B; begin += BLOCK) {
      yield { k, row: k * B + begin, rows: Math.min(BLOCK, B - begin), isLast: begin + BLOCK >= B };
    }
  }
}

/** Loads a lane's weights from [K, P]. */
export const takeLane = (at: Workspace, weights: Float32Array, k: number, P: number, forTraining: boolean): void => {
  at.heap.f32.set(weights.subarray(k * P, (k + 1) * P), at.weights / 4);
  at.heap.call.takeWeights(at.plan, at.weights, Number(forTraining));
};

/** Where a block of rows is in the form in which it enters the first layer: token ids are looked up in the lane's table. */
export const enterRows = ({ heap, weights, embedded }: Workspace, plan: Plan, rows: number, count: number): number => {
  const { embedding } = plan;
  if (!embedding) return rows;
  const [, width] = embedding.table.shape as [number, number];
  heap.call.gather(weights + embedding.table.offset * 4, width, rows, count * embedding.slots, embedded);
  return embedded;
};

/** Sets a lane's gradient to zero. */
export const zeroGradient = ({ heap, plan: address, gradient }: Workspace, plan: Plan): void => {
  heap.call.zeroGradient(address);
  const table = plan.embedding?.table;
  if (table) heap.f32.fill(0, gradient / 4 + table.offset, gradient / 4 + table.offset + table.size);
};

/**
 * Adds a block's gradient to what is there, from `delta`; `x` is its rows of the batch, `entered` what `enterRows` made of
 * them. With `toInputs`, dLoss/dInput of the first layer is left at `dx`.
 */
export const backwardRows = (
  at: Workspace,
  plan: Plan,
  x: number,
  entered: number,
  count: number,
  toInputs: boolean,
): void => {
  const { heap, dx, gradient } = at;
  const { embedding } = plan;
  heap.call.backward(at.plan, entered, count, toInputs || embedding ? dx : 0);
  if (!embedding) return;
  const { table, slots } = embedding;
  const [, width] = table.shape as [number, number];
  heap.call.scatterAdd(gradient + table.offset * 4, width, x, count, slots, dx, padded(plan.entering) * 4);
};

/** Copies padded rows out of the kernels' memory, into an array of rows without padding. */
export const copyOut = (
  { heap, dense }: Workspace,
  from: number,
  stride: number,
  rows: number,
  width: number,
  to: Float32Array,
  row: number,
): void => {
  heap.call.restride(rows, width, from, stride, dense, width);
  to.set(heap.f32.subarray(dense / 4, dense / 4 + rows * width), row * width);
};

/** The other way round. */
export const copyIn = (
  { heap, dense }: Workspace,
  from: Float32Array,
  row: number,
  rows: number,
  width: number,
  to: number,
) => {
  heap.f32.set(from.subarray(row * width, (row + rows) * width), dense / 4);
  heap.call.restride(rows, width, dense, width, to, padded(width));
};

const padded = (n: number): number => Math.ceil(n / 4) * 4;
const floats = (tensor: tf.TensorInfo): Float32Array => tf.valuesOf(tensor) as Float32Array;

/** weights [K, P], x [K, B, D] -> logits [K, B, C], then each hidden layer [K, B, width]. */
const forward: tf.KernelConfig = {
  kernelName: FORWARD,
  backendName: KERNELS,
  kernelFunc: ({ inputs, attrs }) => {
    const plan = planOf(attrs);
    const { weights, x } = inputs as { weights: tf.TensorInfo; x: tf.TensorInfo };
    const [K, B] = x.shape as [number, number];
    const points = residentOf(x);
    const widths = [plan.classes, ...plan.hidden];
    const outputs = widths.map((width) => new Float32Array(K * B * width));
    const theta = floats(weights);
    const at = plan.enter();
    let lane = -1;
    for (const { k, row, rows } of blocks(K, B)) {
      if (k !== lane) takeLane(at, theta, k, plan.size, false);
      lane = k;
      at.heap.call.forward(at.plan, enterRows(at, plan, points + row * plan.inputs * 4, rows), rows);
      [at.logits, ...at.hidden].forEach((address, i) => {
        const width = widths[i] as number;
        copyOut(at, address, padded(width), rows, width, outputs[i] as Float32Array, row);
      });
    }
    return outputs.map((values, i) => tf.tensorOf(values, [K, B, widths[i] as number]));
  },
};

/** weights, x, dLogits and a gradient for each hidden layer (`d0`, `d1`, ...; may be left out) -> dWeights, and dLoss/dInput of the first layer. */
const backward: tf.KernelConfig = {
  kernelName: BACKWARD,
  backendName: KERNELS,
  kernelFunc: ({ inputs, attrs }) => {
    const plan = planOf(attrs);
    const { weights, x, dLogits } = inputs as { weights: tf.TensorInfo; x: tf.TensorInfo; dLogits: tf.TensorInfo };
    const [K, B] = x.shape as [number, number];
    const D = plan.entering;
    const points = residentOf(x);
    const theta = floats(weights);
    const fromLogits = floats(dLogits);
    const direct = plan.hidden.map((_, i) => inputs[`d${i}`]).map((info) => info && floats(info as tf.TensorInfo));
    const gradient = new Float32Array(K * plan.size);
    const dx = new Float32Array(K * B * D);
    const at = plan.enter();
    const { call } = at.heap;
    const hasDirect = direct.some((values) => values);
    plan.useExtras(hasDirect);
    let lane = -1;
    for (const { k, row, rows, isLast } of blocks(K, B)) {
      if (k !== lane) {
        takeLane(at, theta, k, plan.size, true);
        zeroGradient(at, plan);
      }
      lane = k;
      const own = points + row * plan.inputs * 4;
      const entered = enterRows(at, plan, own, rows);
      call.forward(at.plan, entered, rows);
      copyIn(at, fromLogits, row, rows, plan.classes, at.delta);
      if (hasDirect) {
        direct.forEach((values, i) => {
          const width = plan.hidden[i] as number;
          copyIn(at, values ?? new Float32Array(K * B * width), row, rows, width, at.extras[i] as number);
        });
      }
      backwardRows(at, plan, own, entered, rows, true);
      copyOut(at, at.dx, padded(D), rows, D, dx, row);
      if (isLast) {
        call.giveGradient(at.plan, at.gradient);
        gradient.set(at.heap.f32.subarray(at.gradient / 4, at.gradient / 4 + plan.size), k * plan.size);
      }
    }
    plan.useExtras(false);
    return [tf.tensorOf(gradient, [K, plan.size]), tf.tensorOf(dx, [K, B, D])];
  },
};

let isRegistered = false;

/** Registers both operations and the gradient of the first. */
export const registerMlpKernels = (): void => {
  if (isRegistered) return;
  isRegistered = true;
  tf.registerKernel(forward);
  tf.registerKernel(backward);
  tf.registerGradient({
    kernelName: FORWARD,
    inputsToSave: ['weights', 'x'],
    gradFunc: (dys, saved, attributes) => {
      const [dLogits, ...hidden] = [dys].flat() as tf.Tensor[]; // bare, if there is one output
      const [weights, x] = saved as [tf.Tensor, tf.Tensor];
      const direct = Object.fromEntries(hidden.map((d, i) => [`d${i}`, d]));
      // Values, not tensors: the library frees what one of the two leaves behind before it asks for the other.
      let values: Float32Array[] | undefined;
      const gradient =
        (which: 0 | 1, { shape }: tf.Tensor) =>
        () => {
          values ??= tf
            .runKernel(BACKWARD, { weights, x, dLogits: dLogits as tf.Tensor, ...direct }, attributes)
            .map(floats);
          return tf.tensorOf(values[which] as Float32Array, shape);
        };
      const { embedding } = planOf(attributes);
      // Token ids do not move.
      return {
        weights: gradient(0, weights),
        x: embedding ? () => tf.zerosLike(tf.cast(x, 'float32')) : gradient(1, x),
      };
    },
  });
};
