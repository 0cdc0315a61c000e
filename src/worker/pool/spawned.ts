import { isAlive, type Locks, whenGone } from '../life.ts';
import type { Command, Message } from '../protocol.ts';
import type { PoolWorker } from './pool.ts';

/** What is used of a browser's worker. */
type BrowserWorker = Pick<Worker, 'postMessage' | 'addEventListener' | 'removeEventListener' | 'terminate'>;

/** A browser's worker as the pool sees it: it also tells when the worker has ended without a word. */
export const spawned = (worker: BrowserWorker, locks: Locks): PoolWorker => {
  const watch = new AbortController();
  const onDeaths: ((reason: string) => void)[] = [];
  const die = (reason: string): void => {
    watch.abort();
    for (const handler of onDeaths) handler(reason);
  };
  worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (!isAlive(data) || data.lock === null) return;
    whenGone(locks, data.lock, watch.signal, () => die('The worker ended without a word.'));
  });
  worker.addEventListener('error', ({ message }) => die(message || 'The worker could not be loaded.'));
  return {
    post: (command: Command) => worker.postMessage(command),
    listen: (handler: (message: Message) => void) => {
      const listener = ({ data }: MessageEvent<Message>): void => {
        if (!isAlive(data)) handler(data);
      };
      worker.addEventListener('message', listener);
      return () => worker.removeEventListener('message', listener);
    },
    onDeath: (handler) => onDeaths.push(handler),
    terminate: () => {
      watch.abort();
      worker.terminate();
    },
  };
};
