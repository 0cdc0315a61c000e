import type { StoreApi } from 'zustand/vanilla';
import { toWire } from '../../engine/base/errors.ts';
import type { Scenario } from '../../scenario/format/scenario.ts';
import { parseTournament } from '../../scenario/tournament/parse.ts';
import { type Tournament, writeTournament } from '../../scenario/tournament/tournament.ts';
import type { TournamentState } from '../../sim/tournament/state.ts';
import type { TournamentUpdate } from '../../sim/tournament/tournament.ts';
import type { LabEnvironment } from '../contracts/environment.ts';
import type { LabState } from '../contracts/state.ts';
import type { TournamentSlice } from '../contracts/tournament-slice.ts';
import { createBackground } from '../run/background.ts';
import type { Computing } from './computing.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A tournament as its form changes it: the fields of a file, which the parser reads again. */
export type TournamentEdit = (fields: Fields) => Fields;

export interface Tournaments {
  /** The one that the form shows. */
  readonly shown: (own: Tournament | null, scenario: Scenario | null) => Tournament | null;
  readonly edit: (change: TournamentEdit) => void;
  /** Takes the experiment on screen, and with it everything that goes without saying. */
  readonly reset: () => void;
  /** Puts one that was opened into the form. */
  readonly open: (tournament: Tournament) => void;
  /** Computes what the form shows; where it is the one that was stopped, from there on. */
  readonly start: () => void;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly stop: () => void;
}

/** The table is made anew at most this often while results come in. */
const TABLE_EVERY_MS = 400;

const isSame = (a: Tournament | null, b: Tournament | null): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The reader's own tournament, else the one that the experiment on screen makes with what goes without saying. */
const shownBy =
  (store: StoreApi<LabState>): Tournaments['shown'] =>
  (own, scenario) => {
    const { catalogue, presets } = store.getState();
    if (own || !catalogue || !scenario) return own;
    const fields = { kind: 'tournament', version: 1, scenario };
    return parseTournament(fields, catalogue, presets, 'repair').tournament;
  };

const changedIn = ({ catalogue, presets }: LabState, before: Tournament, change: TournamentEdit): Tournament | null =>
  catalogue && parseTournament(change(writeTournament(before)), catalogue, presets, 'repair').tournament;

/** Runs tournaments in workers of their own, and tells the store at most once a frame. */
export const createTournaments = (store: StoreApi<LabState>, environment: LabEnvironment): Tournaments => {
  const background = createBackground(environment.background);
  let state: TournamentState | undefined;
  /** Counts up with each start: what an earlier one still tells is not heard. */
  let generation = 0;
  let latest: TournamentUpdate | undefined;
  let isPlanned = false;
  let tableAt = Number.NEGATIVE_INFINITY;
  let told: TournamentState | undefined;
  let computing: Computing | undefined;

  const patch = (change: Partial<TournamentSlice>): void =>
    store.setState(({ tournament }) => ({ tournament: { ...tournament, ...change } }));
  const slice = (): TournamentSlice => store.getState().tournament;

  const tabled = (): Partial<TournamentSlice> => {
    const { catalogue, tournament } = store.getState();
    if (!catalogue || !tournament.running || !state || !computing) return {};
    tableAt = environment.now();
    told = state;
    return { results: computing.tableOf(tournament.running, catalogue, state) };
  };

  const commit = (): void => {
    isPlanned = false;
    if (!latest) return;
    const { state: _, ...update } = latest;
    const hasGrown = state !== undefined && state.outcomes !== told?.outcomes;
    const isDue = hasGrown && environment.now() - tableAt >= TABLE_EVERY_MS;
    patch({ update, ...(isDue && tabled()) });
  };

  const shown = shownBy(store);
  const current = (): Tournament | null => shown(slice().own, store.getState().draft.scenario);

  const compute = async (tournament: Tournament, from: TournamentState | undefined): Promise<void> => {
    const { catalogue } = store.getState();
    if (!catalogue) return;
    const own = ++generation;
    state = from;
    told = undefined;
    latest = undefined;
    patch({ status: 'running', running: tournament, error: null, update: null, ...(from ? {} : { results: null }) });
    const options = { tournament, catalogue, run: background.run, now: environment.now, ...(from && { state: from }) };
    let isDone = false;
    try {
      computing ??= await import('./computing.ts');
      if (own !== generation) return;
      for await (const update of computing.runTournament(options)) {
        if (own !== generation) return;
        state = update.state;
        latest = update;
        isDone = update.phase === 'done';
        if (!isPlanned) {
          isPlanned = true;
          environment.frame(commit);
        }
      }
      if (own === generation) patch({ ...tabled(), status: isDone ? 'finished' : 'stopped' });
    } catch (thrown) {
      if (own === generation) patch({ ...tabled(), status: 'failed', error: toWire(thrown) });
    }
  };

  return {
    shown,
    edit: (change) => {
      const before = current();
      const own = before && changedIn(store.getState(), before, change);
      if (own) patch({ own });
    },
    reset: () => patch({ own: null }),
    open: (tournament) => patch({ own: tournament }),
    start: () => {
      const tournament = current();
      const { status, running } = slice();
      if (!tournament || status === 'running' || status === 'paused') return;
      const goesOn = (status === 'stopped' || status === 'failed') && isSame(tournament, running);
      void compute(tournament, goesOn ? state : undefined);
    },
    pause: () => {
      if (slice().status !== 'running') return;
      background.pause();
      patch({ status: 'paused', ...tabled() });
    },
    resume: () => {
      if (slice().status !== 'paused') return;
      background.resume();
      patch({ status: 'running' });
    },
    stop: () => {
      const { status } = slice();
      if (status !== 'running' && status !== 'paused') return;
      generation++;
      background.stop();
      patch({ ...tabled(), status: 'stopped' });
    },
  };
};
