// The only file that imports TensorFlow.js. Core comes first: gradients and backends register with it.
import '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-backend-cpu';
import {
  engine,
  memory,
  type NamedAttrMap,
  type NamedTensorMap,
  type Tensor,
  type TensorInfo,
  tensor,
} from '@tensorflow/tfjs-core';

export { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
export { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

// By name, so that bundlers and CommonJS interop keep exactly these.
export {
  add,
  addN,
  cast,
  clone,
  concat,
  copyRegisteredKernels,
  div,
  enableProdMode,
  env,
  exp,
  expandDims,
  gather,
  getBackend,
  grad,
  type KernelConfig,
  keep,
  log,
  logSoftmax,
  matMul,
  max,
  maximum,
  mean,
  minimum,
  mul,
  neg,
  oneHot,
  onesLike,
  pow,
  ready,
  registerBackend,
  registerGradient,
  registerKernel,
  relu,
  reshape,
  setBackend,
  sigmoid,
  sign,
  slice,
  softplus,
  sqrt,
  square,
  stack,
  step,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  type TensorInfo,
  tanh,
  tensor1d,
  tensor2d,
  tensor3d,
  tidy,
  tile,
  transpose,
  unstack,
  valueAndGrad,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';

/** Runs a registered kernel; unlike a bare call of it, gradients find their way through. */
export const runKernel = (name: string, inputs: NamedTensorMap, attributes: object): Tensor[] => {
  const found: Tensor | Tensor[] = engine().runKernel(name, inputs, attributes as NamedAttrMap);
  return Array.isArray(found) ? found : [found];
};

/** The values of a tensor, or of what a kernel gets for one; on the plain backends without a copy. */
export const valuesOf = ({ dataId }: TensorInfo): Float32Array | Int32Array =>
  engine().readSync(dataId) as Float32Array | Int32Array;

/** A tensor over a typed array, which it takes over: no copy on the plain backends. */
export const tensorOf = (values: Float32Array | Int32Array, shape: readonly number[]): Tensor =>
  tensor(values, [...shape], values instanceof Int32Array ? 'int32' : 'float32');

/** How many tensors are alive: what the leak tests count. */
export const tensorCount = (): number => memory().numTensors;
