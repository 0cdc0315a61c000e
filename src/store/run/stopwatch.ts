import { networkSize } from '../../scenario/format/weights.ts';
import type { LabRun } from '../contracts/state.ts';

/** A longer silence than this is a pause or a sleeping computer, not work. */
const MOST_SILENCE_MS = 60_000;
/** From here on an experiment counts as a large one. */
const LONG_MS = 60_000;
/** After this the run's own pace is known well enough. */
const PACE_KNOWN_MS = 2000;
/** Multiply-adds a millisecond of one slow core on large networks; only used until a run shows its own pace. */
const FIRST_PACE = 1_000_000;

/** Measures the time in which something happens. */
export interface Stopwatch {
  readonly elapsedMs: () => number;
  /** Notes that work goes on: the time since the last note was spent on it. */
  readonly tick: () => void;
  readonly pause: () => void;
}

export const createStopwatch = (now: () => number): Stopwatch => {
  let elapsed = 0;
  let last: number | null = now();
  const silence = (): number => (last === null ? 0 : Math.min(MOST_SILENCE_MS, now() - last));
  return {
    elapsedMs: () => elapsed + silence(),
    tick: () => {
      elapsed += silence();
      last = now();
    },
    pause: () => {
      elapsed += silence();
      last = null;
    },
  };
};

/** Remaining time of a run in ms, or null while nothing is known of it. */
const remainingMs = ({ collector, points, scenario, elapsedMs }: LabRun): number | null => {
  const { progress } = collector;
  if (!progress) return null;
  const { done, total } = progress;
  const left = Math.max(0, total - done);
  const elapsed = elapsedMs();
  if (done > 0 && elapsed > PACE_KNOWN_MS) return (elapsed * left) / done;
  const [first] = points.values();
  if (!first) return null;
  return (left * networkSize(scenario.model, first.inputs, first.classes)) / FIRST_PACE;
};

/** What `RunSlice.longMs` becomes: once a run is known to be a large one it stays so until it ends. */
export const longMsOf = (run: LabRun, before: number | null): number | null => {
  if (run.collector.status !== 'running') return null;
  const left = remainingMs(run);
  if (left === null) return before;
  return before !== null || left > LONG_MS ? left : null;
};
