import type { Plugin } from 'vite';

/** The tensor library asks Node's own modules for this; everywhere it is a global by now. */
const PLATFORM = `
import { env } from '../environment.js';
const kinds = [Float32Array, Int32Array, Uint8Array, Uint8ClampedArray];
if (env().get('IS_NODE') && !env().get('IS_BROWSER')) {
  env().setPlatform('node', {
    fetch: (...request) => globalThis.fetch(...request),
    now: () => performance.now(),
    encode: (text) => new TextEncoder().encode(text),
    decode: (bytes, encoding) => new TextDecoder(encoding).decode(bytes),
    setTimeoutCustom: (body, ms) => { setTimeout(body, ms); },
    isTypedArray: (value) => kinds.some((kind) => value instanceof kind),
  });
}
`;

/** That backend without its backend: the flag that the engine sets, and the setter that it calls. */
const NO_WASM = `
import { env } from '@tensorflow/tfjs-core';
env().registerFlag('WASM_HAS_MULTITHREAD_SUPPORT', () => false);
export const setWasmPaths = () => undefined;
`;

/**
 * Makes one module of the core that runs in Node and in browsers alike: no require(), and without the WebAssembly files of the
 * tensor library's own backend, which stand beside a page. The kernels are text inside the module.
 */
export const anywhere = (): Plugin => ({
  name: 'unlearn-lab:anywhere',
  enforce: 'pre',
  load(id) {
    const path = id.replaceAll('\\', '/');
    if (/\/tfjs-core\/dist\/platforms\/platform_node\.js$/.test(path)) return PLATFORM;
    if (/\/tfjs-backend-wasm\/dist\/index\.js$/.test(path)) return NO_WASM;
    return undefined;
  },
});
