import type { StoreApi } from 'zustand/vanilla';
import { SimError, toWire } from '../../engine/base/errors.ts';
import { readScenarioFile, readTournamentFile, type ScenarioFile } from '../../scenario/files/read-file.ts';
import { readWeightsFile, seedsGiven, withWeights } from '../../scenario/files/weights-file.ts';
import type { CatalogueInfo } from '../../scenario/format/catalogue.ts';
import type { Scenario } from '../../scenario/format/scenario.ts';
import { lessonInLink } from '../../scenario/lesson/link.ts';
import { type DecodedLink, decodeLink } from '../../scenario/links/link.ts';
import { scenarioFromQuery } from '../../scenario/links/query.ts';
import type { Repair } from '../../scenario/read/check.ts';
import { parseScenario } from '../../scenario/read/parse.ts';
import { decodeTournament } from '../../scenario/tournament/link.ts';
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
  readonly openFile: (content: string) => void;
  /** Opens the experiment of a lesson's page. At the beginning of a lesson the reader's own work is put aside. */
  readonly openForLesson: (scenario: Scenario, begin: Beginning | null) => void;
  /** Opens an experiment that was kept on this device. */
  readonly openKept: (id: string) => void;
}

/** Changes settle for this long before they are computed. */
const SETTLE_MS = 250;
/** Edits of one gesture that come closer together than this count as one. */
const GESTURE_MS = 1200;

/** What an address says; without a scenario where there is nothing to open. */
type Addressed = Omit<DecodedLink, 'scenario'> & {
  readonly scenario: Scenario | null;
  /** The scenario is what this one is about. */
  readonly tournament?: Tournament;
};

/** Notices that are not about the last change and outlive it. */
const LASTING: ReadonlySet<Notice['kind']> = new Set(['unkept', 'update', 'worker']);

/** Everything that changes the scenario: edits, undo, presets, links, files. */
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
  const enter = (tournament: Tournament | undefined): void => {
    if (!tournament) return;
    store.setState((state) => ({
      tournament: { ...state.tournament, own: tournament },
      view: { ...state.view, room: 'measure' },
    }));
  };

  /** What the address says, or the first preset. @throws {SimError} for a link that cannot be read */
  const addressed = (catalogue: CatalogueInfo): Addressed => {
    const { link, presets } = environment;
    // A lesson in the address opens its experiment itself.
    if (lessonInLink(link.hash())) {
      const isFirst = store.getState().draft.scenario === null;
      return { scenario: isFirst ? presetOf(presets[0]?.id, catalogue) : null, repairs: [] };
    }
    if (link.hash() !== '') {
      const opened = decodeTournament(link.hash(), catalogue, presets);
      return opened
        ? { ...opened, scenario: aboutOf(opened.tournament, catalogue) }
        : decodeLink(link.hash(), catalogue);
    }
    const asked = scenarioFromQuery(link.search(), presets, catalogue);
    return asked ?? { scenario: presetOf(presets[0]?.id, catalogue), repairs: [] };
  };

  /** Opens what the address says. The address itself is never changed by that. */
  const openAddress = (catalogue: CatalogueInfo): void => {
    const { link, presets } = environment;
    const isFirst = store.getState().draft.scenario === null;
    linking.drop();
    const fresh: Notice[] = [];
    let found: Addressed;
    try {
      found = addressed(catalogue);
    } catch (thrown) {
      fresh.push({ kind: 'bad-link', message: toWire(thrown).message });
      found = { scenario: isFirst ? presetOf(presets[0]?.id, catalogue) : null, repairs: [] };
    }
    const { scenario, repairs } = found;
    fresh.push(...repaired('link', repairs));
    // An entry of the page's own is the same work at another time; anything else takes the work's place.
    const left = !scenario || (!isFirst && link.isOwn()) ? null : keptWork.setAside();
    if (left !== null) fresh.push({ kind: 'previous', id: left });
    notify(fresh);
    if (!scenario) return;
    linking.expect({ ...found, scenario });
    show(changed(store.getState().draft, scenario, false), scenario, catalogue);
    enter(found.tournament);
    link.replace(link.hash());
  };

  /** Opens the page: as the reader left it before a reload, else what the address says. */
  const openPage = (catalogue: CatalogueInfo): void => {
    const before = keptWork.restored(catalogue);
    if (!before) {
      openAddress(catalogue);
      return;
    }
    show({ ...store.getState().draft, ...before }, before.scenario, catalogue);
    try {
      enter(addressed(catalogue).tournament);
    } catch {
      // The work that is kept does not need the address.
    }
  };

  const travel = (draft: DraftSlice): void => {
    if (draft === store.getState().draft || !draft.scenario) return;
    gesture = null;
    set(draft);
    linking.write(draft.scenario, false);
    settle(SETTLE_MS);
  };

  store.subscribe((state, before) => {
    if (state.catalogue && !before.catalogue) openPage(state.catalogue);
  });
  environment.link.listen(() => {
    const { catalogue } = store.getState();
    if (catalogue) openAddress(catalogue);
  });

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
    openFile: (content) => {
      const { catalogue, draft } = store.getState();
      if (!catalogue) return;
      let opened: ScenarioFile;
      let tournament: Tournament | undefined;
      try {
        const weights = readWeightsFile(content);
        if (weights && draft.scenario) {
          const next = withWeights(draft.scenario, weights.spec, catalogue);
          notify([{ kind: 'weights', of: weights.of, step: weights.step, seeds: seedsGiven(next) }]);
          adopt(next, false);
          return;
        }
        tournament = readTournamentFile(content, catalogue, environment.presets);
        opened = tournament ? { scenario: aboutOf(tournament, catalogue) } : readScenarioFile(content, catalogue);
      } catch (thrown) {
        if (!(thrown instanceof SimError)) throw thrown;
        notify([{ kind: 'bad-file', faults: thrown.faults }]);
        return;
      }
      const { scenario } = opened;
      linking.expect({ ...opened, repairs: [] });
      notify([]);
      open(scenario, catalogue);
      enter(tournament);
      linking.write(scenario, false);
    },
  };
};
