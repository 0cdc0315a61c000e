import type { Key } from '../base/random.ts';
import type { Citation, NumberSpec, ParamSchema, ParamSpec, Params, ValueOf, WrapperSpec } from '../base/schema.ts';
import type * as tf from '../base/tf.ts';
import type { Descent, PlainSettings } from '../objective/optim.ts';
import type { LaneView } from './lane-view.ts';
import type { Network, Served } from './network.ts';
import type { Batch, LaneTerm, Split, Term } from './rows.ts';
import type { Speaks } from './speaks.ts';
import type { StepGradient } from './step-gradient.ts';

/**
 * What a method may look at. Enforced: reading anything else throws `method/undeclared-need`. `samples`: both sets are what the
 * original model draws, and no data.
 */
export type Need = Split | 'heldOut' | 'original' | 'alternativeLabels' | 'teacher' | 'training' | 'samples';

/** How the scenario trains its models: for a method that changes the training itself. */
export interface TrainingSettings extends PlainSettings {
  readonly steps: number;
  readonly batchSize: number | 'full';
  /** The factor on the learning rate of a training step, from 0; absent: always 1. */
  readonly rate?: (step: number, steps: number) => number;
}

/** The signed weight of the pulls on the label, at the defaults, by the probability of the label: negative pushes away. */
export interface PullCurve {
  /** Probabilities p_y, ascending. */
  readonly probability: readonly number[];
  readonly weight: readonly number[];
  /** The original model's probability of the label that the weights are computed for. */
  readonly original: number;
}

/** What a method's page says beside its formula. Whole sentences for somebody who has not read the paper. */
export interface MethodPage {
  /** The idea in two sentences. */
  readonly idea: string;
  /** The objective or the rule as TeX, for the page. */
  readonly tex: string;
  /** What to look for when it runs. */
  readonly lookFor: string;
  /** When it fails. */
  readonly failsWhen: string;
}

/** A known combination of method, retain term, mask and settings that has a name of its own in the field. */
export interface Recipe {
  /** Kebab-case. */
  readonly id: string;
  readonly title: string;
  /** The field's short name: 'NPO+RT'. */
  readonly short: string;
  readonly summary: string;
  readonly citation: Citation;
  readonly retain?: { readonly kind: string; readonly weight?: number };
  readonly mask?: { readonly kind: string; readonly keep?: number } & Params;
  readonly wrappers?: readonly WrapperSpec[];
  readonly params?: Params;
  /** Made by the catalogue and not a name of the field: a mask over another recipe. */
  readonly isDerived?: true;
}

/** What of a method's steps on the forget set lies open to wrappers: its terms on the outputs, or only their gradient. */
type Exposed = 'outputs' | 'gradient';

/** A term of a method as formulas say it: what a rule of the reader's own may begin with. Plain JSON. */
export interface RuleText {
  readonly on: Split;
  readonly mean: 'examples' | 'rows';
  readonly pulls: readonly {
    readonly towards: 'label' | 'alternative' | 'original' | 'all';
    /** In the language of formulas: docs/own-rules.md. */
    readonly weight: string;
  }[];
}

