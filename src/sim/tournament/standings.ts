import { foldIn, type Key, keyOf } from '../../engine/base/random.ts';
import type { ParamValue } from '../../engine/base/schema.ts';
import { bootstrapInterval, type Interval, meanOf, resample } from '../../engine/base/statistics.ts';
import type { MetricValue } from '../../scenario/format/results.ts';
import { metricsOf, type Tournament } from '../../scenario/tournament/tournament.ts';
import type { TournamentPlan } from './plan.ts';
import { chosenOf, type Lookup, lookupOf, scoreOf, tunedOf } from './selection.ts';
import type { Outcome, TournamentState } from './state.ts';
import { holm, pairedT, signFlip, smallestSignFlip } from './statistics.ts';

/** What keeps an outcome out of the averages. */
export interface LeftOut {
  readonly diverged: number;
  /** A selection metric does not exist: one class is left, a split is empty. */
  readonly undefined: number;
  /** Could not run, or went over the budget. */
  readonly failed: number;
}

/** An interval, and over how many of the reporting seeds. */
export interface Estimate extends Interval {
  readonly n: number;
}

/** A method against another one, seed by seed: own score minus the other's, so that below 0 is nearer to the retrained model. */
export interface PairedComparison extends Interval {
  /** Index into the tournament's methods. */
  readonly other: number;
  readonly p: number;
  /** After Holm's correction for all comparisons with the same other. */
  readonly adjusted: number;
  readonly isDifferent: boolean;
}

/**
 * `best`: the lowest mean. `tie`: not told apart from it. `worse`: told apart. `incomplete`: some reporting seeds have no
 * score, and an average over the others would favor it. `open`: not there yet.
 */
export type Verdict = 'best' | 'tie' | 'worse' | 'incomplete' | 'open';

export interface Standing {
  /** Index into the tournament's methods. */
  readonly entrant: number;
  readonly name: string;
  readonly method: string;
  readonly isBaseline: boolean;
  /** 1 for the best and all that tie with it; null without a verdict. */
  readonly rank: number | null;
  readonly verdict: Verdict;
  /** How many configurations it tried, and how many runs of them do not count. */
  readonly configurations: number;
  readonly tuningLeftOut: LeftOut;
  /** What it reports with, and its mean score on the tuning seeds. */
  readonly chosen: {
    readonly configuration: number;
    readonly settings: Readonly<Record<string, ParamValue>>;
    readonly steps: number;
    readonly tuningScore: number;
  } | null;
  /** Mean distance from the retrained model; null without any score. */
  readonly score: Estimate | null;
  readonly leftOut: LeftOut;
  /** By metric; null where it has no value on any seed. */
  readonly metrics: Readonly<Record<string, Estimate | null>>;
  /** Mean sample visits of a reporting run. */
  readonly sampleVisits: number | null;
  /** Score by reporting seed; null where it has none. */
  readonly bySeed: readonly MetricValue[];
  /** Against the best; null for itself and without a verdict. */
  readonly againstBest: PairedComparison | null;
  /** Against the best of the baselines; null for a baseline and without a verdict. */
  readonly againstBaseline: PairedComparison | null;
  /** Nearer to the retrained model than the best baseline, and told apart from it. */
  readonly beatsBaselines: boolean;
}

export interface Standings {
  /** The best first; those without a verdict last. */
  readonly rows: readonly Standing[];
  /** The retrained models' own values on the reporting seeds, by metric. */
  readonly retrained: Readonly<Record<string, Estimate | null>>;
  readonly isComplete: boolean;
  /** What a reader has to know before believing the table. */
  readonly notes: readonly Note[];
}

/** In words in the page's and the exports' catalogues. */
export type Note =
  | { readonly kind: 'few-seeds'; readonly seeds: number }
  | { readonly kind: 'sign-flip-too-few'; readonly seeds: number; readonly smallest: number; readonly level: number }
  | { readonly kind: 'shared-data' }
  | { readonly kind: 'no-metric'; readonly metrics: readonly string[] }
  | { readonly kind: 'unequal-tuning'; readonly names: readonly string[]; readonly configurations: number };

const leftOutOf = (outcomes: readonly Outcome[], scores: readonly number[]): LeftOut => {
  const count = (isOne: (outcome: Outcome) => boolean): number => outcomes.filter(isOne).length;
  const failed = count(({ failure }) => failure !== undefined);
  const diverged = count(({ failure, divergedAt }) => failure === undefined && divergedAt !== null);
  const scored = scores.filter((score) => !Number.isNaN(score)).length;
  return { failed, diverged, undefined: Math.max(0, outcomes.length - scored - failed - diverged) };
};

const orNull = (value: number): MetricValue => (Number.isNaN(value) ? null : value);

/** How intervals and estimates are made: the same draws of seeds for every method, so that its intervals are paired. */
interface Estimates {
  readonly key: Key;
  readonly intervalOf: (values: readonly number[]) => Interval;
  readonly estimateOf: (values: readonly (MetricValue | undefined)[]) => Estimate | null;
  /** Of every metric, over the reporting seeds. */
  readonly byMetric: (of: (seed: number) => readonly MetricValue[] | undefined) => Standing['metrics'];
}

