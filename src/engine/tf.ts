// The only file that imports TensorFlow.js. Core comes first: gradients and backends register with it.
import '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { enableProdMode, env, memory, ready, setBackend } from '@tensorflow/tfjs-core';
import { SimError } from './errors.ts';

// By name, so that bundlers and CommonJS interop keep exactly these.
export {
  add,
  addN,
  cast,
  clone,
  concat,
  div,
  exp,
  expandDims,
  gather,
  grad,
  log,
  logSoftmax,
  matMul,
  max,
  mean,
  minimum,
  mul,
  neg,
  relu,
  reshape,
  scalar,
  sigmoid,
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
  tanh,
  tensor1d,
  tensor2d,
  tensor3d,
  tidy,
  transpose,
  unstack,
  valueAndGrad,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';

/** Where the three WebAssembly files of the backend are: a directory that ends in '/', or a URL for each file name. */
export type WasmLocation = string | Readonly<Record<string, string>>;

export type BackendName = 'wasm' | 'cpu';

/**
 * Starts the tensor library: WebAssembly (SIMD where there is any) if it starts, plain JavaScript otherwise.
 * Call it once, before anything else of the engine.
 *
 * @throws {SimError} engine/no-backend
 */
export const startEngine = async (wasm: WasmLocation): Promise<BackendName> => {
  enableProdMode(); // no checks for NaN: a diverging lane is a result here, not an error
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false); // no gain at these sizes, and it breaks minified builds
  setWasmPaths(wasm);
  for (const name of ['wasm', 'cpu'] as const) {
    if (await setBackend(name)) {
      await ready();
      return name;
    }
  }
  throw new SimError(
    'engine/no-backend',
    'Neither the WebAssembly nor the JavaScript backend of TensorFlow.js started.',
  );
};

/** How many tensors are alive: what the leak tests count. */
export const tensorCount = (): number => memory().numTensors;