/** What the picker, the link and the paper index know of a method. Plain JSON. */
export interface MethodInfo<S extends ParamSchema = ParamSchema> extends Speaks {
  /** Kebab-case, the file's name, for ever: it stands in links and presets. */
  readonly id: string;
  /** Words, with the field's short name: 'Gradient ascent (GA)'. */
  readonly title: string;
  /** The field's short name: 'GA'. */
  readonly short: string;
  /** One sentence, for a reader who has not read the paper. */
  readonly summary: string;
  /** The objective that is minimized, in plain text. */
  readonly formula: string;
  /** Required of what ships with the program; the contract suite asks for it. */
  readonly page?: MethodPage;
  /** Of a method of pulls, for its page: how hard it pulls an example. Computed from the method itself. */
  readonly pullCurve?: PullCurve;
  /** Of a method whose pulls are formulas of its numbers: the same terms, written as such. The tests hold them to the bits of `terms`. */
  readonly rule?: readonly RuleText[];
  /** Where the rule comes from. Required of what ships with the program; a rule of the reader's own has no paper. */
  readonly citation?: Citation;
  readonly needs: readonly Need[];
  /** Weights at step 0: the trained original model, or fresh ones as before any training. */
  readonly start: 'original' | 'initial';
  /** One-shot methods make one step, whatever a run's number of steps. */
  readonly schedule: 'iterative' | 'one-shot';
  /** What of its updates lies open to wrappers: `rowMethod` says so by itself. */
  readonly exposes?: readonly Exposed[];
  /** Works on hidden layers or on biases, which only a multilayer perceptron has. */
  readonly needsLayers?: true;
  /** Takes no retain term and no mask: its weights are not those of one network. */
  readonly alone?: true;
  readonly params: S;
  /**
   * What else it asks where an example has several rows, or asks otherwise: a parameter takes the place of one of that name,
   * and null takes it away. Where every row is an example, what stands only here has its default and says nothing.
   */
  readonly sequenceParams?: Readonly<Record<string, ParamSpec | null>>;
  readonly recipes: readonly Recipe[];
}

/** The parameters of a method for examples of several rows. */
export const sequenceParamsOf = ({
  params,
  sequenceParams = {},
}: Pick<MethodInfo, 'params' | 'sequenceParams'>): ParamSchema =>
  Object.fromEntries(
    Object.entries({ ...params, ...sequenceParams }).flatMap(([name, spec]) => (spec ? [[name, spec]] : [])),
  );

/** Every parameter that a method's code may read, with the default of examples of one row where it has one. */
export const everyParamOf = ({
  params,
  sequenceParams = {},
}: Pick<MethodInfo, 'params' | 'sequenceParams'>): ParamSchema => ({
  ...sequenceParamsOf({ params: {}, sequenceParams }),
  ...params,
});

/** Hyperparameters as tensors: real numbers are per lane, [K, 1]; the rest is one value for all lanes. */
export type HyperValue<P extends ParamSpec> = P extends NumberSpec ? tf.Tensor : ValueOf<P>;
export type HyperValues<S extends ParamSchema> = { readonly [P in keyof S]: HyperValue<S[P]> };
/** Hyperparameters of one lane as plain values. */
export type LaneValues<S extends ParamSchema> = { readonly [P in keyof S]: ValueOf<S[P]> };

/** Everything a step may depend on. Same context and same state in, same state out. */
export interface MethodContext<S extends ParamSchema = ParamSchema> {
  readonly model: Network;
  readonly settings: HyperValues<S>;
  /** The settings lane by lane, as plain values. */
  readonly laneSettings: readonly LaneValues<S>[];
  /** The weights at step 0, [K, P]. */
  readonly start: tf.Tensor;
  /** The original model's weights θ_o, [K, P]. */
  readonly original: () => tf.Tensor;
  /** Fresh weights as before any training, [K, P]. */
  readonly initial: () => tf.Tensor;
  /** 0-based; counts anew after the preparation. */
  readonly step: number;
  /** How many there will be. */
  readonly steps: number;
  /** One per lane; `foldIn(keys[k], 'noise', step)` is a stream of a step's own. */
  readonly keys: readonly Key[];
  /** The lanes one by one, as plain numbers. */
  readonly lanes: readonly LaneView[];
  readonly training: () => TrainingSettings;
  /** This step's mini-batch of a split: one and the same for all methods under a seed. */
  readonly batch: (split: Split) => Batch;
  /** A whole split in its natural order. */
  readonly all: (split: Split) => Batch;
  /** The term that keeps the retain set, if the run has one, with its weight per lane. */
  readonly retain?: LaneTerm;
  /** What the run wraps around the gradient of a step, if it does. */
  readonly wrap?: (step: StepGradient) => StepGradient;
  /** How a gradient becomes a step: optimizer, its settings, mask. */
  readonly descent: Descent;
}

