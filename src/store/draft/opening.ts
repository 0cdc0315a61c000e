import type { StoreApi } from 'zustand/vanilla';
import type { CatalogueInfo } from '../../scenario/format/catalogue.ts';
import type { Preset } from '../../scenario/format/preset.ts';
import type { Scenario } from '../../scenario/format/scenario.ts';
import { withFormulas } from '../../scenario/formula/loaded.ts';
import type { DecodedLink } from '../../scenario/links/link.ts';
import type { Documents } from '../../scenario/read/document-kind.ts';
import { parseScenario } from '../../scenario/read/parse.ts';
import { experimentOf, type Tournament } from '../../scenario/tournament/tournament.ts';
import type { Clock } from '../clock/clock.ts';
import type { LabEnvironment } from '../contracts/environment.ts';
import type { Beginning } from '../contracts/lesson-slice.ts';
import type { DraftSlice, LabState, Notice } from '../contracts/state.ts';
import type { Editing } from './editing.ts';
import { changed } from './history.ts';
import type { KeptWork } from './kept-work.ts';
import type { Linking } from './linking.ts';
import { foreignRules, notify, repaired } from './notices.ts';
import type { Settle } from './settling.ts';

/** What has an experiment in it, or is about one. */
export type Experiment = Documents['scenario' | 'results' | 'tournament'];

/** Ways in which another experiment takes the place of the one that is open. */
export interface Opening {
  readonly openPreset: (id: string) => void;
  /**
   * Goes to what the address holds, with what is to be said of it. Null: it holds no experiment, and the first preset is
   * opened where nothing is open yet.
   */
  readonly openAddress: (found: Experiment | null, notices: readonly Notice[]) => void;
  /** Opens the page as the reader left it before a reload; false if there is nothing to restore. */
  readonly restore: () => boolean;
  /** Opens what a file holds. */
  readonly openDocument: (document: Experiment) => void;
  /** Shows a tournament in its form, beside the experiment that is open. */
  readonly enterTournament: (tournament: Tournament) => void;
  /** Opens the experiment of a lesson's page. At the beginning of a lesson the reader's own work is put aside. */
  readonly openForLesson: (scenario: Scenario, begin: Beginning | null) => void;
  /** Opens an experiment that was kept on this device. */
  readonly openKept: (id: string) => void;
}

const presetOf = (presets: readonly Preset[], id: string | undefined, catalogue: CatalogueInfo): Scenario | null => {
  const preset = presets.find((one) => one.id === id);
  return preset ? parseScenario(preset.input, catalogue, 'repair').scenario : null;
};

/** The experiment of a document, within what one may be, and what is to be seen of it. */
const experimentIn = (document: Experiment, catalogue: CatalogueInfo): DecodedLink =>
  document.kind === 'tournament'
    ? {
        scenario: parseScenario(experimentOf(document.tournament), catalogue, 'repair').scenario,
        repairs: document.repairs,
      }
    : document;

interface OpeningParts {
  readonly store: StoreApi<LabState>;
  readonly environment: Pick<LabEnvironment, 'link'>;
  readonly linking: Linking;
  readonly clock: Clock;
  readonly keptWork: KeptWork;
  readonly editing: Editing;
  readonly settle: Settle;
}

type Show = (draft: DraftSlice, scenario: Scenario, catalogue: CatalogueInfo) => void;

/** Makes an experiment the draft and runs it. */
const showIn =
  ({ store, clock, editing, settle }: OpeningParts): Show =>
  (draft, scenario, catalogue) => {
    editing.endGesture();
    store.setState(({ presets }) => ({ draft: { ...draft, base: presetOf(presets, scenario.id, catalogue) } }));
    clock.setOpeningStep(scenario.view.step);
    settle(0);
  };

/** Puts a tournament into its form, and the reader before it. */
const enterIn =
  (store: StoreApi<LabState>) =>
  (tournament: Tournament): void =>
    store.setState((state) => ({
      tournament: { ...state.tournament, own: tournament },
      view: { ...state.view, room: 'measure' },
    }));

