// Forward and backward passes of one network over a block of rows. A plan in memory says where everything is: the
// number of layers, then FIELDS 32-bit words for each. Rows of activations and weights are padded to a multiple of
// four numbers; padding columns are computed along and read by nobody.
import { columnSums, FROM_BIAS, FROM_C, FROM_ZERO, gemm } from './gemm';
import { addRows, dotRows } from './column';
import { sigmoid4, tanh4 } from './math';

const FIELDS = 15;
const FAN_IN = 0;
const FAN_OUT = 1;
/** Numbers in a row of this layer's input and output; the first layer's input is not padded. */
const IN_STRIDE = 2;
const OUT_STRIDE = 3;
const ACTIVATION = 4;
/** Where the layer's weights begin in the flat vector, in bytes; its biases follow. */
const OFFSET = 5;
/** [in, OUT_STRIDE] */
const WEIGHTS = 6;
/** [OUT_STRIDE] */
const BIASES = 7;
/** The weights transposed: [out, in padded to four] */
const TRANSPOSED = 8;
/** The layer's output: [rows, OUT_STRIDE] */
const OUTPUT = 9;
/** dLoss/dOutput: [rows, OUT_STRIDE] */
const DELTA = 10;
/** Gradients in the padded layout of weights and biases. */
const WEIGHT_GRADIENT = 11;
const BIAS_GRADIENT = 12;
/** A gradient that reaches this layer's output directly, [rows, OUT_STRIDE]; 0 if none. */
const EXTRA = 13;
/** Columns of weights that are trained: FAN_OUT, or one less where the last output is always zero and there are no biases. */
const FREE = 14;

const RELU = 1;
const TANH = 2;
const SIGMOID = 3;

// @ts-ignore: decorator
@inline
function field(plan: usize, layer: i32, index: i32): i32 {
  return load<i32>(plan + 4 + (<usize>(layer * FIELDS + index) << 2));
}
// @ts-ignore: decorator
@inline
function pointer(plan: usize, layer: i32, index: i32): usize {
  return <usize>field(plan, layer, index);
}
// @ts-ignore: decorator
@inline
function padded(n: i32): i32 {
  return (n + 3) & ~3;
}

/** Whether a layer is a single column of weights without biases. Its weights and their gradient then lie side by side. */
// @ts-ignore: decorator
@inline
function isColumn(plan: usize, layer: i32): bool {
  return field(plan, layer, FREE) == 1 && field(plan, layer, FAN_OUT) == 2;
}

/** Copies a matrix between row lengths, in numbers; what the target's rows have more is left alone. */
export function restride(rows: i32, columns: i32, from: usize, fromRow: i32, to: usize, toRow: i32): void {
  if (fromRow == columns && toRow == columns) {
    memory.copy(to, from, <usize>(rows * columns) << 2);
    return;
  }
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) store<f32>(to + (<usize>j << 2), load<f32>(from + (<usize>j << 2)));
    from += <usize>fromRow << 2;
    to += <usize>toRow << 2;
  }
}

/** Takes the weights of one network from the flat vector; `forTraining` also transposes them. */
export function takeWeights(plan: usize, params: usize, forTraining: bool): void {
  const layers = load<i32>(plan);
  for (let layer = 0; layer < layers; layer++) {
    const fanIn = field(plan, layer, FAN_IN);
    const fanOut = field(plan, layer, FAN_OUT);
    const free = field(plan, layer, FREE);
    const from = params + pointer(plan, layer, OFFSET);
    const biases = from + (<usize>(fanIn * fanOut) << 2);
    restride(fanIn, free, from, free, pointer(plan, layer, WEIGHTS), field(plan, layer, OUT_STRIDE));
    if (free == fanOut) memory.copy(pointer(plan, layer, BIASES), biases, <usize>fanOut << 2);
    if (!forTraining && !isColumn(plan, layer)) continue;
    const row = <usize>padded(fanIn) << 2;
    let to = pointer(plan, layer, TRANSPOSED);
    for (let o = 0; o < free; o++) {
      let at = from + (<usize>o << 2);
      for (let i = 0; i < fanIn; i++) {
        store<f32>(to + (<usize>i << 2), load<f32>(at));
        at += <usize>free << 2;
      }
      to += row;
    }
  }
}

