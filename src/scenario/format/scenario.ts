import type { ParamValue, WrapperSpec } from '../../engine/base/schema.ts';
import type { Activation, Initializer } from '../../engine/contracts/network.ts';
import type { OptimizerName } from '../../engine/objective/optim.ts';
import type { OwnRule } from '../formula/own.ts';

export type { Activation, Initializer, OptimizerName, WrapperSpec };

/** Everything that defines an experiment, with every default filled in. */
export interface Scenario {
  readonly version: 2;
  /** What an example is and what a model says of it: one of the catalogue's families. Written only where it is not 'points'. */
  readonly family: string;
  readonly id?: string;
  readonly title: string;
  readonly question: string;
  readonly data: DataSpec;
  readonly forget: ForgetSpec;
  /**
   * Several deletion requests in a row, `forget` being the first of them. Each run goes through them one after the
   * other, its number of steps for each, from its own last state.
   */
  readonly requests?: readonly ForgetSpec[];
  readonly model: ModelSpec;
  /** Rules of the author's own, which runs name as their methods. Absent: none. */
  readonly own?: readonly OwnRule[];
  readonly training: OptimizerSpec;
  readonly runs: readonly RunSpec[];
  /** One lane each: initial weights and batches; data too where data.seed is 'lane'. */
  readonly seeds: readonly number[];
  readonly evaluate: { readonly every: number };
  /** Attacks and probes on the runs' weights. Absent: none. */
  readonly attacks?: readonly AttackSpec[];
  readonly claims: readonly Claim[];
  readonly view: ViewSpec;
}

export interface InlinePoints {
  readonly x: readonly (readonly number[])[];
  readonly y: readonly number[];
}
export interface InlineParams {
  readonly train: InlinePoints;
  readonly test: InlinePoints;
  /** Indices of test that come from the forget distribution. */
  readonly testForget?: readonly number[];
}

export type DataSpec =
  | {
      readonly generator: 'inline';
      readonly seed: number | 'lane';
      readonly params: InlineParams;
      /** Points by run seed; the other seeds have `params`. */
      readonly bySeed?: Readonly<Record<string, InlineParams>>;
    }
  | {
      readonly generator: string;
      readonly seed: number | 'lane';
      readonly params: Readonly<Record<string, ParamValue>>;
    };

/** A place in the plane of a two-dimensional data set, in data coordinates. */
export type Region =
  | { readonly polygon: readonly (readonly [number, number])[] }
  | { readonly disc: { readonly center: readonly [number, number]; readonly radius: number } };

export type ForgetSpec =
  | { readonly kind: 'class'; readonly label: number }
  | { readonly kind: 'random'; readonly fraction: number; readonly seed: number | 'lane' }
  | { readonly kind: 'indices'; readonly indices: readonly number[] }
  | ({ readonly kind: 'region' } & Region)
  | { readonly kind: 'component'; readonly name: string; readonly fraction: number; readonly seed: number | 'lane' }
  | SelectorSpec
  | RuleSpec;

/** A forget set that a rule chooses once the original model is trained: `count` points, of each seed its own. */
export interface SelectorSpec {
  readonly kind: 'selector';
  readonly id: string;
  readonly count: number;
  readonly params: Readonly<Record<string, ParamValue>>;
}

/** A forget set by a rule of the scenario's family: which rules there are, the family says. */
export interface RuleSpec {
  readonly kind: 'rule';
  readonly id: string;
  readonly params: Readonly<Record<string, ParamValue>>;
}

/** Named arrays of numbers: matrices [in][out], vectors [out]. */
export type NamedWeights = Readonly<Record<string, readonly number[] | readonly (readonly number[])[]>>;

/** Weights that come from elsewhere: what is given is not trained again. */
export interface GivenWeights {
  readonly original?: NamedWeights;
  /** After the last request. */
  readonly retrained?: NamedWeights;
}

export interface WeightsSpec extends GivenWeights {
  /** By run seed; the others have what stands beside. */
  readonly bySeed?: Readonly<Record<string, GivenWeights>>;
}

export interface MlpModelSpec {
  readonly kind: 'mlp';
  /** Widths of the hidden layers: 1 to 6 of them, 1 to 512 each. */
  readonly hidden: readonly number[];
  readonly activation: Activation;
  readonly init: Initializer;
  readonly weights?: WeightsSpec;
}

/** φ(x) = relu(W x) with W [features, inputs] drawn from N(0, 1/inputs) for each run seed, never trained; logits (φ a, 0). */
export interface RandomFeaturesSpec {
  readonly kind: 'random-features';
  readonly features: number;
  readonly weights?: WeightsSpec;
}

/** Logits (x a, 0): no biases, the last class's logit is zero. */
export interface LinearSpec {
  readonly kind: 'linear';
  readonly weights?: WeightsSpec;
}