/** A flat record of tensors [K, ...] with `weights` [K, P] at least: it is saved, restored and thinned out by lane. */
export type MethodState = Readonly<Record<string, tf.Tensor>> & { readonly weights: tf.Tensor };

/** A lane's share of a state: the same tensors without their first dimension. */
export type HeldState = Readonly<Record<string, { readonly values: Float32Array; readonly shape: readonly number[] }>>;

export interface StepResult {
  readonly state: MethodState;
  /** Loss per lane before the update, [K], if the step knows it: a lane whose loss is not finite has diverged. */
  readonly loss?: tf.Tensor;
  /** Rows that each lane has visited, where the method reads them by itself and not from `batch` or `all`. */
  readonly visits?: readonly number[];
}

/** Whose labels are to be replaced, for a method that draws alternative labels. */
export interface AlternativeDraw {
  /** True classes of the forget set, [N_f]. */
  readonly labels: Int32Array;
  readonly classes: number;
  /** How many training points each class has, [C]. */
  readonly counts: Int32Array;
  /** The lane, for labels that come from the original model. */
  readonly lane: LaneView;
  /** Key of the lane and of the epoch; index by position in the forget set. */
  readonly key: Key;
}

/** How a method draws its alternative labels when the scenario gives none. */
export interface AlternativeRule {
  /** Whether to draw anew in every pass over the forget set. */
  readonly redraw: boolean;
  /** They are labels of other examples, which take the place of the forget set's; absent: of the forget set's own. */
  readonly ofOthers?: true;
  readonly draw: (from: AlternativeDraw) => Int32Array;
}

/** What stands in place of the forget set's numbers, for a method that draws others. */
export interface NumberDraw {
  /** N_f */
  readonly count: number;
  /** Of all training numbers, in units of y. */
  readonly mean: number;
  readonly deviation: number;
  /** Key of the lane and of the epoch; index by position in the forget set. */
  readonly key: Key;
}

/** How a method draws other numbers under a real head, [N_f]. */
export interface NumberRule {
  /** Whether to draw anew in every pass over the forget set. */
  readonly redraw: boolean;
  readonly draw: (from: NumberDraw) => Float32Array;
}

/**
 * An unlearning method: a pair of pure functions, after optax.
 *
 * `step` may not read a tensor's values, keep state outside `state`, dispose anything, draw from
 * Math.random or reduce over lanes. The runner wraps it in `tf.tidy` and frees what the new state drops.
 */
export interface Method<S extends ParamSchema = ParamSchema> extends MethodInfo<S> {
  readonly init: (ctx: MethodContext<S>) => MethodState;
  readonly step: (state: MethodState, ctx: MethodContext<S>) => StepResult;
  /** What a deletion costs and how many more it stands, for a method that prepares for them: named numbers of one lane. */
  readonly account?: (
    lane: LaneView,
    model: Network,
    settings: LaneValues<S>,
    /** The lane's last state, for a method that has `resume`; undefined if the lane has diverged. */
    state: HeldState | undefined,
  ) => Readonly<Record<string, number>>;
  /** The state in which the next of several requests begins, from the last one's; `init` from its weights if absent. */
  readonly resume?: (last: MethodState, ctx: MethodContext<S>) => MethodState;
  /** Every step goes along `terms` as they stand: they tell each example's pull. Set by `rowMethod`. */
  readonly followsTerms?: true;
  /** The objective, row by row, where the method has that form: for the pictures and the tests. */
  readonly terms?: readonly Term<LaneValues<S>, HyperValues<S>>[];
  /** The settings of one lane at an update, from 0, of so many, for terms that depend on how far the run has come. */
  readonly settingsAt?: (settings: LaneValues<S>, step: number, steps: number) => LaneValues<S>;
  /** What the method changes before the request arrives: updates that come before step 0 and are not counted. */
  readonly prepare?: {
    readonly steps: (ctx: MethodContext<S>) => number;
    readonly step: (state: MethodState, ctx: MethodContext<S>) => StepResult;
  };
  /** What answers in place of the network, for a method whose weights are several networks or one with additions. */
  readonly serve?: (model: Network, settings: LaneValues<S>) => Served;
  /** Needed by a method that declares `teacher`: the weights of a fixed network that it learns from, [P]. */
  readonly teacher?: (lane: LaneView, settings: LaneValues<S>) => Float32Array;
  /** Needed by a method that declares `alternativeLabels` and works with classes. */
  readonly alternatives?: (settings: LaneValues<S>) => AlternativeRule;
  /** Needed by a method that declares `alternativeLabels` and works with real numbers. */
  readonly alternativeNumbers?: (settings: LaneValues<S>) => NumberRule;
}

