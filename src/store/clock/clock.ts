import type { StoreApi } from 'zustand/vanilla';
import type { LabEnvironment } from '../contracts/environment.ts';
import type { LabRun, LabState, ViewSlice } from '../contracts/state.ts';
import { advanced, mergedTicks, movedBy, tickAt } from './ticks.ts';

export interface Clock {
  readonly setStep: (step: number) => void;
  readonly moveBy: (ticks: number) => void;
  readonly play: () => void;
  readonly pause: () => void;
  /** How fast it plays: 1 takes a run from end to end in some seconds. */
  readonly setSpeed: (speed: number) => void;
  /** Works out anew how far the clock may go. */
  readonly refresh: () => void;
  /** The step at which what is opened next is to stand, if it says one. */
  readonly setOpeningStep: (step: number | undefined) => void;
  /** Goes to the opening step in what is on screen already. */
  readonly goToOpeningStep: () => void;
  /** A new run takes the screen. */
  readonly rewind: (startsPlaying: boolean) => void;
}

/** The variants that have a panel and can have numbers. */
const visibleVariants = (run: LabRun, hidden: readonly string[]) => {
  const able = run.collector.variants.filter(({ variant }) => !run.collector.failures.has(variant));
  const seen = able.filter(({ label }) => !hidden.includes(label));
  return seen.length > 0 ? seen : able;
};

/** All steps at which the run on screen has numbers, ascending. */
export const ticksOf = (run: LabRun | null): readonly number[] => {
  if (!run) return [0];
  const { variants } = run.collector;
  return variants.length === 0 ? [0] : mergedTicks(variants.map(({ recorded }) => recorded));
};

export const totalSteps = (run: LabRun | null): number => ticksOf(run).at(-1) ?? 0;

/** The last step that every visible run has reached under the shown seed; finished ones do not hold the others up. */
const availableSteps = (run: LabRun | null, { seed, hidden }: ViewSlice): number => {
  if (!run) return 0;
  const { seeds, shownSeed } = run.collector;
  const own = seeds.includes(seed) ? seed : (shownSeed ?? seed);
  let available = totalSteps(run);
  for (const { variant } of visibleVariants(run, hidden)) {
    const lane = run.collector.lane(variant, own);
    if (lane && lane.count === lane.steps.length) continue;
    available = Math.min(available, lane?.steps[lane.count - 1] ?? 0);
  }
  return available;
};

/** The one clock. It plays through what is computed, waits where nothing is yet, and holds at the end. */
export const createClock = (store: StoreApi<LabState>, environment: LabEnvironment): Clock => {
  let position = 0;
  let last: number | null = null;
  let isTicking = false;
  /** A step to be shown as soon as it is computed: the one a reader has paused at, or (infinite) always the newest. */
  let wanted: number | null = null;
  let openingStep: number | undefined;

  const view = (change: Partial<ViewSlice>): void =>
    store.setState((state) => ({ view: { ...state.view, ...change } }));
  const shown = (): LabRun | null => store.getState().run.shown;

  const show = (step: number): void => {
    if (step !== store.getState().view.step) view({ step });
  };

  const tick = (ms: number): void => {
    const { view: now } = store.getState();
    if (!now.isPlaying) {
      isTicking = false;
      last = null;
      return;
    }
    const run = shown();
    const total = totalSteps(run);
    position = advanced(position, total, now.speed, last === null ? 0 : ms - last, now.available);
    last = ms;
    show(tickAt(ticksOf(run), position));
    const isOver = total > 0 || run?.collector.status === 'finished';
    if (isOver && position >= total) view({ isPlaying: false });
    environment.frame(tick);
  };

  const startTicking = (): void => {
    if (isTicking) return;
    isTicking = true;
    last = null;
    environment.frame(tick);
  };

  const setStep = (step: number): void => {
    const { available } = store.getState().view;
    position = tickAt(ticksOf(shown()), Math.min(available, Math.max(0, step)));
    wanted = null;
    store.setState((state) => ({ view: { ...state.view, step: position, isPlaying: false } }));
  };

  const play = (): void => {
    const { step } = store.getState().view;
    const total = totalSteps(shown());
    position = total > 0 && step >= total ? 0 : step;
    wanted = null;
    store.setState((state) => ({ view: { ...state.view, step: tickAt(ticksOf(shown()), position), isPlaying: true } }));
    startTicking();
  };

  return {
    setStep,
    moveBy: (ticks) => {
      const { step, available } = store.getState().view;
      setStep(movedBy(ticksOf(shown()), step, ticks, available));
    },
    play,
    pause: () => view({ isPlaying: false }),
    setSpeed: (speed) => view({ speed }),
    refresh: () => {
      const { view: now } = store.getState();
      const available = availableSteps(shown(), now);
      const step = tickAt(ticksOf(shown()), Math.min(wanted ?? now.step, available));
      if (wanted !== null || now.step > available) position = step;
      if (wanted !== null && available >= wanted) wanted = null;
      if (available !== now.available || step !== now.step) view({ available, step });
    },
    setOpeningStep: (step) => {
      openingStep = step;
    },
    goToOpeningStep: () => {
      if (openingStep !== undefined) setStep(openingStep);
      openingStep = undefined;
    },
    rewind: (startsPlaying) => {
      const isPlaying = startsPlaying && openingStep === undefined && !environment.isMotionReduced();
      const { step } = store.getState().view;
      wanted = isPlaying ? null : (openingStep ?? (startsPlaying ? Number.POSITIVE_INFINITY : (wanted ?? step)));
      openingStep = undefined;
      position = 0;
      store.setState((state) => ({ view: { ...state.view, step: 0, available: 0, isPlaying } }));
      if (isPlaying) startTicking();
    },
  };
};
