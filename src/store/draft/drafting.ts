import type { StoreApi } from 'zustand/vanilla';
import { SimError } from '../../engine/base/errors.ts';
import { seedsGiven, withWeights } from '../../scenario/files/weights-file.ts';
import type { CatalogueInfo } from '../../scenario/format/catalogue.ts';
import type { Scenario } from '../../scenario/format/scenario.ts';
import type { DecodedLink } from '../../scenario/links/link.ts';
import type { Repair } from '../../scenario/read/check.ts';
import type { Documents } from '../../scenario/read/document-kind.ts';
import { parseScenario } from '../../scenario/read/parse.ts';
import { experimentOf, type Tournament } from '../../scenario/tournament/tournament.ts';
import type { Clock } from '../clock/clock.ts';
import type { LabEnvironment } from '../contracts/environment.ts';
import type { Beginning } from '../contracts/lesson-slice.ts';
import type { DraftSlice, LabState, Notice } from '../contracts/state.ts';
import type { Runner } from '../run/runner.ts';
import type { Edit } from './edits.ts';
import { changed, computesTheSame, redone, undone } from './history.ts';
import type { KeptWork } from './kept-work.ts';
import type { Linking } from './linking.ts';

export interface Drafting {
  readonly edit: (change: Edit, gesture?: string) => void;
  readonly undo: () => void;
  readonly redo: () => void;
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
  /** Puts weights in the place of training. They are refused where they do not fit the network. */
  readonly takeWeights: (weights: Documents['weights']) => void;
  /** Says what there is to say of what was opened, in place of what was said before. */
  readonly notify: (notices: readonly Notice[]) => void;
  /** Shows a tournament in its form, beside the experiment that is open. */
  readonly enterTournament: (tournament: Tournament) => void;
  /** Opens the experiment of a lesson's page. At the beginning of a lesson the reader's own work is put aside. */
  readonly openForLesson: (scenario: Scenario, begin: Beginning | null) => void;
  /** Opens an experiment that was kept on this device. */
  readonly openKept: (id: string) => void;
}

/** Changes settle for this long before they are computed. */
const SETTLE_MS = 250;
/** Edits of one gesture that come closer together than this count as one. */
const GESTURE_MS = 1200;

/** What has an experiment in it, or is about one. */
export type Experiment = Documents['scenario' | 'results' | 'tournament'];

/** Notices that are not about the last change and outlive it. */
const LASTING: ReadonlySet<Notice['kind']> = new Set(['unkept', 'update', 'worker']);

