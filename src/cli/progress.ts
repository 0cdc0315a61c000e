import type { Io } from './terminal/io.ts';

const WIDTH = 30;
const REDRAW_MS = 100;

export interface ProgressLine {
  /** How far it is; null while nothing is known. */
  readonly update: (progress: { readonly phase: string; readonly done: number; readonly total: number } | null) => void;
  /** Removes the bar. */
  readonly end: () => void;
}

/** Remaining time, in words. */
const remaining = (elapsedMs: number, share: number): string => {
  if (share < 0.02 || elapsedMs < 1000) return '';
  const seconds = Math.ceil((elapsedMs * (1 - share)) / share / 1000);
  return seconds >= 90 ? `, about ${Math.round(seconds / 60)} min left` : `, about ${seconds} s left`;
};

/** Progress on stderr: a bar on a terminal, elsewhere a line at each quarter; nothing if quiet. */
export const createProgress = (io: Io, quiet: boolean): ProgressLine => {
  const begin = io.now();
  let drawnAt = Number.NEGATIVE_INFINITY;
  let quarter = 0;
  const draw = (share: number, phase: string): void => {
    const now = io.now();
    if (now - drawnAt < REDRAW_MS) return;
    drawnAt = now;
    const full = Math.round(share * WIDTH);
    const bar = '█'.repeat(full) + '░'.repeat(WIDTH - full);
    io.err(`\r\x1b[K${bar} ${Math.floor(share * 100)} % ${phase}${remaining(now - begin, share)}`);
  };
  return {
    update: (progress) => {
      if (quiet || progress === null || progress.total <= 0) return;
      const share = Math.min(1, progress.done / progress.total);
      if (io.isTerminal) {
        draw(share, progress.phase);
        return;
      }
      while (share * 4 >= quarter + 1) {
        quarter++;
        io.err(`${quarter * 25} %\n`);
      }
    },
    end: () => {
      if (!quiet && io.isTerminal) io.err('\r\x1b[K');
    },
  };
};
