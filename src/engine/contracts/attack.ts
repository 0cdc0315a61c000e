import type { Key } from '../base/random.ts';
import type { Citation, ParamSchema, ValuesOf } from '../base/schema.ts';
import type { OptimizerName } from '../objective/optim.ts';
import type { Dataset } from './dataset.ts';
import type { Network } from './network.ts';

/** Whose weights an attack is tried on: the model under attack, and the three that it is compared with. */
export type AttackSubject = 'unlearned' | 'original' | 'retrained' | 'fresh';

/** A value over the steps of an attack; a value without steps has the single step 0. NaN where undefined. */
export interface AttackSeries {
  readonly steps: readonly number[];
  readonly values: readonly number[];
}

/** Single examples' numbers, for a histogram and a threshold. */
export interface AttackSamples {
  readonly subject: AttackSubject;
  readonly members: readonly number[];
  readonly nonMembers: readonly number[];
}

/** What an attack found. Plain JSON but for NaN. */
export interface AttackOutcome {
  /** By subject, then by the id of the value. */
  readonly values: Readonly<Partial<Record<AttackSubject, Readonly<Record<string, AttackSeries>>>>>;
  readonly samples?: readonly AttackSamples[];
  /** What a reader of the numbers has to know: how many points, what stands for what. */
  readonly notes: readonly string[];
}

/** How far an attack is, in units of its own. */
export interface AttackProgress {
  readonly done: number;
  readonly total: number;
}

export interface TuneSettings {
  readonly optimizer: OptimizerName;
  readonly learningRate: number;
  readonly steps: number;
}

/** Networks that are trained on the same rows at the same time. */
export interface Tuning {
  /** One full-batch step of every network; one that is no longer finite stays where it was. */
  readonly advance: () => void;
  /** The weights of network k, [P]. */
  readonly weights: (k: number) => Float32Array;
  readonly dispose: () => void;
}

/** A network that is trained as the original was, and then unlearned as the attacked run was. */
export interface ShadowPlan {
  /** Tells its weights and batches from those of other plans. */
  readonly name: string;
  /** Training points that it is trained on. */
  readonly train: Int32Array;
  /** Those of them that it then unlearns; none: it is trained and nothing else. */
  readonly forget: Int32Array;
}

/** What an attack sees: one seed of one run at one step. `Data`: what its family hands out, labelled points if not said. */
export interface AttackView<Data = Dataset> {
  readonly model: Network;
  readonly dataset: Data;
  /** Indices, ascending: the first two into train, the others into test. */
  readonly split: Readonly<Record<'forget' | 'retain' | 'testForget' | 'testRetain', Int32Array>>;
  /** The attack's own stream. */
  readonly key: Key;
  /** Weights [P]. `fresh`: as before any training, of a seed that no other model has. */
  readonly weights: (subject: AttackSubject) => Float32Array;
  /** Trains copies of some networks with cross-entropy on some training points, whole batches, labels as given. */
  readonly tune: (starts: readonly Float32Array[], indices: Int32Array, settings: TuneSettings) => Tuning;
  /** Weights [P] of every plan, as many updates after its training as the attacked run has had. */
  readonly shadows: (plans: readonly ShadowPlan[]) => Generator<AttackProgress, readonly Float32Array[], void>;
}

/** A number that an attack gives, as claims name it. */
export interface AttackValue {
  /** camelCase. */
  readonly id: string;
  readonly title: string;
  /** One sentence for a newcomer. */
  readonly summary: string;
  readonly unit: 'fraction' | 'nats' | 'count' | 'factor';
  /** The parameter that bounds it: a larger value says that it was not reached. */
  readonly most?: string;
}

/** Sizes that an attack's cost depends on. */
export interface AttackSizes {
  readonly forget: number;
  readonly retain: number;
  /** Updates of the original training, and of the attacked run. */
  readonly training: number;
  readonly unlearning: number;
}

/** What the page and the parser know of an attack. Plain JSON. */
export interface AttackInfo<S extends ParamSchema = ParamSchema> {
  /** Kebab-case, the file's name: it stands in links for ever. */
  readonly id: string;
  readonly title: string;
  /** One sentence: what the attacker does and knows. */
  readonly summary: string;
  readonly citation: Citation;
  readonly params: S;
  /** The first one makes the sentence of what was found. */
  readonly values: readonly AttackValue[];
  /** For an attack that has no section of its own in the room of attacks: how what it found is drawn there. */
  readonly page?: AttackPage;
}

/** How the room of attacks shows what an attack found, without a component of its own. Plain JSON. */
export interface AttackPage {
  /** What to look for, in a sentence or two. */
  readonly lookFor: string;
  /** A value in fractions that is drawn over its steps, and what the steps are. Absent: a table alone. */
  readonly chart?: { readonly value: string; readonly axis: string };
  /** What the scores of single examples are, which are drawn as a histogram with a threshold. Absent: there are none. */
  readonly scores?: string;
}

/** An attack or a probe: a computation of its own that starts from a run's weights. */
export interface Attack<S extends ParamSchema = ParamSchema, Data = Dataset> extends AttackInfo<S> {
  /** Rows that it visits forwards, about: for progress and estimates. */
  readonly work: (params: ValuesOf<S>, sizes: AttackSizes) => number;
  /** Why it cannot be tried on these data, in words; undefined if it can. */
  readonly refuses?: (view: Pick<AttackView<Data>, 'dataset' | 'split'>) => string | undefined;
  /** Stopping to pull is a pause; `return()` frees every tensor. */
  readonly run: (view: AttackView<Data>, params: ValuesOf<S>) => Generator<AttackProgress, AttackOutcome, void>;
}

// biome-ignore lint/suspicious/noExplicitAny: the registry erases the schema type.
export type AnyAttack = Attack<any, any>;

/** Declares an attack; only there to infer the schema's exact type. */
export const attack = <const S extends ParamSchema, Data = Dataset>(spec: Attack<S, Data>): Attack<S, Data> => spec;

/** A value without steps. */
export const single = (value: number): AttackSeries => ({ steps: [0], values: [value] });
