import { meanOf } from '../../engine/base/statistics.ts';
import type { MetricValue } from '../../scenario/format/results.ts';
import { metricsOf, type Tournament } from '../../scenario/tournament/tournament.ts';
import { type Outcome, outcomeKey, type Reference, type TournamentState } from './state.ts';

/** A state's parts by what they are looked up by. */
export interface Lookup {
  readonly reference: (seed: number) => Reference | undefined;
  readonly outcome: (entrant: number, configuration: number, seed: number) => Outcome | undefined;
}

export const lookupOf = ({ references, outcomes }: TournamentState): Lookup => {
  const bySeed = new Map(references.map((reference) => [reference.seed, reference]));
  const byKey = new Map(outcomes.map((outcome) => [outcomeKey(outcome), outcome]));
  return {
    reference: (seed) => bySeed.get(seed),
    outcome: (entrant, configuration, seed) => byKey.get(outcomeKey({ entrant, configuration, seed })),
  };
};

const gap = (own: MetricValue | undefined, retrained: MetricValue | undefined): number =>
  typeof own === 'number' && typeof retrained === 'number' ? Math.abs(own - retrained) : Number.NaN;

/**
 * How far an outcome is from the retrained model of its seed: the mean over the selection metrics of the distance
 * between the two values. A metric that the retrained model has no value of does not exist for this seed and counts for
 * no method. NaN where one that exists is undefined for the run, and for a run that diverged or could not run.
 */
export const scoreOf = (
  tournament: Tournament,
  outcome: Outcome | undefined,
  reference: Reference | undefined,
): number => {
  if (!outcome || !reference || outcome.failure !== undefined || outcome.divergedAt !== null) return Number.NaN;
  const ids = metricsOf(tournament);
  const places = tournament.selection
    .map((id) => ids.indexOf(id))
    .filter((i) => typeof reference.retrained[i] === 'number');
  return meanOf(places.map((i) => gap(outcome.values[i], reference.retrained[i])));
};

/** How a configuration did on the tuning seeds. */
export interface Tuned {
  readonly configuration: number;
  /** Mean score over the seeds that have one. */
  readonly score: number;
  /** How many of them have one. */
  readonly counted: number;
  /** Tuning seeds that are there at all. */
  readonly arrived: number;
}

/** Every configuration of a method on the tuning seeds. */
export const tunedOf = (
  tournament: Tournament,
  lookup: Lookup,
  entrant: number,
  configurations: number,
): readonly Tuned[] =>
  Array.from({ length: configurations }, (_, configuration) => {
    const outcomes = tournament.tuningSeeds.map((seed) => lookup.outcome(entrant, configuration, seed));
    const scores = tournament.tuningSeeds
      .map((seed, i) => scoreOf(tournament, outcomes[i], lookup.reference(seed)))
      .filter((score) => !Number.isNaN(score));
    const arrived = outcomes.filter((outcome) => outcome !== undefined).length;
    return { configuration, score: meanOf(scores), counted: scores.length, arrived };
  });

/**
 * The configuration that a method goes on with: of those with a score on the most tuning seeds, the one nearest to the
 * retrained model; the earlier of equals. Undefined where no configuration has a score on any seed.
 */
export const chosenOf = (tuned: readonly Tuned[]): number | undefined => {
  const best = tuned.reduce<Tuned | undefined>((a, b) => {
    if (b.counted === 0) return a;
    if (a === undefined || b.counted > a.counted) return b;
    return b.counted === a.counted && b.score < a.score ? b : a;
  }, undefined);
  return best?.configuration;
};
