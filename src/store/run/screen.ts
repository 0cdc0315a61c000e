import type { StoreApi } from 'zustand/vanilla';
import { type Clock, totalSteps } from '../clock/clock.ts';
import type { LabEnvironment } from '../contracts/environment.ts';
import type { LabRun, LabState, RunStatus } from '../contracts/state.ts';
import { longMsOf } from './stopwatch.ts';

/** What the page shows of the run that is under way. */
export interface Screen {
  /** Puts a run on screen: the seed of its pictures, and the clock. */
  readonly present: (run: LabRun) => void;
  /** Tells the store what has arrived, once before the next frame. A run with enough to show takes the screen by that. */
  readonly refresh: () => void;
}

/** Whether a run has something to show in every place: its first unlearning numbers, or its end. */
const isPresentable = ({ collector }: LabRun): boolean => {
  const { variants, failures, shownSeed, status, seeds } = collector;
  if (status === 'finished') return true;
  if (status !== 'running' || shownSeed === null || seeds.length === 0) return false;
  return (
    variants.length > 0 &&
    variants.every(({ variant }) => failures.has(variant) || (collector.lane(variant, shownSeed)?.count ?? 0) > 0)
  );
};

const statusOf = ({ collector }: LabRun): RunStatus =>
  collector.status === 'idle' ? 'waiting' : collector.status === 'cancelled' ? 'idle' : collector.status;

export const createScreen = (
  store: StoreApi<LabState>,
  { frame }: Pick<LabEnvironment, 'frame'>,
  clock: Clock,
): Screen => {
  let isCommitPlanned = false;

  const present = (run: LabRun): void => {
    const { run: before, view } = store.getState();
    const wasAtEnd = before.shown !== null && view.step >= totalSteps(before.shown);
    const isFirst = before.shown === null || before.shown === run;
    const seed = run.collector.seeds.includes(view.seed) ? view.seed : (run.collector.shownSeed ?? view.seed);
    store.setState((state) => ({
      run: { ...state.run, shown: run, isStale: false },
      view: { ...state.view, seed },
    }));
    clock.rewind(isFirst || wasAtEnd || view.isPlaying);
  };

  const commit = (): void => {
    isCommitPlanned = false;
    const { current, shown } = store.getState().run;
    if (!current) return;
    if (shown !== current && isPresentable(current)) present(current);
    store.setState((state) => ({
      run: {
        ...state.run,
        version: state.run.version + 1,
        status: statusOf(current),
        error: current.collector.error,
        backend: current.collector.backend || state.run.backend,
        longMs: longMsOf(current, state.run.longMs),
      },
    }));
    clock.refresh();
  };

  return {
    present,
    refresh: () => {
      if (isCommitPlanned) return;
      isCommitPlanned = true;
      frame(commit);
    },
  };
};