/** Puts the gradient into the flat vector. */
export function giveGradient(plan: usize, gradient: usize): void {
  const layers = load<i32>(plan);
  for (let layer = 0; layer < layers; layer++) {
    const fanIn = field(plan, layer, FAN_IN);
    const fanOut = field(plan, layer, FAN_OUT);
    const free = field(plan, layer, FREE);
    const to = gradient + pointer(plan, layer, OFFSET);
    const stride = isColumn(plan, layer) ? 1 : field(plan, layer, OUT_STRIDE);
    restride(fanIn, free, pointer(plan, layer, WEIGHT_GRADIENT), stride, to, free);
    if (free == fanOut) memory.copy(to + (<usize>(fanIn * fanOut) << 2), pointer(plan, layer, BIAS_GRADIENT), <usize>fanOut << 2);
  }
}

/** Applies an activation in place to n numbers, a multiple of 4. */
export function activate(kind: i32, at: usize, n: i32): void {
  const end = at + (<usize>n << 2);
  if (kind == RELU) {
    const zero = f32x4.splat(0);
    for (; at < end; at += 16) v128.store(at, f32x4.pmax(v128.load(at), zero));
  } else if (kind == TANH) {
    // Two at a time: independent work for a processor that waits on one's long chain of products.
    for (; at + 32 <= end; at += 32) {
      const low = tanh4(v128.load(at));
      const high = tanh4(v128.load(at, 16));
      v128.store(at, low);
      v128.store(at, high, 16);
    }
    if (at < end) v128.store(at, tanh4(v128.load(at)));
  } else if (kind == SIGMOID) {
    for (; at + 32 <= end; at += 32) {
      const low = sigmoid4(v128.load(at));
      const high = sigmoid4(v128.load(at, 16));
      v128.store(at, low);
      v128.store(at, high, 16);
    }
    if (at < end) v128.store(at, sigmoid4(v128.load(at)));
  }
}

/** dLoss/dz from dLoss/da, in place, by the activation a itself. */
function activateBack(kind: i32, gradient: usize, a: usize, n: i32): void {
  const end = gradient + (<usize>n << 2);
  const one = f32x4.splat(1);
  for (; gradient < end; gradient += 16, a += 16) {
    const g = v128.load(gradient);
    const y = v128.load(a);
    if (kind == RELU) v128.store(gradient, v128.and(g, f32x4.gt(y, f32x4.splat(0))));
    else if (kind == TANH) v128.store(gradient, f32x4.mul(g, f32x4.sub(one, f32x4.mul(y, y))));
    else v128.store(gradient, f32x4.mul(g, f32x4.mul(y, f32x4.sub(one, y))));
  }
}

/** Outputs of all layers for rows of x, which are not padded. */
export function forward(plan: usize, x: usize, rows: i32): void {
  const layers = load<i32>(plan);
  let input = x;
  for (let layer = 0; layer < layers; layer++) {
    const outStride = field(plan, layer, OUT_STRIDE);
    const output = pointer(plan, layer, OUTPUT);
    const row = <usize>field(plan, layer, IN_STRIDE) << 2;
    const outRow = <usize>outStride << 2;
    const weights = pointer(plan, layer, WEIGHTS);
    const biases = pointer(plan, layer, BIASES);
    if (isColumn(plan, layer)) {
      dotRows(rows, field(plan, layer, FAN_IN), input, row, pointer(plan, layer, TRANSPOSED), output);
      input = output;
      continue;
    }
    gemm(rows, outStride, field(plan, layer, FAN_IN), input, row, 4, weights, outRow, output, outRow, FROM_BIAS, biases);
    activate(field(plan, layer, ACTIVATION), output, rows * outStride);
    input = output;
  }
}

/** Sets the gradients to zero. */
export function zeroGradient(plan: usize): void {
  const layers = load<i32>(plan);
  for (let layer = 0; layer < layers; layer++) {
    const outStride = field(plan, layer, OUT_STRIDE);
    memory.fill(pointer(plan, layer, WEIGHT_GRADIENT), 0, <usize>(field(plan, layer, FAN_IN) * outStride) << 2);
    memory.fill(pointer(plan, layer, BIAS_GRADIENT), 0, <usize>outStride << 2);
  }
}

