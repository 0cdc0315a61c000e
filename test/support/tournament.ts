import type { Scenario } from '../../src/scenario/format/scenario.ts';
import { parseTournament } from '../../src/scenario/tournament/parse.ts';
import type { Tournament } from '../../src/scenario/tournament/tournament.ts';
import { createCache, modelsOnly } from '../../src/sim/cache.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';
import type { TournamentState } from '../../src/sim/tournament/state.ts';
import { runTournament, type TournamentUpdate } from '../../src/sim/tournament/tournament.ts';
import { SMALL, stream } from './run.ts';

const { seeds: _, ...rest } = SMALL;
/** The small problem without seeds, which a tournament has of its own. */
export const SMALL_SCENARIO = rest;

/** A tournament over the small problem, parsed strictly. */
export const smallTournament = (fields: Readonly<Record<string, unknown>> = {}): Tournament =>
  parseTournament(
    {
      kind: 'tournament',
      version: 1,
      scenario: SMALL_SCENARIO,
      methods: [
        { method: 'ga', steps: 30 },
        { method: 'npo', steps: 30, retain: { kind: 'ce' } },
      ],
      budget: { configurations: 3, sampleVisits: 4000 },
      tuningSeeds: [0, 1],
      reportingSeeds: [4, 5, 6],
      ...fields,
    },
    catalogueInfo,
    [],
    'strict',
  ).tournament;

/** Runs scenarios as the command line does. */
export const runnerOf = () => {
  const cache = modelsOnly(createCache());
  return (scenario: Scenario, metrics: readonly string[]) => stream(scenario, { metrics, cache, pictures: false });
};

/** Every update of a tournament. */
export const updatesOf = async (tournament: Tournament, state?: TournamentState): Promise<TournamentUpdate[]> => {
  const updates: TournamentUpdate[] = [];
  const options = { tournament, catalogue: catalogueInfo, run: runnerOf(), now: () => 0, ...(state && { state }) };
  for await (const update of runTournament(options)) updates.push(update);
  return updates;
};
