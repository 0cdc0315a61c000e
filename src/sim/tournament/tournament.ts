import { SimError, type WireError } from '../../engine/base/errors.ts';
import type { CatalogueInfo } from '../../scenario/format/catalogue.ts';
import type { MetricValue } from '../../scenario/format/results.ts';
import type { RunSpec, Scenario } from '../../scenario/format/scenario.ts';
import { metricsOf, type Tournament } from '../../scenario/tournament/tournament.ts';
import type { RunEvent } from '../events.ts';
import { type JobPhase, plannedSteps, planOf, type TournamentJob, type TournamentPlan } from './plan.ts';
import { emptyState, type Outcome, outcomeKey, rateKey, type TournamentState } from './state.ts';

/** Runs one scenario and tells of these metrics only. Pulling drives it, and `return()` ends it within a step. */
export type RunScenario = (scenario: Scenario, metrics: readonly string[]) => AsyncIterable<RunEvent>;

export interface TournamentOptions {
  readonly tournament: Tournament;
  readonly catalogue: CatalogueInfo;
  readonly run: RunScenario;
  /** A clock in ms, for the time that the results report. */
  readonly now: () => number;
  /** Where it was left; from the start if absent. */
  readonly state?: TournamentState;
}

/** What is known by now. `state` grows with each outcome; between two of them only the progress does. */
export interface TournamentUpdate {
  readonly state: TournamentState;
  readonly phase: JobPhase | 'done';
  /** The method that is being computed. */
  readonly entrant: number | undefined;
  /** Runs that have ended, and all that there will be. */
  readonly done: number;
  readonly total: number;
  /** How far the runs that are under way have come, a fraction of 1. */
  readonly share: number;
}

const orNull = (value: number | undefined): MetricValue =>
  value !== undefined && Number.isFinite(value) ? value : null;