/**
 * Adds a block's gradient to what is there, from the last layer's DELTA. The block must have gone through `forward`.
 * `dx` gets the gradient of the inputs, [rows, inputs padded to four], unless it is 0.
 */
export function backward(plan: usize, x: usize, rows: i32, dx: usize): void {
  for (let layer = load<i32>(plan) - 1; layer >= 0; layer--) {
    const fanIn = field(plan, layer, FAN_IN);
    const outStride = field(plan, layer, OUT_STRIDE);
    const outRow = <usize>outStride << 2;
    const delta = pointer(plan, layer, DELTA);
    const input = layer == 0 ? x : pointer(plan, layer - 1, OUTPUT);
    const inRow = <usize>field(plan, layer, IN_STRIDE) << 2;
    const weightGradient = pointer(plan, layer, WEIGHT_GRADIENT);
    if (isColumn(plan, layer)) {
      addRows(rows, fanIn, input, inRow, delta, weightGradient);
    } else {
      gemm(fanIn, outStride, rows, input, 4, inRow, delta, outRow, weightGradient, outRow, FROM_C, 0);
      columnSums(delta, rows, outStride, outRow, pointer(plan, layer, BIAS_GRADIENT));
    }
    const below = layer == 0 ? dx : pointer(plan, layer - 1, DELTA);
    if (below == 0) break;
    const n = padded(fanIn);
    const row = <usize>n << 2;
    const transposed = pointer(plan, layer, TRANSPOSED);
    gemm(rows, n, field(plan, layer, FREE), delta, outRow, 4, transposed, row, below, row, FROM_ZERO, 0);
    if (layer == 0) break;
    const extra = pointer(plan, layer - 1, EXTRA);
    if (extra != 0) {
      for (let at: usize = 0, end = <usize>(rows * n) << 2; at < end; at += 16) {
        v128.store(below + at, f32x4.add(v128.load(below + at), v128.load(extra + at)));
      }
    }
    activateBack(field(plan, layer - 1, ACTIVATION), below, input, rows * n);
  }
}

/** Squares n numbers, a multiple of 4, from one place to another. */
function square(from: usize, to: usize, n: i32): void {
  for (let at: usize = 0, end = <usize>n << 2; at < end; at += 16) {
    const v = v128.load(from + at);
    v128.store(to + at, f32x4.mul(v, v));
  }
}

/**
 * Adds the sum over a block's rows of each row's squared gradient, from the last layer's DELTA, which holds every row's own
 * dLoss/dLogits. A row's gradient of a kernel is the product of one input and one delta, so its square is the product of
 * their squares, and the sum over the rows is a product of matrices again. Overwrites outputs and deltas; `scratch` holds
 * the squared inputs, [rows, inputs].
 */
export function squaredBackward(plan: usize, x: usize, rows: i32, scratch: usize): void {
  for (let layer = load<i32>(plan) - 1; layer >= 0; layer--) {
    const fanIn = field(plan, layer, FAN_IN);
    const outStride = field(plan, layer, OUT_STRIDE);
    const outRow = <usize>outStride << 2;
    const delta = pointer(plan, layer, DELTA);
    const input = layer == 0 ? x : pointer(plan, layer - 1, OUTPUT);
    const inStride = field(plan, layer, IN_STRIDE);
    if (layer > 0) {
      const below = pointer(plan, layer - 1, DELTA);
      const n = padded(fanIn);
      const row = <usize>n << 2;
      const transposed = pointer(plan, layer, TRANSPOSED);
      gemm(rows, n, field(plan, layer, FREE), delta, outRow, 4, transposed, row, below, row, FROM_ZERO, 0);
      activateBack(field(plan, layer - 1, ACTIVATION), below, input, rows * n);
    }
    const squared = layer == 0 ? scratch : input;
    square(input, squared, padded(rows * inStride));
    square(delta, delta, rows * outStride);
    const inRow = <usize>inStride << 2;
    const weightGradient = pointer(plan, layer, WEIGHT_GRADIENT);
    if (isColumn(plan, layer)) {
      addRows(rows, fanIn, squared, inRow, delta, weightGradient);
      continue;
    }
    gemm(fanIn, outStride, rows, squared, 4, inRow, delta, outRow, weightGradient, outRow, FROM_C, 0);
    columnSums(delta, rows, outStride, outRow, pointer(plan, layer, BIAS_GRADIENT));
  }
}
