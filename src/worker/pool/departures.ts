/** How long a worker may go on with a run that was cancelled before another one takes its place. */
const PATIENCE_MS = 2000;

/** Who has not left a run yet that is over. */
export interface Departures<W> {
  /** The worker has loaded; one that is still loading cannot be late. */
  readonly loaded: (worker: W) => void;
  readonly expect: (worker: W, runId: string) => void;
  readonly left: (worker: W, runId: string) => void;
  /** The worker is gone. */
  readonly forget: (worker: W) => void;
}

/**
 * Gives a worker up that is stuck in a long step of a run that is over: nothing of it would be used.
 *
 * @param after calls back after some ms
 */
export const createDepartures = <W>(
  after: (ms: number, callback: () => void) => void,
  giveUp: (worker: W) => void,
): Departures<W> => {
  const loaded = new Set<W>();
  const awaited = new Map<W, Set<string>>();

  const watch = (worker: W, runId: string, looks = 2): void => {
    after(PATIENCE_MS / 2, () => {
      if (!awaited.get(worker)?.has(runId)) return;
      // A worker that is still loading does not count, and neither does the first look: the page may have slept.
      if (!loaded.has(worker)) watch(worker, runId);
      else if (looks > 1) watch(worker, runId, looks - 1);
      else giveUp(worker);
    });
  };

  return {
    loaded: (worker) => {
      loaded.add(worker);
    },
    expect: (worker, runId) => {
      awaited.set(worker, (awaited.get(worker) ?? new Set()).add(runId));
      watch(worker, runId);
    },
    left: (worker, runId) => {
      awaited.get(worker)?.delete(runId);
    },
    forget: (worker) => {
      awaited.delete(worker);
      loaded.delete(worker);
    },
  };
};