const addressOpener = (parts: OpeningParts): Opening['openAddress'] => {
  const { store, environment, linking, keptWork } = parts;
  const { link } = environment;
  const [show, enterTournament] = [showIn(parts), enterIn(store)];
  return (found, notices) => {
    const { catalogue, draft, presets } = store.getState();
    if (!catalogue) return;
    const isFirst = draft.scenario === null;
    linking.drop();
    const first = isFirst && !found ? presetOf(presets, presets[0]?.id, catalogue) : null;
    const opened = found ? experimentIn(found, catalogue) : first && { scenario: first, repairs: [] };
    // An entry of the page's own is the same work at another time; anything else takes the work's place.
    const left = !opened || (!isFirst && link.isOwn()) ? null : keptWork.setAside();
    notify(store, [
      ...notices,
      ...(found?.kind === 'scenario' && found.isPresetChanged ? [{ kind: 'preset-changed' } as const] : []),
      ...(opened && !link.isOwn() ? foreignRules(opened.scenario) : []),
      ...repaired('link', opened?.repairs ?? []),
      ...(left === null ? [] : [{ kind: 'previous', id: left } as const]),
    ]);
    if (!opened) return;
    linking.expect(opened);
    show(changed(store.getState().draft, opened.scenario, false), opened.scenario, catalogue);
    if (found?.kind === 'tournament') enterTournament(found.tournament);
    link.replace(link.hash());
  };
};

export const createOpening = (parts: OpeningParts): Opening => {
  const { store, linking, keptWork } = parts;
  const [show, enterTournament] = [showIn(parts), enterIn(store)];

  /** Opens another experiment. What was there can be had back by undo, and stays in the list of what is kept. */
  const open = (scenario: Scenario, catalogue: CatalogueInfo, notices: readonly Notice[] = []): void => {
    notify(store, notices);
    keptWork.setAside();
    show(changed(store.getState().draft, scenario, false), scenario, catalogue);
  };

  return {
    openForLesson: (scenario, begin) => {
      const { catalogue, notices, draft } = store.getState();
      if (!catalogue) return;
      const left = begin ? keptWork.setAside() : null;
      const kept = notices.filter(({ kind }) => kind === 'previous');
      notify(store, left === null ? kept : [{ kind: 'previous', id: left }]);
      show(changed(draft, scenario, false), scenario, catalogue);
      linking.write(scenario, begin?.isFromAddress === true);
    },
    openKept: (id) =>
      withFormulas(() => {
        const { catalogue } = store.getState();
        const scenario = catalogue && keptWork.get(id, catalogue);
        if (!scenario) {
          notify(store, [{ kind: 'bad-file', code: 'file/unreadable', message: '', faults: [] }]);
          return;
        }
        open(scenario, catalogue);
        keptWork.markEdited();
        linking.write(scenario, false);
      }),
    openPreset: (id) =>
      withFormulas(() => {
        const { catalogue, presets } = store.getState();
        const scenario = catalogue && presetOf(presets, id, catalogue);
        if (!scenario) return;
        open(scenario, catalogue);
        linking.write(scenario, false);
      }),
    openAddress: addressOpener(parts),
    restore: () => {
      const { catalogue, draft } = store.getState();
      const before = catalogue && keptWork.restored(catalogue);
      if (!before) return false;
      show({ ...draft, ...before }, before.scenario, catalogue);
      return true;
    },
    openDocument: (document) => {
      const { catalogue } = store.getState();
      if (!catalogue) return;
      const opened = experimentIn(document, catalogue);
      linking.expect(opened);
      open(opened.scenario, catalogue, foreignRules(opened.scenario));
      if (document.kind === 'tournament') enterTournament(document.tournament);
      linking.write(opened.scenario, false);
    },
    enterTournament,
  };
};
