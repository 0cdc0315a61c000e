import { SimError } from './base/errors.ts';
import * as tf from './base/tf.ts';
import type { Network } from './contracts/network.ts';
import { KERNELS, registerKernelBackend } from './kernels/backend.ts';
import { kernelMlp } from './kernels/mlp.ts';
import { registerMlpKernels } from './kernels/mlp-ops.ts';
import { mlp } from './network/model.ts';
import type { MlpSpec } from './network/shape.ts';

/** Where the three WebAssembly files of the tensor library's own backend are: a directory that ends in '/', or a URL for each file name. */
export type WasmLocation = string | Readonly<Record<string, string>>;

/** Our SIMD kernels; the tensor library's WebAssembly; its plain JavaScript. */
export type EngineName = 'kernels' | 'wasm' | 'cpu';

const start = async (name: EngineName, wasm: WasmLocation): Promise<boolean> => {
  if (name === 'kernels') {
    if (!registerKernelBackend()) return false;
    registerMlpKernels();
  }
  if (name === 'wasm') tf.setWasmPaths(wasm);
  if (!(await tf.setBackend(name))) return false;
  await tf.ready();
  return true;
};

/**
 * Starts the engine: our kernels where WebAssembly has SIMD, otherwise networks composed of the tensor library's
 * operations. Call it once, before anything else of the engine.
 *
 * @param among what may be chosen, the best first
 * @throws {SimError} engine/no-backend
 */
export const startEngine = async (
  wasm: WasmLocation,
  among: readonly EngineName[] = ['kernels', 'wasm', 'cpu'],
): Promise<EngineName> => {
  tf.enableProdMode(); // no checks for NaN: a diverging lane is a result here, not an error
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false); // no gain at these sizes, and it breaks minified builds
  for (const name of among) if (await start(name, wasm)) return name;
  throw new SimError('engine/no-backend', `None of the engines started: ${among.join(', ')}.`);
};

/** The network of a shape, in the form that the running engine is fastest with. */
export const network = (spec: MlpSpec): Network => (tf.getBackend() === KERNELS ? kernelMlp(spec) : mlp(spec));
