import type { Headline } from '../format/catalogue.ts';
import { metricsOfChecksum } from '../format/checksum.ts';
import { compareWith, type ProvenanceMatch, provenanceOf } from '../format/provenance.ts';
import type { MetricValue, Results } from '../format/results.ts';
import { tournamentDefaults } from '../tournament/tournament.ts';
import type { LeaderboardEntry } from './entry.ts';

/** Metrics by which an entry stands: those that choose in a tournament, or the two numbers of the family where it has its own. */
const standingMetrics = (headline: Headline | undefined): readonly string[] =>
  headline ? [headline.forget, headline.keep] : tournamentDefaults.selection;

/** What is to be computed of an entry: what it stands by, and what its checksum reads. */
export const metricsOfEntry = (headline: Headline | undefined): readonly string[] => [
  ...new Set([...standingMetrics(headline), ...metricsOfChecksum(headline)]),
];

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const distance = (own: MetricValue | undefined, retrained: MetricValue | undefined): number =>
  typeof own === 'number' && typeof retrained === 'number' ? Math.abs(own - retrained) : Number.NaN;

/**
 * How far a run ends from the retrained model: over its seeds, the mean of the mean distance between the two models' values of the
 * metrics that an entry stands by. 0 is a match. A metric that the retrained model of a seed has no value of does not count there.
 * Null where the run diverged, could not run, or has no value where the retrained model has one.
 */
export const standingOf = ({ runs, retrained, headline, failures }: Results): number | null => {
  const ids = standingMetrics(headline);
  if (runs.length === 0 || failures) return null;
  const gaps = runs.map(({ seed, metrics, divergedAt }) => {
    const reference = retrained.find((model) => model.seed === seed)?.metrics ?? {};
    const counted = ids.filter((id) => typeof reference[id] === 'number');
    return divergedAt === null ? mean(counted.map((id) => distance(metrics[id]?.at(-1), reference[id]))) : Number.NaN;
  });
  const gap = mean(gaps);
  return Number.isFinite(gap) ? Math.round(gap * 1e4) / 1e4 : null;
};

/** An entry's claim against what was computed of it. */
export interface EntryCheck extends ProvenanceMatch {
  /** What was found; null without a standing. */
  readonly gap: number | null;
}

/** Whether an entry is what it claims: the checksum and the gap, to four decimals. `results` are those of its scenario. */
export const checkEntry = (claim: NonNullable<LeaderboardEntry['claim']>, results: Results): EntryCheck => {
  const gap = standingOf(results);
  const match = compareWith(claim, provenanceOf(results), false);
  return { ...match, isSame: match.isSame && gap === claim.gap, gap };
};

/** Entries on one problem, the nearest to the retrained model first; without a claim last. */
export const inOrder = (entries: readonly LeaderboardEntry[]): readonly LeaderboardEntry[] =>
  [...entries].sort(
    (a, b) =>
      (a.claim?.gap ?? Number.POSITIVE_INFINITY) - (b.claim?.gap ?? Number.POSITIVE_INFINITY) || (a.id < b.id ? -1 : 1),
  );

/** The place of an entry among those on its problem, from 1; equal gaps share one. Null without a claim. */
export const rankOf = (entry: LeaderboardEntry, entries: readonly LeaderboardEntry[]): number | null => {
  const { claim, problem } = entry;
  if (!claim) return null;
  return 1 + entries.filter((other) => other.problem === problem && other.claim && other.claim.gap < claim.gap).length;
};
