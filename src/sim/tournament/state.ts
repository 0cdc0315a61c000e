import type { MetricValue } from '../../scenario/format/results.ts';
import type { SplitSizes } from '../../scenario/format/rows-per-step.ts';

/** The models that a seed's runs are compared with. */
export interface Reference {
  readonly seed: number;
  readonly sizes: SplitSizes;
  /** In the order of the tournament's metrics. */
  readonly original: readonly MetricValue[];
  readonly retrained: readonly MetricValue[];
}

/** One configuration of one method under one seed, after its last step. */
export interface Outcome {
  /** Index into the tournament's methods. */
  readonly entrant: number;
  /** Index into the method's configurations. */
  readonly configuration: number;
  readonly seed: number;
  /** Steps that it was given. */
  readonly steps: number;
  /** In the order of the tournament's metrics; null where undefined. */
  readonly values: readonly MetricValue[];
  readonly divergedAt: number | null;
  readonly sampleVisits: number;
  /** Why it could not run, or does not count. */
  readonly failure?: string;
}

/** All that a tournament has found out: plain JSON, from which it goes on where it was. */
export interface TournamentState {
  readonly references: readonly Reference[];
  readonly outcomes: readonly Outcome[];
  /** Rows that a step really visits, of configurations that asked for more than the estimate: by entrant and configuration. */
  readonly rates: Readonly<Record<string, number>>;
  /** What computed it. */
  readonly engine: { readonly backend: string; readonly version: string };
  /** Time spent computing. */
  readonly milliseconds: number;
}

export const emptyState: TournamentState = {
  references: [],
  outcomes: [],
  rates: {},
  engine: { backend: '', version: '' },
  milliseconds: 0,
};

/** The key of a lane among the outcomes. */
export const outcomeKey = ({
  entrant,
  configuration,
  seed,
}: Pick<Outcome, 'entrant' | 'configuration' | 'seed'>): string => `${entrant}/${configuration}/${seed}`;

export const rateKey = (entrant: number, configuration: number): string => `${entrant}/${configuration}`;