const estimatesFor = (tournament: Tournament): Estimates => {
  const { reportingSeeds, confidence, resamples, searchSeed } = tournament;
  const ids = metricsOf(tournament);
  const key = foldIn(keyOf(searchSeed), 'tournament');
  // One set of draws for each number of seeds.
  const drawn = new Map<number, ReturnType<typeof resample>>();
  const drawsOf = (n: number) => {
    const draws = drawn.get(n) ?? resample(n, resamples, foldIn(key, 'bootstrap', n));
    drawn.set(n, draws);
    return draws;
  };
  const intervalOf = (values: readonly number[]): Interval =>
    bootstrapInterval(values, drawsOf(values.length), confidence);
  const estimateOf: Estimates['estimateOf'] = (values) => {
    const there = values.filter((value) => typeof value === 'number' && !Number.isNaN(value)) as number[];
    return there.length === 0 ? null : { ...intervalOf(there), n: there.length };
  };
  return {
    key,
    intervalOf,
    estimateOf,
    byMetric: (of) =>
      Object.fromEntries(ids.map((id, i) => [id, estimateOf(reportingSeeds.map((seed) => of(seed)?.[i]))])),
  };
};

/** A method's row before it is compared with others. */
interface OwnRow extends Omit<Standing, 'verdict' | 'rank' | 'againstBest' | 'againstBaseline' | 'beatsBaselines'> {
  /** Everything that it is to be computed for has arrived. */
  readonly isOver: boolean;
  /** And it has a score on every seed. */
  readonly isWhole: boolean;
  /** By reporting seed; NaN where it has none. */
  readonly scores: readonly number[];
}

/** The outcome of a method's chosen configuration on each reporting seed, and what its tuning came to. */
const ownRow = (
  tournament: Tournament,
  plan: TournamentPlan,
  lookup: Lookup,
  { estimateOf, byMetric }: Estimates,
  entrant: number,
): OwnRow => {
  const { methods, tuningSeeds, reportingSeeds: seeds } = tournament;
  const { run, isBaseline } = methods[entrant] as Tournament['methods'][number];
  const configurations = plan.configurations[entrant]?.length ?? 0;
  const tuned = tunedOf(tournament, lookup, entrant, configurations);
  const isTuned = tuned.every(({ arrived }) => arrived === tuningSeeds.length);
  const configuration = isTuned ? chosenOf(tuned) : undefined;
  const outcomeOf = (seed: number) =>
    configuration === undefined ? undefined : lookup.outcome(entrant, configuration, seed);
  const outcomes = seeds.flatMap((seed) => outcomeOf(seed) ?? []);
  const scores = seeds.map((seed) => scoreOf(tournament, outcomeOf(seed), lookup.reference(seed)));
  const tries = tuned.flatMap(({ configuration: c }) =>
    tuningSeeds.flatMap((seed) => lookup.outcome(entrant, c, seed) ?? []),
  );
  const tryScores = tries.map((outcome) => scoreOf(tournament, outcome, lookup.reference(outcome.seed)));
  const isOver = isTuned && (configuration === undefined || outcomes.length === seeds.length);
  return {
    entrant,
    name: run.name,
    method: run.method,
    isBaseline,
    configurations,
    tuningLeftOut: leftOutOf(tries, tryScores),
    chosen:
      configuration === undefined
        ? null
        : {
            configuration,
            settings: plan.configurations[entrant]?.[configuration] ?? {},
            steps: lookup.outcome(entrant, configuration, tuningSeeds[0] as number)?.steps ?? 0,
            tuningScore: tuned[configuration]?.score ?? Number.NaN,
          },
    score: estimateOf(scores.map(orNull)),
    leftOut: leftOutOf(
      outcomes,
      outcomes.map((outcome) => scores[seeds.indexOf(outcome.seed)] as number),
    ),
    metrics: byMetric((seed) => {
      const outcome = outcomeOf(seed);
      return outcome?.failure === undefined && outcome?.divergedAt === null ? outcome.values : undefined;
    }),
    sampleVisits: outcomes.length === 0 ? null : meanOf(outcomes.map(({ sampleVisits }) => sampleVisits)),
    bySeed: scores.map(orNull),
    isOver,
    isWhole: isOver && scores.every((score) => !Number.isNaN(score)),
    scores,
  };
};

const bestOf = (some: readonly OwnRow[]): OwnRow | undefined =>
  some
    .filter(({ isWhole }) => isWhole)
    .reduce<OwnRow | undefined>((a, b) => (a && meanOf(a.scores) <= meanOf(b.scores) ? a : b), undefined);

