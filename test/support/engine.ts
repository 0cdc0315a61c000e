import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { type EngineName, startEngine } from '../../src/engine/start.ts';

const require = createRequire(import.meta.url);

/** Where the backend's WebAssembly files are, as Node finds them. */
export const wasmDirectory = `${dirname(require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm'))}/`;

/** Starts an engine for a test file: the one that the page uses, or the one that TEST_ENGINE names. */
export const engineForTests = async (): Promise<void> =>
  useEngine((process.env['TEST_ENGINE'] ?? 'kernels') as EngineName);

/** Starts, or goes over to, an engine. */
export const useEngine = async (name: EngineName): Promise<void> => {
  const found = await startEngine(wasmDirectory, [name]);
  if (found !== name) throw new Error(`the test needs the engine ${name}, found ${found}`);
};
