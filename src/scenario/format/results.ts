import type { WireError } from '../../engine/base/errors.ts';
import type { ParamValue } from '../../engine/base/schema.ts';
import type { AttackSubject } from '../../engine/contracts/attack.ts';
import type { Headline } from './catalogue.ts';
import type { Scenario } from './scenario.ts';

/** A metric that does not exist is null, never NaN. */
export type MetricValue = number | null;
export type MetricValues = Readonly<Record<string, MetricValue>>;

export interface ModelResult {
  readonly seed: number;
  readonly metrics: MetricValues;
}

export interface RunResult {
  readonly name: string;
  readonly method: string;
  readonly seed: number;
  readonly params: Readonly<Record<string, ParamValue>>;
  /** Every setting of this lane by dotted path, swept ones included. */
  readonly settings: Readonly<Record<string, ParamValue>>;
  readonly steps: readonly number[];
  readonly metrics: Readonly<Record<string, readonly MetricValue[]>>;
  /** First step after which a number was no longer finite; the last finite state is kept and shown. */
  readonly divergedAt: number | null;
  /** First recorded step at which the collapse detector fires (metrics/collapsed.ts). */
  readonly collapsedAt: number | null;
  readonly sampleVisits: number;
  readonly milliseconds: number;
  /** What deletions cost, of methods that prepare for them (SISA, S3T): named numbers. */
  readonly account?: Readonly<Record<string, number>>;
}

/** The two sides of a claim for one seed, as its text is decided; null where a side does not exist. */
export interface ClaimSeed {
  readonly seed: number;
  readonly left: MetricValue;
  readonly right: MetricValue;
  /** Null where a side does not exist. */
  readonly holds: boolean | null;
}

export interface ClaimResult {
  readonly text: string;
  readonly holds: boolean;
  readonly held: number;
  readonly of: number;
  /** Seeds for which a side of the comparison does not exist. */
  readonly leftOut: number;
  /** Of a claim about a mean: the mean over n seeds of its value, or of the difference of its two sides, seed by seed. */
  readonly mean?: { readonly value: number; readonly n: number; readonly isDifference: boolean };
  /** The numbers behind the verdict; of several swept lanes the one that decides. */
  readonly seeds: readonly ClaimSeed[];
}

/** A value over the steps of an attack; one without steps has the single step 0. */
export interface AttackResultSeries {
  readonly steps: readonly number[];
  readonly values: readonly MetricValue[];
}

/** What an attack found under one seed. */
export interface AttackResult {
  readonly kind: string;
  readonly run: string;
  readonly seed: number;
  /** The step of the run whose weights were attacked. */
  readonly step: number;
  /** Every setting of the attacked lane. */
  readonly settings: Readonly<Record<string, ParamValue>>;
  readonly params: Readonly<Record<string, ParamValue>>;
  /** By subject (the unlearned, the original, the retrained model, fresh weights), then by value. */
  readonly values: Readonly<Partial<Record<AttackSubject, Readonly<Record<string, AttackResultSeries>>>>>;
  readonly notes: readonly string[];
}

/** An attack that could not be carried out. */
export interface AttackFailure {
  readonly kind: string;
  readonly run: string;
  readonly seed: number;
  readonly error: WireError;
}

/** What a selector has chosen under one seed: with several requests, everything that is forgotten in the end. */
export interface ForgetSet {
  readonly seed: number;
  /** Into the training points, ascending. */
  readonly indices: readonly number[];
}

/** A model whose training came to numbers that are no longer finite. What is used of it is its last finite state. */
export interface TrainingDivergence {
  readonly model: 'original' | 'retrained';
  readonly seed: number;
  /** First step after which a number was no longer finite. */
  readonly step: number;
}

/** A run (under one swept setting) that could not be carried out. */
export interface RunFailure {
  readonly label: string;
  readonly error: WireError;
}

/** What `--out` writes and "Export JSON" saves. */
export interface Results {
  readonly version: 1;
  readonly scenario: Scenario;
  readonly checksum: string;
  readonly engine: { readonly backend: string; readonly version: string };
  /** Metrics that matter first, where the family names its own. */
  readonly headline?: Headline;
  /** Where a selector chooses the forget set. */
  readonly forgetSets?: readonly ForgetSet[];
  /** Absent if all training went well. */
  readonly trainingDiverged?: readonly TrainingDivergence[];
  readonly original: readonly ModelResult[];
  readonly retrained: readonly ModelResult[];
  readonly runs: readonly RunResult[];
  readonly attacks?: readonly AttackResult[];
  readonly attackFailures?: readonly AttackFailure[];
  readonly failures?: readonly RunFailure[];
  readonly claims: readonly ClaimResult[];
}
