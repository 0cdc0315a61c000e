import type { CatalogueInfo } from '../../scenario/format/catalogue.ts';
import type { Tournament } from '../../scenario/tournament/tournament.ts';
import { resultsOf } from '../../sim/tournament/export.ts';
import { planOf } from '../../sim/tournament/plan.ts';
import type { TournamentState } from '../../sim/tournament/state.ts';

export { runTournament } from '../../sim/tournament/tournament.ts';

/** What computes tournaments and ranks what they come to. It is fetched when the first one starts. */
export type Computing = typeof import('./computing.ts');

/** The table of a tournament as far as it has come. */
export const tableOf = (tournament: Tournament, catalogue: CatalogueInfo, state: TournamentState) =>
  resultsOf(tournament, planOf(tournament, catalogue), state);
