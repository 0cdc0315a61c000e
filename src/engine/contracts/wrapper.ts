import type { Fault } from '../base/errors.ts';
import type { Key } from '../base/random.ts';
import type { Citation, ParamSchema, Params } from '../base/schema.ts';
import type * as tf from '../base/tf.ts';
import type { LaneView } from './lane-view.ts';
import type { HyperValues, LaneValues, MethodInfo, Need, Recipe } from './method.ts';
import type { Network } from './network.ts';
import type { StepGradient } from './step-gradient.ts';

/** A place around a method in which one wrapper stands: the form offers those of one slot as one choice. */
export interface WrapperSlot {
  /** Kebab-case. */
  readonly id: string;
  readonly label: string;
  readonly help: string;
  /** What the choice says where there is none. */
  readonly none: string;
}

/**
 * What a wrapper adds to a PyTorch script. `{name}` in a line stands for the value of that setting, `{original}` for the
 * name of the array with the original model's weights; what `weigh` gives is the array of the wrapper's id.
 */
export interface WrapperPython {
  /** Functions, which come before the loop. */
  readonly functions?: readonly string[];
  /** The function that gives the logits of the rows to forget, from (model, x, y), in place of the model. */
  readonly logits?: string;
  /** The function that leaves gradients at the parameters, from (parameters, forgetting, keeping), the two losses. */
  readonly join?: string;
  /** Lines before the first step. */
  readonly before?: readonly string[];
  /** Lines after the gradients are there, without gradients of their own. */
  readonly extra?: readonly string[];
}

/** A method in a wrapper that has a name of its own in the field, as a recipe of that method. */
export interface WrapperRecipe extends Omit<Recipe, 'citation' | 'wrappers'> {
  /** The method's id. */
  readonly of: string;
}

/** What the form, the parser, the link and the paper index know of a wrapper. Plain JSON. */
export interface WrapperInfo<S extends ParamSchema = ParamSchema> {
  /** Kebab-case, the file's name, for ever: it stands in links and presets. */
  readonly id: string;
  readonly title: string;
  /** The field's short name: 'LAT'. */
  readonly short: string;
  /** One sentence, for a reader who has not read the paper. */
  readonly summary: string;
  readonly citation: Citation;
  readonly slot: WrapperSlot;
  /** Numbers are per lane, everything else is one value for a whole cohort. */
  readonly params: S;
  readonly recipes?: readonly WrapperRecipe[];
  /** What it asks of a method, in words: 'terms on the outputs of the forget set'. */
  readonly asks: string;
  /** What it asks of the run beside the method, for the form: a retain term, where the method does not read the retain set by itself. */
  readonly needsRetainTerm?: true;
  /** It changes what the terms on the forget set see, so that no pull is that of the example itself. */
  readonly hidesPulls?: true;
  /** The values of settings at which it does nothing: the run then is its method, to the bit. */
  readonly offAt?: Params;
  /** How often a step reads its batch of the forget set beside the once of its method: so often, or as a setting says. */
  readonly passes?: number | string;
  /** Absent: a run in it has no script. */
  readonly python?: WrapperPython;
}

/** What a wrapper may look at. */
export interface WrapperContext<S extends ParamSchema = ParamSchema> {
  readonly model: Network;
  readonly settings: HyperValues<S>;
  /** The original model's weights, [K, P]. Declared as the need `original`. */
  readonly original: () => tf.Tensor;
  /** What `weigh` gave, [K, P]; throws where there is no `weigh`. */
  readonly weighed: () => tf.Tensor;
  /** 0-based. */
  readonly step: number;
  readonly steps: number;
  /** One per lane; `foldIn(keys[k], 'noise', step)` is a stream of a step's own. */
  readonly keys: readonly Key[];
}

/**
 * What is wrapped around the updates of a method: it changes how the gradient of each step comes about, and knows
 * nothing of the method. The same rules as for `Method.step` hold for `wrap`.
 */
export interface Wrapper<S extends ParamSchema = ParamSchema> extends WrapperInfo<S> {
  readonly needs: readonly Need[];
  /** Whether a method has what this wrapper asks for. */
  readonly takes: (method: Pick<MethodInfo, 'exposes' | 'schedule' | 'alone'>) => boolean;
  /** What is wrong with its settings on a network; the path is relative to the wrapper. */
  readonly fault?: (params: LaneValues<S>, model: Network) => Fault | undefined;
  /** A number per weight that it finds at the original model before the first step, [P]. */
  readonly weigh?: (lane: LaneView, params: LaneValues<S>) => Float32Array;
  readonly wrap: (step: StepGradient, ctx: WrapperContext<S>) => StepGradient;
}

// biome-ignore lint/suspicious/noExplicitAny: the registry's door erases the schema type; inside a wrapper's file it stays exact.
export type AnyWrapper = Wrapper<any>;

/** A wrapper whose schema's types stay exact in its own file. */
export const wrapper = <const S extends ParamSchema>(own: Wrapper<S>): Wrapper<S> => own;