/** A network of the scenario's family: which networks there are, the family says. */
export interface NetworkSpec {
  readonly kind: 'network';
  readonly id: string;
  readonly params: Readonly<Record<string, ParamValue>>;
  readonly weights?: undefined;
}

export type ModelSpec = MlpModelSpec | RandomFeaturesSpec | LinearSpec | NetworkSpec;
/** The networks of labelled points. */
export type PointModelSpec = Exclude<ModelSpec, NetworkSpec>;

export type BatchSize = number | 'full';

export interface OptimizerSpec {
  readonly optimizer: OptimizerName;
  readonly learningRate: number;
  /** Used by `momentum` only. */
  readonly momentum: number;
  readonly weightDecay: number;
  /** Largest norm of a step's gradient; 0 means no clipping. */
  readonly clipNorm: number;
  readonly steps: number;
  readonly batchSize: BatchSize;
}

export interface RetainSpec {
  readonly kind: string; // 'none' | 'ce' | 'kl': the registry of src/retain
  readonly weight: number;
  readonly batchSize: BatchSize;
}
export interface MaskSpec {
  readonly kind: string; // 'none' | 'salun' | 'layers' | ...: the registry of src/masks
  /** Fraction of the weights that may move. */
  readonly keep: number;
  /** The mask's own settings. */
  readonly [param: string]: ParamValue;
}

/** One class per forget example in ascending training index, perhaps by run seed. */
export type LabelsSpec = readonly number[] | { readonly bySeed: Readonly<Record<string, readonly number[]>> };

export interface RunSpec extends OptimizerSpec {
  readonly name: string;
  readonly method: string;
  readonly params: Readonly<Record<string, ParamValue>>;
  readonly retain: RetainSpec;
  readonly mask: MaskSpec;
  /** What is wrapped around the steps of the method, from the inside out: each kind once, one of each slot. */
  readonly wrappers: readonly WrapperSpec[];
  readonly alternativeLabels?: LabelsSpec;
  /** Values by dotted path: { "params.beta": [0.1, 1] }. Several lists make their product. */
  readonly sweep: Readonly<Record<string, readonly ParamValue[]>>;
}

/** An attack or a probe on a run. */
export interface AttackSpec {
  readonly kind: string; // the registry of src/attacks
  /** The name of the run; of a swept one, every setting is attacked. */
  readonly run: string;
  /** The step whose weights are attacked: the nearest recorded one at or before it. */
  readonly at: 'last' | number;
  readonly params: Readonly<Record<string, ParamValue>>;
}

export interface ViewSpec {
  /** The one knob that a phone shows: 'runs.NPO.params.beta', 'data.params.noise'. */
  readonly hero?: string;
  /** The step at which the clock opens; the last one if absent. */
  readonly step?: number;
  readonly chart?: 'tradeoff' | 'series';
  /** What a lecturer shows, in this order. Absent: one run after the other, then everything. */
  readonly reveal?: readonly RevealStep[];
}

/** One view of a lecture. */
export interface RevealStep {
  readonly title?: string;
  /** Names of the runs on screen; all if absent. */
  readonly runs?: readonly string[];
  /** Whether the retrained model is on screen; it is if absent. */
  readonly retrained?: boolean;
  /** What stands beside the panels, or in their place: a chart, or nothing. Absent: nothing beside them. */
  readonly show?: RevealShow;
  /** Where the clock goes; it stays where it is if absent. */
  readonly step?: number | 'last';
  /** What the lecturer reads in the second window. */
  readonly notes?: string;
}
export type RevealShow = 'panels' | 'tradeoff' | 'series' | 'claims';

export type Comparison = '<' | '<=' | '>' | '>=' | '==' | '!=';
export interface ClaimWhen {
  readonly when: { readonly metric: string; readonly is: Comparison; readonly value: number };
}
export type ClaimAt = 'last' | 'first' | 'any' | 'every' | 'argmin' | 'argmax' | number | ClaimWhen;

/** The other side of a comparison; absent fields are those of the claim itself. */
export interface ClaimThan {
  readonly run?: string;
  readonly metric?: string;
  readonly at?: ClaimAt;
  readonly times?: number;
  readonly plus?: number;
  readonly where?: Readonly<Record<string, ParamValue>>;
}

/** What a preset says it shows, in a form that a machine checks on every seed. */
export interface Claim {
  readonly text: string;
  /** A run's name, or 'original' or 'retrained'. */
  readonly run: string;
  readonly metric: string;
  readonly at: ClaimAt;
  readonly reduce?: 'slope';
  /** Steps between which a slope is taken. */
  readonly from?: number;
  readonly to?: number;
  readonly is: Comparison;
  readonly value?: number;
  readonly than?: ClaimThan;
  /** Picks a swept lane: { "params.beta": 0.1 }. */
  readonly where?: Readonly<Record<string, ParamValue>>;
  readonly seeds: 'all' | 'most' | 'median' | 'mean';
  /** The seeds that it speaks of; all of the scenario's if absent. */
  readonly among?: readonly number[];
}
