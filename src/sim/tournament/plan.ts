import { type CatalogueInfo, withRules } from '../../scenario/format/catalogue.ts';
import { caps } from '../../scenario/format/defaults.ts';
import { rowsPerStep } from '../../scenario/format/rows-per-step.ts';
import type { RunSpec, Scenario } from '../../scenario/format/scenario.ts';
import { runSettings } from '../../scenario/format/settings.ts';
import { settingsAt, stepsOf } from '../../scenario/format/variants.ts';
import { forgetPasses, isActive, wrappersOf } from '../../scenario/format/wrappers.ts';
import { type Configuration, drawConfigurations } from '../../scenario/tournament/search-space.ts';
import { type Tournament, withDraws } from '../../scenario/tournament/tournament.ts';
import { chosenOf, type Lookup, lookupOf, tunedOf } from './selection.ts';
import { rateKey, type TournamentState } from './state.ts';

/** Lanes that are computed together at most: enough to fill the kernels, few enough to hear of results soon. */
const MOST_LANES = 64;

export type JobPhase = 'references' | 'tuning' | 'reporting';

/** Something to compute next: an ordinary scenario, whose runs are configurations. */
export interface TournamentJob {
  readonly phase: JobPhase;
  /** Undefined while the reference models are trained. */
  readonly entrant: number | undefined;
  /** The configuration of each of the scenario's runs. */
  readonly configurations: readonly number[];
  readonly scenario: Scenario;
}

/** What of a tournament does not change while it goes on. */
export interface TournamentPlan {
  /** Of each method. */
  readonly configurations: readonly (readonly Configuration[])[];
  /** Lanes of all jobs together, as far as can be said before the choice: every method will report. */
  readonly lanes: number;
  /** What is to be done next; undefined when nothing is left. */
  readonly next: (state: TournamentState) => TournamentJob | undefined;
  /** The run of a configuration, with the steps that the budget allows. */
  readonly run: (entrant: number, configuration: number, state: TournamentState) => RunSpec;
}

/** Rows that a step visits, as well as can be said before it is made. */
const estimatedRows = (
  run: RunSpec,
  { references }: TournamentState,
  needs: readonly string[],
  { wrappers }: Pick<CatalogueInfo, 'wrappers'>,
): number =>
  Math.max(
    1,
    ...references.map(({ sizes }) => {
      const rows = rowsPerStep(run, sizes, needs as never);
      const onForget = rowsPerStep({ ...run, retain: { ...run.retain, kind: 'none' } }, sizes, ['forget']);
      return rows + (forgetPasses(wrappersOf(run, wrappers).filter(isActive)) - 1) * onForget;
    }),
  );

/** Lays a tournament out. Pure: the same state gives the same next job. */
export const planOf = (tournament: Tournament, offered: CatalogueInfo): TournamentPlan => {
  const catalogue = withRules(offered, tournament.scenario.own);
  const { methods, budget, tuningSeeds, reportingSeeds, searchSeed } = tournament;
  const base = withDraws(tournament.scenario, tournament.redraw);
  const infoOf = (entrant: number) => catalogue.methods.find(({ id }) => id === methods[entrant]?.run.method);
  const configurations = methods.map((entrant, i) =>
    drawConfigurations(entrant, budget.configurations, searchSeed, runSettings(infoOf(i), catalogue)),
  );

  const run = (entrant: number, configuration: number, state: TournamentState): RunSpec => {
    const info = infoOf(entrant);
    const drawn = settingsAt(methods[entrant]?.run as RunSpec, configurations[entrant]?.[configuration] ?? {});
    const rate =
      state.rates[rateKey(entrant, configuration)] ?? estimatedRows(drawn, state, info?.needs ?? [], catalogue);
    const requests = base.requests?.length ?? 1;
    const most = Math.max(1, Math.floor(budget.sampleVisits / (rate * requests)));
    return info?.schedule === 'one-shot' ? drawn : { ...drawn, steps: Math.min(drawn.steps, most) };
  };

  const scenarioOf = (runs: readonly RunSpec[], seeds: readonly number[]): Scenario => ({
    ...base,
    runs,
    seeds,
    // Only how it begins and how it ends.
    evaluate: { every: caps.steps },
  });

  const jobOf = (
    phase: JobPhase,
    entrant: number,
    chosen: readonly number[],
    seeds: readonly number[],
    state: TournamentState,
  ): TournamentJob => {
    const some = chosen.slice(0, Math.max(1, Math.floor(MOST_LANES / seeds.length)));
    const runs = some.map((configuration) => ({ ...run(entrant, configuration, state), name: `${configuration}` }));
    return { phase, entrant, configurations: some, scenario: scenarioOf(runs, seeds) };
  };

  /** Configurations of a method that lack a seed, and the seeds that they lack. */
  const missing = (lookup: Lookup, entrant: number, some: readonly number[], seeds: readonly number[]) => {
    const lacks = (configuration: number, seed: number) => lookup.outcome(entrant, configuration, seed) === undefined;
    const open = some.filter((configuration) => seeds.some((seed) => lacks(configuration, seed)));
    const [first] = open;
    if (first === undefined) return undefined;
    const own = seeds.filter((seed) => lacks(first, seed));
    return { seeds: own, open: open.filter((c) => seeds.every((seed) => own.includes(seed) === lacks(c, seed))) };
  };

  const next = (state: TournamentState): TournamentJob | undefined => {
    const lookup = lookupOf(state);
    const unknown = tuningSeeds.filter((seed) => lookup.reference(seed) === undefined);
    if (unknown.length > 0) {
      return { phase: 'references', entrant: undefined, configurations: [], scenario: scenarioOf([], unknown) };
    }
    for (let entrant = 0; entrant < methods.length; entrant++) {
      const all = (configurations[entrant] as readonly Configuration[]).map((_, i) => i);
      const untuned = missing(lookup, entrant, all, tuningSeeds);
      if (untuned) return jobOf('tuning', entrant, untuned.open, untuned.seeds, state);
      const chosen = chosenOf(tunedOf(tournament, lookup, entrant, all.length));
      const unreported = chosen === undefined ? undefined : missing(lookup, entrant, [chosen], reportingSeeds);
      if (unreported) return jobOf('reporting', entrant, unreported.open, unreported.seeds, state);
    }
    return undefined;
  };

  const tuning = configurations.reduce((sum, list) => sum + list.length, 0) * tuningSeeds.length;
  return { configurations, lanes: tuning + methods.length * reportingSeeds.length, next, run };
};

/** Steps that a configuration's outcome is told to have had. */
export const plannedSteps = (run: RunSpec, catalogue: CatalogueInfo): number =>
  stepsOf(
    run,
    catalogue.methods.find(({ id }) => id === run.method),
  );
