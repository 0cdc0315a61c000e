import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { startEngine } from '../../src/engine/tf.ts';

const require = createRequire(import.meta.url);

/** Where the backend's WebAssembly files are, as Node finds them. */
export const wasmDirectory = `${dirname(require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm'))}/`;

/** Starts the engine once per test file, on the backend that the page uses. */
export const engineForTests = async (): Promise<void> => {
  const backend = await startEngine(wasmDirectory);
  if (backend !== 'wasm') throw new Error(`the tests need the wasm backend, found ${backend}`);
};

/** The folder of reference numbers, beside the repository. */
export const fixtureFile =
  process.env['PARITY_FIXTURES'] ?? join(import.meta.dirname, '../../../shared/fixtures/losses.json');
