/**
 * Whether a worker is alive. One that crashes, runs out of memory or closes itself says nothing, and no event tells of it;
 * but the browser gives back the lock that it held, to whoever waits for it.
 */

/** The part of the browser's locks that is needed; pages without a secure origin have none. */
export type Locks = Pick<LockManager, 'request'> | undefined;

/** The first thing a worker says. As long as it lives it holds a lock of this name; null where there are no locks. */
export interface Alive {
  readonly type: 'alive';
  readonly lock: string | null;
}

export const isAlive = (data: unknown): data is Alive =>
  typeof data === 'object' && data !== null && 'type' in data && data.type === 'alive';

/** In a worker: takes a lock for as long as the worker lives, and says so; resolves when it has said it. */
export const sayAlive = (locks: Locks, post: (message: Alive) => void): Promise<void> =>
  new Promise((resolve) => {
    const say = (lock: string | null): void => {
      post({ type: 'alive', lock });
      resolve();
    };
    const lock = `unlearn-lab/worker/${crypto.getRandomValues(new Uint32Array(4)).join('-')}`;
    const hold = (): Promise<never> => {
      say(lock);
      return new Promise(() => undefined);
    };
    // A frame without an origin has locks that are forbidden.
    if (locks) locks.request(lock, {}, hold).catch(() => say(null));
    else say(null);
  });

/** Calls when the worker that holds a lock is gone, until `signal` says that nobody wants to know. */
export const whenGone = (locks: Locks, lock: string, signal: AbortSignal, onGone: () => void): void => {
  const gone = (): void => {
    if (!signal.aborted) onGone();
  };
  locks?.request(lock, { signal }, gone).catch(() => undefined);
};
