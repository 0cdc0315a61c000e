import { log } from '../base/math.ts';
import type { Embedding, Layer, Network } from '../contracts/network.ts';
import { type Heap, kernelHeap } from './memory.ts';

/** Rows that go through the network at a time: enough to be fast, few enough to stay in the processor's cache. */
export const BLOCK = 128;

/** Words of a layer in the plan, as in assembly/mlp.ts. */
const FIELDS = 15;
/** Of a layer's words: where gradients that reach its output directly are. */
const EXTRA = 13;
const CODES: Readonly<Record<Layer['activation'], number>> = { linear: 0, relu: 1, tanh: 2, sigmoid: 3 };

const padded = (n: number): number => Math.ceil(n / 4) * 4;

/** Where things are while a network is at work, in bytes. Buffers hold one lane, or one block of its rows. */
export interface Workspace {
  readonly heap: Heap;
  readonly plan: number;
  /** [P], and room for three more numbers. */
  readonly weights: number;
  readonly gradient: number;
  readonly first: number;
  readonly second: number;
  /** [rows, logitStride] */
  readonly logits: number;
  /** dLoss/dLogits */
  readonly delta: number;
  readonly probs: number;
  readonly logProbs: number;
  readonly logitStride: number;
  /** Gradients that reach hidden layers directly, [rows, padded width] each. */
  readonly extras: readonly number[];
  /** Outputs of the hidden layers, likewise. */
  readonly hidden: readonly number[];
  /** What goes into the first layer where there is an embedding, [rows, inputs of the layer]. */
  readonly embedded: number;
  /** dLoss/dInput of the first layer, [rows, padded inputs]. */
  readonly dx: number;
  /** [rows] each. */
  readonly logP: number;
  readonly logPAlternative: number;
  readonly logPReference: number;
  readonly logPReferenceAlternative: number;
  /** Signed weights of a pull, [rows]. */
  readonly rowWeights: number;
  /** log 1/C, [rows, C] */
  readonly uniform: number;
  /** A block of rows without padding. */
  readonly dense: number;
}

/** A network's shape, laid out for the kernels. */
export interface Plan {
  /** Numbers in a row of the batch: token ids, where there is an embedding. */
  readonly inputs: number;
  readonly embedding?: Embedding;
  /** Numbers in a row of what goes into the first layer. */
  readonly entering: number;
  readonly hidden: readonly number[];
  readonly classes: number;
  /** P */
  readonly size: number;
  /** The workspace, set up for this network. Valid until the next call for another shape. */
  readonly enter: () => Workspace;
  /** Whether gradients that reach hidden layers directly are added on the way back. */
  readonly useExtras: (on: boolean) => void;
}

let workspaceAt = 0;
let workspaceBytes = 0;
let current: { readonly key: string; readonly workspace: Workspace } | undefined;

export const createPlan = ({
  inputs,
  embedding,
  layers,
  widths,
  size,
}: Pick<Network, 'inputs' | 'embedding' | 'layers' | 'widths' | 'size'>): Plan => {
  const key = JSON.stringify([embedding, layers]);
  const classes = widths.at(-1) as number;
  const entering = widths[0] as number;

  /** Hands out addresses from `base` on, in the order of the calls. */
  const layOut = (heap: Heap, base: number, write: boolean): Workspace & { readonly end: number } => {
    let at = base;
    const take = (numbers: number): number => {
      const address = at;
      at += Math.ceil((numbers + 4) / 4) * 16;
      return address;
    };
    const plan = take(1 + layers.length * FIELDS);
    if (write) heap.i32[plan / 4] = layers.length;
    const hidden: number[] = [];
    const extras: number[] = [];
    let logits = 0;
    let delta = 0;
    for (const [i, { inputs: fanIn, outputs: fanOut, kernel, activation }] of layers.entries()) {
      const stride = padded(fanOut);
      const weights = take(fanIn * stride);
      const biases = take(stride);
      const transposed = take(fanOut * padded(fanIn));
      const output = take(BLOCK * stride);
      const change = take(BLOCK * stride);
      const weightGradient = take(fanIn * stride);
      const biasGradient = take(stride);
      const words = [fanIn, fanOut, i === 0 ? fanIn : padded(fanIn), stride, CODES[activation], kernel.offset * 4];
      words.push(
        weights,
        biases,
        transposed,
        output,
        change,
        weightGradient,
        biasGradient,
        0,
        kernel.shape[1] as number,
      );
      if (write) heap.i32.set(words, plan / 4 + 1 + i * FIELDS);
      if (i === layers.length - 1) {
        logits = output;
        delta = change;
      } else {
        hidden.push(output);
        extras.push(take(BLOCK * stride));
      }
    }
    const uniform = take(BLOCK * classes);
    if (write) heap.f32.fill(-log(classes), uniform / 4, uniform / 4 + BLOCK * classes);
    const widest = Math.max(...widths.map(padded));
    return {
      heap,
      plan,
      weights: take(size + 4),
      gradient: take(size + 4),
      first: take(size + 4),
      second: take(size + 4),
      logits,
      delta,
      probs: take(BLOCK * padded(classes)),
      logProbs: take(BLOCK * padded(classes)),
      logitStride: padded(classes),
      extras,
      hidden,
      embedded: embedding ? take(BLOCK * entering) : 0,
      dx: take(BLOCK * padded(entering)),
      logP: take(BLOCK),
      logPAlternative: take(BLOCK),
      logPReference: take(BLOCK),
      logPReferenceAlternative: take(BLOCK),
      rowWeights: take(BLOCK),
      uniform,
      dense: take(BLOCK * widest),
      end: at,
    };
  };

  const enter = (): Workspace => {
    if (current?.key === key) return current.workspace;
    const heap = kernelHeap();
    const bytes = layOut(heap, 0, false).end;
    if (bytes > workspaceBytes) {
      current = undefined;
      if (workspaceAt > 0) heap.free(workspaceAt);
      workspaceBytes = 0;
      workspaceAt = heap.allocate(bytes);
      workspaceBytes = bytes;
    } else {
      heap.u8.fill(0, workspaceAt, workspaceAt + bytes);
    }
    current = { key, workspace: layOut(heap, workspaceAt, true) };
    return current.workspace;
  };

  return {
    inputs,
    ...(embedding && { embedding }),
    entering,
    hidden: widths.slice(1, -1),
    classes,
    size,
    enter,
    useExtras: (on) => {
      const { heap, plan, extras } = enter();
      extras.forEach((address, layer) => {
        heap.i32[plan / 4 + 1 + layer * FIELDS + EXTRA] = on ? address : 0;
      });
    },
  };
};
