import type { StoreApi } from 'zustand/vanilla';
import type { RevealShow, RevealStep, Scenario } from '../../scenario/format/scenario.ts';
import { expandRuns } from '../../scenario/format/variants.ts';
import type { Clock } from '../clock/clock.ts';
import { type LectureSlice, noLecture } from '../contracts/lecture-slice.ts';
import type { LabState } from '../contracts/state.ts';

/** The views of a lecture: those of the experiment; otherwise one run after the other, the aim, and the claims. */
export const revealOf = ({ view, runs }: Scenario): readonly RevealStep[] => {
  if (view.reveal) return view.reveal;
  const names = runs.map(({ name }) => name);
  return [
    { runs: [], retrained: false, step: 0 },
    ...names.map((_, i): RevealStep => ({ runs: names.slice(0, i + 1), retrained: false, step: 'last' })),
    { show: 'tradeoff' },
    { show: 'claims' },
  ];
};

export interface Lecture {
  readonly enter: (isVeiled?: boolean) => void;
  readonly leave: () => void;
  /** Shows a view; beyond the first or last one nothing happens. */
  readonly go: (at: number) => void;
  readonly blank: () => void;
  /** Puts something else beside the panels; again: what the view says. */
  readonly show: (what: RevealShow) => void;
  /** Hides all results until `reveal`. */
  readonly veil: () => void;
  readonly reveal: () => void;
  /** What the audience expects of a claim; the same again takes it back. */
  readonly vote: (claim: number, holds: boolean) => void;
}

interface Environment extends Pick<Clock, 'setStep' | 'pause' | 'refresh'> {
  /** A clock in ms. */
  readonly now: () => number;
}

export const createLecture = (store: StoreApi<LabState>, { now, setStep, pause, refresh }: Environment): Lecture => {
  const patch = (change: Partial<LectureSlice>): void =>
    store.setState(({ lecture }) => ({ lecture: { ...lecture, ...change } }));
  const hide = (hidden: readonly string[]): void => {
    store.setState(({ view }) => ({ view: { ...view, hidden } }));
    refresh();
  };

  const apply = (at: number): void => {
    const { draft } = store.getState();
    const step = draft.scenario && revealOf(draft.scenario)[at];
    if (!step || !draft.scenario) return;
    patch({ at, show: null, isBlank: false });
    const variants = expandRuns(draft.scenario);
    hide(variants.filter(({ name }) => step.runs && !step.runs.includes(name)).map(({ label }) => label));
    if (step.step === undefined) return;
    pause();
    setStep(step.step === 'last' ? store.getState().view.available : step.step);
  };

  return {
    enter: (isVeiled = false) => {
      const { view, lecture } = store.getState();
      if (lecture.isOn) return;
      store.setState({
        lecture: { ...noLecture, isOn: true, isVeiled, hidden: view.hidden, since: now() },
        view: { ...view, room: 'compare', solo: null },
      });
      if (!isVeiled) apply(0);
    },
    leave: () => {
      const { lecture } = store.getState();
      if (!lecture.isOn) return;
      store.setState({ lecture: noLecture });
      hide(lecture.hidden);
    },
    go: apply,
    blank: () => patch({ isBlank: !store.getState().lecture.isBlank }),
    show: (what) => patch({ show: store.getState().lecture.show === what ? null : what, isBlank: false }),
    veil: () => patch({ isVeiled: true, votes: {} }),
    reveal: () => {
      patch({ isVeiled: false });
      apply(store.getState().lecture.at);
    },
    vote: (claim, holds) => {
      const { votes } = store.getState().lecture;
      const { [claim]: before, ...others } = votes;
      patch({ votes: before === holds ? others : { ...others, [claim]: holds } });
    },
  };
};
