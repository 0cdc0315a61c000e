import type { WireError } from '../../engine/base/errors.ts';
import type { Tournament } from '../../scenario/tournament/tournament.ts';
import type { TournamentResults } from '../../sim/tournament/export.ts';
import type { TournamentUpdate } from '../../sim/tournament/tournament.ts';

export type TournamentStatus = 'idle' | 'running' | 'paused' | 'stopped' | 'finished' | 'failed';

export interface TournamentSlice {
  /** What the reader has set, or opened; null: the experiment on screen and what goes without saying. */
  readonly own: Tournament | null;
  readonly status: TournamentStatus;
  /** The one that is or was computed, which the form may have left behind. */
  readonly running: Tournament | null;
  readonly update: Omit<TournamentUpdate, 'state'> | null;
  /** What is known so far. */
  readonly results: TournamentResults | null;
  readonly error: WireError | null;
}

export const noTournament: TournamentSlice = {
  own: null,
  status: 'idle',
  running: null,
  update: null,
  results: null,
  error: null,
};
