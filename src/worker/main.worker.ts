import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { toWire } from '../engine/base/errors.ts';
import { startEngine } from '../engine/start.ts';
import { catalogue, catalogueInfo } from '../sim/catalogue.ts';
import { startHost } from './host.ts';
import { sayAlive } from './life.ts';
import type { Command, Message } from './protocol.ts';

const post = (message: Message) => self.postMessage(message);
void sayAlive(navigator.locks, (message) => self.postMessage(message));

/** A macrotask turn: lets the messages that have arrived be handled. */
const breathe = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

/** A page may give orders before the engine is there: they are kept, in order. */
const early: Command[] = [];
let handle = (command: Command): void => {
  early.push(command);
};
self.addEventListener('message', ({ data }: MessageEvent<Command>) => handle(data));

startEngine({
  'tfjs-backend-wasm.wasm': plain,
  'tfjs-backend-wasm-simd.wasm': simd,
  'tfjs-backend-wasm-threaded-simd.wasm': simd,
}).then(
  (backend) =>
    startHost({
      port: {
        post,
        listen: (handler) => {
          handle = handler;
          for (const command of early.splice(0)) handler(command);
          return () => {
            handle = () => undefined;
          };
        },
      },
      catalogue,
      info: catalogueInfo,
      backend,
      now: () => performance.now(),
      breathe,
    }),
  (thrown) => post({ type: 'error', error: toWire(thrown) }),
);
