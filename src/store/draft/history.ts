import { experimentText } from '../../scenario/format/experiment.ts';
import type { Scenario } from '../../scenario/format/scenario.ts';
import type { DraftSlice } from '../contracts/state.ts';

/** How many changes can be undone. */
export const DEPTH = 100;

/** The draft after a change. A change of the same gesture takes the place of the one before it. */
export const changed = (draft: DraftSlice, scenario: Scenario, isSameGesture: boolean): DraftSlice => {
  if (!draft.scenario) return { ...draft, scenario };
  const past = isSameGesture ? draft.past : [...draft.past, draft.scenario].slice(-DEPTH);
  return { ...draft, scenario, past, future: [] };
};

export const undone = (draft: DraftSlice): DraftSlice => {
  const scenario = draft.past.at(-1);
  if (!scenario || !draft.scenario) return draft;
  return { ...draft, scenario, past: draft.past.slice(0, -1), future: [draft.scenario, ...draft.future] };
};

export const redone = (draft: DraftSlice): DraftSlice => {
  const [scenario, ...future] = draft.future;
  if (!scenario || !draft.scenario) return draft;
  return { ...draft, scenario, past: [...draft.past, draft.scenario], future };
};

/** Whether two scenarios compute the same: titles, claims and views aside. */
export const computesTheSame = (a: Scenario, b: Scenario): boolean =>
  a === b || experimentText(a) === experimentText(b);

/** Whether a scenario is still the preset it began as. */
export const isUnchanged = ({ scenario, base }: DraftSlice): boolean =>
  scenario === null || base === null || JSON.stringify(scenario) === JSON.stringify(base);