/** Everything that changes the scenario: edits, undo, presets, what a link or a file holds. */
export const createDrafting = (
  store: StoreApi<LabState>,
  environment: LabEnvironment,
  runner: Runner,
  linking: Linking,
  clock: Clock,
  keptWork: KeptWork,
): Drafting => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let gesture: { readonly name: string; readonly ms: number } | null = null;

  const notify = (fresh: readonly Notice[]): void =>
    store.setState(({ notices }) => ({ notices: [...notices.filter(({ kind }) => LASTING.has(kind)), ...fresh] }));
  const repaired = (source: 'link' | 'edit', repairs: readonly Repair[]): readonly Notice[] =>
    repairs.length === 0 ? [] : [{ kind: 'repairs', source, repairs }];

  /** Runs the draft soon, unless it is what is on screen already. */
  const settle = (delayMs: number): void => {
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

  const set = (draft: DraftSlice): void => store.setState({ draft });

  const presetOf = (id: string | undefined, catalogue: CatalogueInfo): Scenario | null => {
    const preset = environment.presets.find((one) => one.id === id);
    return preset ? parseScenario(preset.input, catalogue, 'repair').scenario : null;
  };

  /** Goes on with a changed experiment. */
  const adopt = (scenario: Scenario, isSameGesture: boolean): void => {
    keptWork.markEdited();
    set(changed(store.getState().draft, scenario, isSameGesture));
    linking.write(scenario, isSameGesture);
    settle(SETTLE_MS);
  };

  /** Opens another experiment. What was there can be had back by undo, and stays in the list of what is kept. */
  const open = (scenario: Scenario, catalogue: CatalogueInfo): void => {
    keptWork.setAside();
    show(changed(store.getState().draft, scenario, false), scenario, catalogue);
  };

  const show = (draft: DraftSlice, scenario: Scenario, catalogue: CatalogueInfo): void => {
    gesture = null;
    set({ ...draft, base: presetOf(scenario.id, catalogue) });
    clock.setOpeningStep(scenario.view.step);
    settle(0);
  };

  /** The experiment that a tournament is about, within what one may be. */
  const aboutOf = (tournament: Tournament, catalogue: CatalogueInfo): Scenario =>
    parseScenario(experimentOf(tournament), catalogue, 'repair').scenario;

  /** Puts a tournament into its form, and the reader before it. */
  const enterTournament = (tournament: Tournament): void =>
    store.setState((state) => ({
      tournament: { ...state.tournament, own: tournament },
      view: { ...state.view, room: 'measure' },
    }));

  /** The experiment of a document, and what is to be seen of it. */
  const experimentIn = (document: Experiment, catalogue: CatalogueInfo): DecodedLink =>
    document.kind === 'tournament'
      ? { scenario: aboutOf(document.tournament, catalogue), repairs: document.repairs }
      : document;

  const openAddress = (found: Experiment | null, notices: readonly Notice[]): void => {
    const { link, presets } = environment;
    const { catalogue, draft } = store.getState();
    if (!catalogue) return;
    const isFirst = draft.scenario === null;
    linking.drop();
    const first = isFirst && !found ? presetOf(presets[0]?.id, catalogue) : null;
    const opened = found ? experimentIn(found, catalogue) : first && { scenario: first, repairs: [] };
    // An entry of the page's own is the same work at another time; anything else takes the work's place.
    const left = !opened || (!isFirst && link.isOwn()) ? null : keptWork.setAside();
    notify([
      ...notices,
      ...repaired('link', opened?.repairs ?? []),
      ...(left === null ? [] : [{ kind: 'previous', id: left } as const]),
    ]);
    if (!opened) return;
    linking.expect(opened);
    show(changed(store.getState().draft, opened.scenario, false), opened.scenario, catalogue);
    if (found?.kind === 'tournament') enterTournament(found.tournament);
    link.replace(link.hash());
  };

  const travel = (draft: DraftSlice): void => {
    if (draft === store.getState().draft || !draft.scenario) return;
    gesture = null;
    set(draft);
    linking.write(draft.scenario, false);
    settle(SETTLE_MS);
  };

  return {
    openForLesson: (scenario, begin) => {
      const { catalogue, notices, draft } = store.getState();
      if (!catalogue) return;
      const left = begin ? keptWork.setAside() : null;
      notify(left === null ? notices.filter(({ kind }) => kind === 'previous') : [{ kind: 'previous', id: left }]);
      show(changed(draft, scenario, false), scenario, catalogue);
      linking.write(scenario, begin?.isFromAddress === true);
    },
    openKept: (id) => {
      const { catalogue } = store.getState();
      const scenario = catalogue && keptWork.get(id, catalogue);
      if (!scenario) {
        notify([{ kind: 'bad-file', faults: [] }]);
        return;
      }
      notify([]);
      open(scenario, catalogue);
      keptWork.markEdited();
      linking.write(scenario, false);
    },
    edit: (change, name = '') => {
      const { draft, catalogue, notices } = store.getState();
      if (!draft.scenario || !catalogue) return;
      const { scenario, repairs } = parseScenario(change(draft.scenario), catalogue, 'repair');
      const isSameAsBefore = JSON.stringify(scenario) === JSON.stringify(draft.scenario);
      if (isSameAsBefore && repairs.length === 0) return;
      const ms = environment.now();
      const isSame = name !== '' && gesture?.name === name && ms - gesture.ms < GESTURE_MS;
      gesture = { name, ms };
      notify([...notices.filter(({ kind }) => kind === 'bad-link'), ...repaired('edit', repairs)]);
      if (!isSameAsBefore) adopt(scenario, isSame);
    },
    undo: () => travel(undone(store.getState().draft)),
    redo: () => travel(redone(store.getState().draft)),
    openPreset: (id) => {
      const { catalogue } = store.getState();
      const scenario = catalogue && presetOf(id, catalogue);
      if (!scenario) return;
      notify([]);
      open(scenario, catalogue);
      linking.write(scenario, false);
    },
    openAddress,
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
      notify([]);
      open(opened.scenario, catalogue);
      if (document.kind === 'tournament') enterTournament(document.tournament);
      linking.write(opened.scenario, false);
    },
    takeWeights: ({ weights, of, step }) => {
      const { catalogue, draft } = store.getState();
      if (!catalogue || !draft.scenario) return;
      let next: Scenario;
      try {
        next = withWeights(draft.scenario, weights, catalogue);
      } catch (thrown) {
        if (!(thrown instanceof SimError)) throw thrown;
        notify([{ kind: 'bad-file', faults: thrown.faults }]);
        return;
      }
      notify([{ kind: 'weights', of, step, seeds: seedsGiven(next) }]);
      adopt(next, false);
    },
    notify,
    enterTournament,
  };
};