/** Collects the events of one job into outcomes. */
const createTaker = (
  job: TournamentJob,
  { tournament, catalogue }: Pick<TournamentOptions, 'tournament' | 'catalogue'>,
  begin: TournamentState,
) => {
  const ids = metricsOf(tournament);
  const requests = job.scenario.requests?.length ?? 1;
  const last = new Map<string, readonly MetricValue[]>();
  const diverged = new Map<string, number>();
  const models = {
    original: new Map<number, readonly MetricValue[]>(),
    retrained: new Map<number, readonly MetricValue[]>(),
  };
  const known = new Set(begin.references.map(({ seed }) => seed));
  const sizes = new Map<number, { readonly forget: number; readonly retain: number }>();
  let order: readonly number[] = [];
  let state = begin;
  let share = 0;

  const pick = (values: Float64Array): readonly MetricValue[] => order.map((at) => orNull(values[at]));

  const addReference = (seed: number): void => {
    const [original, retrained, own] = [models.original.get(seed), models.retrained.get(seed), sizes.get(seed)];
    if (known.has(seed) || !original || !retrained || !own) return;
    known.add(seed);
    state = { ...state, references: [...state.references, { seed, sizes: own, original, retrained }] };
  };

  const add = (
    variant: number,
    seed: number,
    own: Pick<Outcome, 'values' | 'divergedAt' | 'sampleVisits' | 'failure'>,
  ) => {
    const configuration = job.configurations[variant] as number;
    const run = job.scenario.runs[variant] as RunSpec;
    const steps = plannedSteps(run, catalogue);
    const entrant = job.entrant as number;
    const most = tournament.budget.sampleVisits;
    const isOver = own.sampleVisits > most;
    if (isOver && run.steps > 1 && own.divergedAt === null && steps > 1) {
      // It visits more than the estimate: it is made again with the steps that it can afford.
      const rate = own.sampleVisits / (steps * requests);
      const key = rateKey(entrant, configuration);
      state = { ...state, rates: { ...state.rates, [key]: Math.max(rate, state.rates[key] ?? 0) } };
      return;
    }
    const outcome: Outcome = {
      entrant,
      configuration,
      seed,
      steps,
      ...own,
      ...(isOver && { failure: `visits ${own.sampleVisits} samples, the budget is ${most}` }),
    };
    state = { ...state, outcomes: [...state.outcomes, outcome] };
  };

  /** Takes an event; whether the state has grown by it. */
  const take = (event: RunEvent): boolean => {
    const before = state;
    switch (event.type) {
      case 'started':
        order = ids.map((id) => event.metricIds.indexOf(id));
        state = { ...state, engine: { backend: event.backend, version: event.engineVersion } };
        return false;
      case 'data':
        for (const seed of event.seeds) {
          sizes.set(seed, { forget: event.forget.length, retain: event.examples - event.forget.length });
        }
        break;
      case 'metrics':
        if (typeof event.model === 'number') {
          last.set(`${event.model}/${event.seed}`, pick(event.values));
        } else {
          models[event.model].set(event.seed, pick(event.values));
          addReference(event.seed);
        }
        break;
      case 'diverged':
        diverged.set(`${event.variant}/${event.seed}`, event.step);
        break;
      case 'lane': {
        const key = `${event.variant}/${event.seed}`;
        const values = last.get(key) ?? ids.map(() => null);
        const { sampleVisits } = event;
        add(event.variant, event.seed, { values, divergedAt: diverged.get(key) ?? null, sampleVisits });
        break;
      }
      case 'variantFailed': {
        const there = new Set(state.outcomes.map(outcomeKey));
        const { entrant, configurations } = job;
        const configuration = configurations[event.variant] as number;
        for (const seed of job.scenario.seeds) {
          if (there.has(outcomeKey({ entrant: entrant as number, configuration, seed }))) continue;
          const nothing = { values: ids.map(() => null), divergedAt: null, sampleVisits: 0 };
          add(event.variant, seed, { ...nothing, failure: event.error.message });
        }
        break;
      }
      case 'progress':
        share = event.total > 0 ? Math.min(1, event.done / event.total) : 0;
        break;
      default:
        break;
    }
    return state !== before;
  };
  return { take, state: () => state, share: () => share };
};

const failure = (error: WireError): SimError => new SimError(error.code, error.message, error.faults);

/**
 * Computes a tournament and tells how it stands whenever something new is known. Pulling drives it: not pulling is a
 * pause, and `return()` ends it within one step. The last state that it told is where it can be taken up again; runs
 * that had not ended by then are made again.
 *
 * @throws {SimError} for a scenario that cannot be computed
 */
export async function* runTournament(options: TournamentOptions): AsyncGenerator<TournamentUpdate, void, void> {
  const { tournament, catalogue, run, now } = options;
  const plan: TournamentPlan = planOf(tournament, catalogue);
  const metrics = metricsOf(tournament);
  let state = options.state ?? emptyState;
  for (let job = plan.next(state); job; job = plan.next(state)) {
    const begin = now();
    const start = state;
    const before = state.milliseconds;
    const { phase, entrant } = job;
    const taker = createTaker(job, options, state);
    const update = (): TournamentUpdate => {
      state = { ...taker.state(), milliseconds: before + now() - begin };
      return { state, phase, entrant, done: state.outcomes.length, total: plan.lanes, share: taker.share() };
    };
    yield update();
    for await (const event of run(job.scenario, metrics)) {
      if (event.type === 'failed') throw failure(event.error);
      if (event.type === 'cancelled') return;
      if (taker.take(event) || event.type === 'progress') yield update();
    }
    const after = update();
    const hasGrown = (['outcomes', 'references', 'rates'] as const).some((part) => after.state[part] !== start[part]);
    if (!hasGrown) throw new Error('a job of the tournament has come to nothing');
    yield after;
  }
  yield {
    state,
    phase: 'done',
    entrant: undefined,
    done: state.outcomes.length,
    total: state.outcomes.length,
    share: 1,
  };
}