/** Every one of some methods against another, corrected together. */
const comparisons = (
  { test, confidence }: Pick<Tournament, 'test' | 'confidence'>,
  { key, intervalOf }: Estimates,
  some: readonly OwnRow[],
  other: OwnRow | undefined,
): ReadonlyMap<OwnRow, PairedComparison> => {
  if (!other) return new Map();
  const differences = some.map(({ scores }) => scores.map((score, i) => score - (other.scores[i] as number)));
  const ps = differences.map((own, i) =>
    test === 't' ? pairedT(own) : own.length < 2 ? Number.NaN : signFlip(own, foldIn(key, 'sign-flip', i)),
  );
  const adjusted = holm(ps);
  return new Map(
    some.map((one, i) => {
      const corrected = adjusted[i] as number;
      const comparison: PairedComparison = {
        other: other.entrant,
        ...intervalOf(differences[i] as number[]),
        p: ps[i] as number,
        adjusted: corrected,
        isDifferent: corrected <= 1 - confidence,
      };
      return [one, comparison];
    }),
  );
};

const verdictOf = (one: OwnRow, best: OwnRow | undefined, againstBest: PairedComparison | null): Verdict => {
  if (!one.isOver) return 'open';
  if (!one.isWhole) return 'incomplete';
  if (one === best) return 'best';
  return againstBest?.isDifferent ? 'worse' : 'tie';
};

/** The best first; those without a verdict last. */
const placeOf = ({ verdict, score }: Standing): number =>
  (verdict === 'open' ? 2e9 : verdict === 'incomplete' ? 1e9 : 0) + (score?.mean ?? 1e8);

/** How a tournament stands by what is known. Pure: the same state gives the same table to the last digit. */
export const standingsOf = (tournament: Tournament, plan: TournamentPlan, state: TournamentState): Standings => {
  const lookup = lookupOf(state);
  const estimates = estimatesFor(tournament);
  const own = tournament.methods.map((_, entrant) => ownRow(tournament, plan, lookup, estimates, entrant));
  const whole = own.filter(({ isWhole }) => isWhole);
  const best = bestOf(own);
  const compared = (some: readonly OwnRow[], other: OwnRow | undefined) =>
    comparisons(tournament, estimates, some, other);
  const withBest = compared(
    whole.filter((one) => one !== best),
    best,
  );
  const withBaseline = compared(
    whole.filter(({ isBaseline }) => !isBaseline),
    bestOf(own.filter(({ isBaseline }) => isBaseline)),
  );
  const rows = own.map((one): Standing => {
    const againstBest = withBest.get(one) ?? null;
    const againstBaseline = withBaseline.get(one) ?? null;
    const verdict = verdictOf(one, best, againstBest);
    const below = whole.filter((other) => meanOf(other.scores) < meanOf(one.scores)).length;
    const { isOver: _, isWhole: __, scores: ___, ...shown } = one;
    return {
      ...shown,
      verdict,
      rank: verdict === 'best' || verdict === 'tie' ? 1 : verdict === 'worse' ? below + 1 : null,
      againstBest,
      againstBaseline,
      beatsBaselines: againstBaseline ? againstBaseline.isDifferent && againstBaseline.mean < 0 : false,
    };
  });
  return {
    rows: [...rows].sort((a, b) => placeOf(a) - placeOf(b) || a.entrant - b.entrant),
    retrained: estimates.byMetric((seed) => lookup.reference(seed)?.retrained),
    isComplete: own.every(({ isOver }) => isOver),
    notes: [...notesOf(tournament, plan), ...missingOf(tournament, state)],
  };
};

/** Selection metrics that some retrained model has no value of. */
const missingOf = (tournament: Tournament, { references }: TournamentState): readonly Note[] => {
  const ids = metricsOf(tournament);
  const metrics = tournament.selection.filter((id) =>
    references.some(({ retrained }) => retrained[ids.indexOf(id)] === null),
  );
  return metrics.length > 0 ? [{ kind: 'no-metric', metrics }] : [];
};

/** What can be said of a tournament's design alone. */
const notesOf = (tournament: Tournament, { configurations }: TournamentPlan): readonly Note[] => {
  const { reportingSeeds, test, confidence, redraw, scenario, budget, methods } = tournament;
  const notes: Note[] = [];
  const seeds = reportingSeeds.length;
  const level = 1 - confidence;
  if (seeds < 5) notes.push({ kind: 'few-seeds', seeds });
  const smallest = smallestSignFlip(seeds) * Math.max(1, methods.length - 1);
  if (test === 'sign-flip' && smallest > level) notes.push({ kind: 'sign-flip-too-few', seeds, smallest, level });
  if ((!redraw && scenario.data.seed !== 'lane') || scenario.data.generator === 'inline')
    notes.push({ kind: 'shared-data' });
  const fewer = methods.filter(
    ({ run }, i) => run.method !== 'none' && (configurations[i]?.length ?? 0) < budget.configurations,
  );
  if (fewer.length > 0) {
    const names = fewer.map(({ run }) => run.name);
    notes.push({ kind: 'unequal-tuning', names, configurations: budget.configurations });
  }
  return notes;
};
