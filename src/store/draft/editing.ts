import type { StoreApi } from 'zustand/vanilla';
import { SimError, toWire } from '../../engine/base/errors.ts';
import { seedsGiven, withWeights } from '../../scenario/files/weights-file.ts';
import type { Scenario } from '../../scenario/format/scenario.ts';
import type { Documents } from '../../scenario/read/document-kind.ts';
import { parseScenario } from '../../scenario/read/parse.ts';
import type { DraftSlice, LabState } from '../contracts/state.ts';
import type { Edit } from './edits.ts';
import { changed, redone, undone } from './history.ts';
import type { KeptWork } from './kept-work.ts';
import type { Linking } from './linking.ts';
import { notify, repaired } from './notices.ts';
import type { Settle } from './settling.ts';

/** Changes of the experiment that is open. */
export interface Editing {
  /** Changes the scenario. Edits with one gesture name in quick succession count as one change. */
  readonly edit: (change: Edit, gesture?: string) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  /** Puts weights in the place of training. They are refused where they do not fit the network. */
  readonly takeWeights: (weights: Documents['weights']) => void;
  /** The next edit is a change of its own, whatever its gesture. */
  readonly endGesture: () => void;
}

/** Changes settle for this long before they are computed. */
const SETTLE_MS = 250;
/** Edits of one gesture that come closer together than this count as one. */
const GESTURE_MS = 1200;

export const createEditing = (
  store: StoreApi<LabState>,
  now: () => number,
  linking: Linking,
  keptWork: KeptWork,
  settle: Settle,
): Editing => {
  let gesture: { readonly name: string; readonly ms: number } | null = null;

  /** Whether an edit belongs to the gesture before it. */
  const goesOn = (name: string): boolean => {
    const ms = now();
    const isSame = name !== '' && gesture?.name === name && ms - gesture.ms < GESTURE_MS;
    gesture = { name, ms };
    return isSame;
  };
  const set = (draft: DraftSlice, scenario: Scenario, isSameGesture: boolean): void => {
    store.setState({ draft });
    linking.write(scenario, isSameGesture);
    settle(SETTLE_MS);
  };
  const adopt = (scenario: Scenario, isSameGesture: boolean): void => {
    keptWork.markEdited();
    set(changed(store.getState().draft, scenario, isSameGesture), scenario, isSameGesture);
  };
  const travel = (draft: DraftSlice): void => {
    if (draft === store.getState().draft || !draft.scenario) return;
    gesture = null;
    set(draft, draft.scenario, false);
  };

  return {
    edit: (change, name = '') => {
      const { draft, catalogue, notices } = store.getState();
      if (!draft.scenario || !catalogue) return;
      const { scenario, repairs } = parseScenario(change(draft.scenario), catalogue, 'repair');
      const isSameAsBefore = JSON.stringify(scenario) === JSON.stringify(draft.scenario);
      if (isSameAsBefore && repairs.length === 0) return;
      const isSameGesture = goesOn(name);
      notify(store, [...notices.filter(({ kind }) => kind === 'bad-link'), ...repaired('edit', repairs)]);
      if (!isSameAsBefore) adopt(scenario, isSameGesture);
    },
    undo: () => travel(undone(store.getState().draft)),
    redo: () => travel(redone(store.getState().draft)),
    takeWeights: ({ weights, of, step }) => {
      const { catalogue, draft } = store.getState();
      if (!catalogue || !draft.scenario) return;
      let next: Scenario;
      try {
        next = withWeights(draft.scenario, weights, catalogue);
      } catch (thrown) {
        if (!(thrown instanceof SimError)) throw thrown;
        notify(store, [{ kind: 'bad-file', ...toWire(thrown) }]);
        return;
      }
      notify(store, [{ kind: 'weights', of, step, seeds: seedsGiven(next) }]);
      adopt(next, false);
    },
    endGesture: () => {
      gesture = null;
    },
  };
};
