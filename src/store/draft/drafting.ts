import type { StoreApi } from 'zustand/vanilla';
import type { Clock } from '../clock/clock.ts';
import type { LabEnvironment } from '../contracts/environment.ts';
import type { LabState, Notice } from '../contracts/state.ts';
import type { Runner } from '../run/runner.ts';
import { createEditing, type Editing } from './editing.ts';
import type { KeptWork } from './kept-work.ts';
import type { Linking } from './linking.ts';
import { notify } from './notices.ts';
import { createOpening, type Opening } from './opening.ts';
import { createSettling } from './settling.ts';

/** Everything that changes the scenario: edits, undo, presets, what a link or a file holds. */
export interface Drafting extends Omit<Editing, 'endGesture'>, Opening {
  /** Says what there is to say of what was opened, in place of what was said before. */
  readonly notify: (notices: readonly Notice[]) => void;
}

export const createDrafting = (
  store: StoreApi<LabState>,
  environment: LabEnvironment,
  runner: Runner,
  linking: Linking,
  clock: Clock,
  keptWork: KeptWork,
): Drafting => {
  const settle = createSettling(store, runner, clock);
  const editing = createEditing(store, environment.now, linking, keptWork, settle);
  return {
    ...editing,
    ...createOpening({ store, environment, linking, clock, keptWork, editing, settle }),
    notify: (notices) => notify(store, notices),
  };
};
