/** How long a worker may load before another one is tried, which may take twice as long: the line may be slow. */
const LOAD_MS = 60_000;
/** How long a run may say nothing before the reader is told. */
const QUIET_MS = 30_000;

/** A run as far as its silence matters. */
export interface Watched<W> {
  readonly shares: readonly { readonly worker: W; readonly isOver: boolean }[];
  readonly isPaused: boolean;
  readonly isOver: boolean;
}

/** Who says nothing. */
export interface Silence<W> {
  /** A new worker is expected to say that it has loaded. */
  readonly expectLoad: (worker: W) => void;
  /** From now on every share of a run is expected to say something now and then. */
  readonly expectWords: (run: Watched<W>) => void;
  readonly heard: (worker: W) => void;
  /** The worker is gone. */
  readonly forget: (worker: W) => void;
}

interface Handlers<W> {
  /** Nothing has come of a worker in half of the time that it has for loading; then in all of it. */
  readonly onSlow: () => void;
  readonly onLate: (worker: W) => void;
  /** A worker has said nothing of its share for a while: it may be in a long step. */
  readonly onQuiet: () => void;
}

/**
 * Notices workers that do not answer and of which nothing tells that they ended: a script that never arrives, a step
 * without an end.
 *
 * @param after calls back after some ms
 */
export const createSilence = <W>(
  after: (ms: number, callback: () => void) => void,
  { onSlow, onLate, onQuiet }: Handlers<W>,
): Silence<W> => {
  const loading = new Set<W>();
  const words = new Map<W, number>();
  let patience = LOAD_MS;

  const watch = (run: Watched<W>, share: Watched<W>['shares'][number], silent = 0): void => {
    const { worker } = share;
    const before = words.get(worker);
    after(QUIET_MS / 2, () => {
      if (run.isOver || share.isOver) return;
      const isSilent = !run.isPaused && share.worker === worker && !loading.has(worker) && words.get(worker) === before;
      // The page may have slept before the first look.
      if (isSilent && silent === 1) onQuiet();
      watch(run, share, isSilent ? silent + 1 : 0);
    });
  };

  return {
    expectLoad: (worker) => {
      loading.add(worker);
      const ms = patience;
      after(ms / 2, () => {
        if (!loading.has(worker)) return;
        onSlow();
        after(ms / 2, () => {
          if (!loading.delete(worker)) return;
          patience = 2 * ms;
          onLate(worker);
        });
      });
    },
    expectWords: (run) => {
      for (const share of run.shares) watch(run, share);
    },
    heard: (worker) => {
      if (loading.delete(worker)) patience = LOAD_MS;
      words.set(worker, (words.get(worker) ?? 0) + 1);
    },
    forget: (worker) => {
      loading.delete(worker);
      words.delete(worker);
    },
  };
};