// biome-ignore lint/suspicious/noExplicitAny: the registry erases the schema type; inside a method file it stays exact.
export type AnyMethod = Method<any>;

/** A term that keeps the retain set, added to a method's own objective. Plain JSON. */
export interface RetainInfo extends Speaks {
  readonly id: string;
  readonly title: string;
  /** What a recipe's name appends: 'RT', 'KL'. */
  readonly short: string;
  readonly summary: string;
  readonly formula: string;
  readonly citation: Citation;
  readonly needs: readonly Need[];
}

export interface RetainTerm extends RetainInfo {
  readonly term: Term<unknown, unknown>;
}

/** A choice of weights that may move. Plain JSON. */
export interface MaskInfo {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly citation: Citation;
  /** Its name as a method, if the field has one: any method under this mask then is a recipe of that name. */
  readonly short?: string;
  /** Settings of its own, beside the fraction of the weights that may move. No two masks give one name two meanings. */
  readonly params?: ParamSchema;
  /** Whether that fraction is asked for; absent: it is. */
  readonly takesKeep?: false;
}

interface MaskBase extends MaskInfo {
  /** What it looks at. */
  readonly needs: readonly Need[];
}

/** A mask that ranks the weights. */
export interface RankingMask extends MaskBase {
  /** A score per weight, [P]: the highest are kept free, ties by position. */
  readonly score: (lane: LaneView, params: Params) => Float32Array;
}

/** A mask that chooses by itself. */
interface ChoosingMask extends MaskBase {
  readonly takesKeep: false;
  /** 1 where a weight may move, 0 where it may not, [P]. @throws {SimError} method/failed */
  readonly choose: (lane: LaneView, params: Params) => Float32Array;
}

/** A mask that is found anew at every step from how far each weight has gone: see `settle` in optim.ts. */
interface SoftMask extends MaskBase {
  /** The fraction of the weights that step s of S, from 0, puts back, if `keep` may move. */
  readonly settled: (keep: number, step: number, steps: number) => number;
}

export type Mask = RankingMask | ChoosingMask | SoftMask;

/** The int(keep * P) highest scores as 1, the rest as 0; ties go to the lower index. */
export const keepHighest = (score: Float32Array, keep: number): Float32Array => {
  const order = Uint32Array.from(score, (_, i) => i);
  order.sort((a, b) => (score[b] as number) - (score[a] as number) || a - b);
  const mask = new Float32Array(score.length);
  for (const i of order.subarray(0, Math.floor(keep * score.length))) mask[i] = 1;
  return mask;
};

/** Fields that hold functions further down. */
const CODE: ReadonlySet<string> = new Set(['terms', 'term', 'prepare']);

/** The part of a plug-in that is plain data, for the page. */
export const infoOf = <T extends object>(plugin: T): T =>
  JSON.parse(JSON.stringify(plugin, (key, value) => (CODE.has(key) ? undefined : value)));
