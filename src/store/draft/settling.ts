import type { StoreApi } from 'zustand/vanilla';
import type { Clock } from '../clock/clock.ts';
import type { LabState } from '../contracts/state.ts';
import type { Runner } from '../run/runner.ts';
import { computesTheSame } from './history.ts';

/** Runs the draft after some ms without another call, unless it is what is on screen already. */
export type Settle = (delayMs: number) => void;

export const createSettling = (store: StoreApi<LabState>, runner: Pick<Runner, 'start'>, clock: Clock): Settle => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (delayMs) => {
    clearTimeout(timer);
    const { draft, run } = store.getState();
    if (!draft.scenario) return;
    const { current, shown, status } = run;
    const isComputed = current !== null && current === shown && (status === 'running' || status === 'finished');
    if (isComputed && computesTheSame(draft.scenario, current.scenario)) {
      store.setState((state) => ({ run: { ...state.run, isStale: false } }));
      clock.goToOpeningStep();
      return;
    }
    store.setState((state) => ({ run: { ...state.run, isStale: state.run.shown !== null } }));
    timer = setTimeout(runner.start, delayMs);
  };
};
