// Types of the package unlearn-lab. Written by `npm run library -- --report` from src/library/unlearn-lab.ts: do not edit.

/** Numbers in a shape: [K, ...], a lane along the first dimension. */
declare namespace tf {
  interface Tensor {
    readonly shape: number[];
    readonly dtype: string;
    readonly size: number;
    readonly rank: number;
    readonly isDisposed: boolean;
    dataSync(): Float32Array | Int32Array | Uint8Array;
    data(): Promise<Float32Array | Int32Array | Uint8Array>;
    dispose(): void;
  }
}

/** Operations on tensors of type T, for a loss or a step of one's own: those of TensorFlow.js 4.22, by their names. */
interface TensorOperations<T> {
  readonly add: (a: T | number, b: T | number) => T;
  readonly addN: (tensors: T[]) => T;
  readonly cast: (x: T | number, dtype: 'float32' | 'int32' | 'bool') => T;
  readonly clone: (x: T | number) => T;
  readonly concat: (tensors: T[], axis?: number) => T;
  readonly div: (a: T | number, b: T | number) => T;
  readonly exp: (x: T | number) => T;
  readonly expandDims: (x: T | number, axis?: number) => T;
  readonly gather: (x: T, indices: T, axis?: number, batchDims?: number) => T;
  readonly log: (x: T | number) => T;
  readonly logSoftmax: (logits: T, axis?: number) => T;
  readonly matMul: (a: T, b: T, transposeA?: boolean, transposeB?: boolean) => T;
  readonly max: (x: T, axis?: number | number[], keepDims?: boolean) => T;
  readonly maximum: (a: T | number, b: T | number) => T;
  readonly mean: (x: T, axis?: number | number[], keepDims?: boolean) => T;
  readonly minimum: (a: T | number, b: T | number) => T;
  readonly mul: (a: T | number, b: T | number) => T;
  readonly neg: (x: T | number) => T;
  readonly oneHot: (indices: T, depth: number, onValue?: number, offValue?: number) => T;
  readonly onesLike: (x: T) => T;
  readonly pow: (base: T | number, exponent: T | number) => T;
  readonly relu: (x: T | number) => T;
  readonly reshape: (x: T, shape: number[]) => T;
  readonly sigmoid: (x: T | number) => T;
  readonly sign: (x: T | number) => T;
  readonly slice: (x: T, begin: number | number[], size?: number | number[]) => T;
  readonly softplus: (x: T | number) => T;
  readonly sqrt: (x: T | number) => T;
  readonly square: (x: T | number) => T;
  readonly stack: (tensors: T[], axis?: number) => T;
  readonly step: (x: T | number, alpha?: number) => T;
  readonly sub: (a: T | number, b: T | number) => T;
  readonly sum: (x: T, axis?: number | number[], keepDims?: boolean) => T;
  readonly tanh: (x: T | number) => T;
  readonly tidy: (body: () => T) => T;
  readonly tile: (x: T, reps: number[]) => T;
  readonly transpose: (x: T, permutation?: number[]) => T;
  readonly where: (condition: T, a: T | number, b: T | number) => T;
  readonly zerosLike: (x: T) => T;
}

declare const tf: TensorOperations<tf.Tensor>;

/** What can go wrong, by a name that tests and callers may rely on. */
type ErrorCode = 'scenario/invalid' | 'scenario/newer-version' | 'file/malformed' | 'file/too-large' | 'file/unreadable' | 'link/malformed' | 'link/too-large' | 'link/newer-version' | 'message/invalid' | 'data/invalid' | 'forget/invalid' | 'method/undeclared-need' | 'method/failed' | 'attack/refused' | 'engine/no-backend' | 'engine/out-of-memory' | 'worker/unknown-query' | 'worker/internal';

/** One fault of an input: where it stands (a JSON pointer), what was expected there and what was found. */
interface Fault {
    readonly path: string;
    readonly expected: string;
    readonly found: string;
}

/** An error that a caller can cause, with a stable code and the faults that led to it. */
declare class SimError extends Error {
    readonly code: ErrorCode;
    readonly faults: readonly Fault[];
    constructor(code: ErrorCode, message: string, faults?: readonly Fault[]);
}

/** e^x. Infinity above 709.78, 0 below -745.1; NaN stays NaN. */
declare const exp: (x: number) => number;

/** Natural logarithm. -Infinity at 0, NaN below. */
declare const log: (x: number) => number;

/** 1 / (1 + e^-x), accurate in both tails. */
declare const sigmoid: (x: number) => number;

/** tanh, exact at 0 and within 1. */
declare const tanh: (x: number) => number;

/** Version of the numbers: raised whenever the same scenario may give other results than before. */
declare const ENGINE_VERSION = "0.1.0";

type AnyMethod = Method<any>;

/**
 * An unlearning method: a pair of pure functions, after optax.
 *
 * `step` may not read a tensor's values, keep state outside `state`, dispose anything, draw from
 * Math.random or reduce over lanes. The runner wraps it in `tf.tidy` and frees what the new state drops.
 */
interface Method<S extends ParamSchema = ParamSchema> extends MethodInfo<S> {
    readonly init: (ctx: MethodContext<S>) => MethodState;
    readonly step: (state: MethodState, ctx: MethodContext<S>) => StepResult;
    /** What a deletion costs and how many more it stands, for a method that prepares for them: named numbers of one lane. */
    readonly account?: (lane: LaneView, model: Network, settings: LaneValues<S>, 
    /** The lane's last state, for a method that has `resume`; undefined if the lane has diverged. */
    state: HeldState | undefined) => Readonly<Record<string, number>>;
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

type ParamSchema = Readonly<Record<string, ParamSpec>>;

/** One declaration drives the form, the validator, the link, the sweep and the docs table. */
type ParamSpec = NumberSpec | IntSpec | ChoiceSpec | FlagSpec;

/** A real number. In a method it is per lane: it may be swept, and arrives as a tensor [K]. */
interface NumberSpec extends SpecBase {
    readonly kind: 'number';
    readonly default: number;
    readonly min: number;
    readonly max: number;
    readonly scale: 'linear' | 'log';
}

interface SpecBase {
    readonly label: string;
    readonly help: string;
    /** The paper's symbol, e.g. 'β'. */
    readonly symbol?: string;
    /** What the paper or its code calls it, where that differs. */
    readonly paperName?: string;
}

/** A whole number; static: one value for a whole cohort. */
interface IntSpec extends SpecBase {
    readonly kind: 'int';
    readonly default: number;
    readonly min: number;
    readonly max: number;
}

/** One of a few words; static. */
interface ChoiceSpec extends SpecBase {
    readonly kind: 'choice';
    readonly default: string;
    readonly options: readonly string[];
}

/** Yes or no; static. */
interface FlagSpec extends SpecBase {
    readonly kind: 'flag';
    readonly default: boolean;
}

/** What the picker, the link and the paper index know of a method. Plain JSON. */
interface MethodInfo<S extends ParamSchema = ParamSchema> extends Speaks {
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

/** What a method or a retain term can work with. */
interface Speaks {
    /** Absent: categorical only. */
    readonly heads?: readonly HeadKind[];
    /** Whether it works with examples of several rows, such as the words of an answer. Absent: no. */
    readonly sequences?: true;
    /** Needs rows that are noised points under conditions. Absent: no. */
    readonly conditions?: true;
}

/** How the outputs of a network are read. */
type HeadKind = 'categorical' | 'real';

/** What a method's page says beside its formula. Whole sentences for somebody who has not read the paper. */
interface MethodPage {
    /** The idea in two sentences. */
    readonly idea: string;
    /** The objective or the rule as TeX, for the page. */
    readonly tex: string;
    /** What to look for when it runs. */
    readonly lookFor: string;
    /** When it fails. */
    readonly failsWhen: string;
}

/** The signed weight of the pulls on the label, at the defaults, by the probability of the label: negative pushes away. */
interface PullCurve {
    /** Probabilities p_y, ascending. */
    readonly probability: readonly number[];
    readonly weight: readonly number[];
    /** The original model's probability of the label that the weights are computed for. */
    readonly original: number;
}

/** A term of a method as formulas say it: what a rule of the reader's own may begin with. Plain JSON. */
interface RuleText {
    readonly on: Split;
    readonly mean: 'examples' | 'rows';
    readonly pulls: readonly {
        readonly towards: 'label' | 'alternative' | 'original' | 'all';
        /** In the language of formulas: docs/own-rules.md. */
        readonly weight: string;
    }[];
}

/** The two halves of the training set: D_f, to be forgotten, and D_r, to be kept. */
type Split = 'forget' | 'retain';

/** Where a rule comes from. */
interface Citation {
    readonly authors: string;
    readonly title: string;
    readonly year: number;
    readonly url: string;
    /** Where the rule stands in the paper: 'eq. 3', 'algorithm 1'. */
    readonly where?: string;
}

/**
 * What a method may look at. Enforced: reading anything else throws `method/undeclared-need`. `samples`: both sets are what the
 * original model draws, and no data.
 */
type Need = Split | 'heldOut' | 'original' | 'alternativeLabels' | 'teacher' | 'training' | 'samples';

/** What of a method's steps on the forget set lies open to wrappers: its terms on the outputs, or only their gradient. */
type Exposed = 'outputs' | 'gradient';

/** A known combination of method, retain term, mask and settings that has a name of its own in the field. */
interface Recipe {
    /** Kebab-case. */
    readonly id: string;
    readonly title: string;
    /** The field's short name: 'NPO+RT'. */
    readonly short: string;
    readonly summary: string;
    readonly citation: Citation;
    readonly retain?: {
        readonly kind: string;
        readonly weight?: number;
    };
    readonly mask?: {
        readonly kind: string;
        readonly keep?: number;
    } & Params;
    readonly wrappers?: readonly WrapperSpec[];
    readonly params?: Params;
    /** Made by the catalogue and not a name of the field: a mask over another recipe. */
    readonly isDerived?: true;
}

type Params = Readonly<Record<string, ParamValue>>;

type ParamValue = number | string | boolean;

/** A wrapper of a run with its settings, as a scenario writes it. */
interface WrapperSpec {
    readonly kind: string;
    readonly [param: string]: ParamValue;
}

/** Everything a step may depend on. Same context and same state in, same state out. */
interface MethodContext<S extends ParamSchema = ParamSchema> {
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

/**
 * A network. All weights and biases of K independent ones (lanes) are one tensor [K, P]. Forward and backward are the two
 * functions that a faster implementation replaces.
 */
interface Network {
    /** Numbers in a row that goes in, D; token ids, where there is an embedding. */
    readonly inputs: number;
    /** Outputs, C: as many as there are classes, under a categorical head. */
    readonly classes: number;
    /** Absent: a row goes into the first layer as it is. */
    readonly embedding?: Embedding;
    /** From the inputs on. */
    readonly layers: readonly Layer[];
    /** Every part of the weights, in their order. */
    readonly layout: readonly LayoutPart[];
    /** What goes into the first layer, then what comes out of each. */
    readonly widths: readonly number[];
    /** One for each hidden layer. */
    readonly activations: readonly Activation[];
    /** P */
    readonly size: number;
    /** Fresh weights of one network from its key: [P]. */
    readonly init: (key: Key) => Float32Array;
    /** weights [K, P], x [K, B, D] -> logits [K, B, C]. Made of tfjs ops, so that tf.grad goes through it. */
    readonly forward: (weights: tf.Tensor, x: tf.Tensor) => ForwardPass;
    /** dLoss/dLogits [K, B, C] -> dLoss/dWeights [K, P]. */
    readonly backward: (pass: ForwardPass, dLogits: tf.Tensor) => tf.Tensor;
    /** Also with respect to the inputs. */
    readonly backwardToInputs: (pass: ForwardPass, dLogits: tf.Tensor) => Backward;
    /** The layers above hidden layer 1, 2, ...: made once. */
    readonly above: (layer: number) => Upper;
    /** What one network [P] says of points x [1, N, D]. */
    readonly predict: (weights: Float32Array, x: tf.Tensor) => Prediction;
    /** The decisions of one network [P] at points x [1, N, D]: for pictures. */
    readonly decide: (weights: Float32Array, x: tf.Tensor) => Decisions;
    /** Gradients of single rows of one network, where each row has a loss of its own. */
    readonly perRow: PerRow;
}

/** A table of vectors before the first layer: a row of token ids becomes their vectors side by side. */
interface Embedding {
    /** [vocabulary, width] */
    readonly table: LayoutPart;
    /** Token ids in a row. */
    readonly slots: number;
    /** The standard deviation of its numbers before training. */
    readonly deviation: number;
}

/** One named part of a weight vector. Kernels are [in, out]: y = x W + b. */
interface LayoutPart {
    readonly name: string;
    readonly shape: readonly number[];
    readonly offset: number;
    readonly size: number;
}

/** A layer of weights: activation(x W + b). */
interface Layer {
    /** Numbers that go in. */
    readonly inputs: number;
    /** Numbers that come out: the columns of the kernel, and one more where the last output is always zero. */
    readonly outputs: number;
    readonly kernel: LayoutPart;
    /** Absent where the layer has none. */
    readonly bias?: LayoutPart;
    readonly activation: Activation | 'linear';
}

type Activation = 'relu' | 'tanh' | 'sigmoid';

/**
 * Stateless randomness: a number is a pure function of a key and an index, so nothing needs saving for
 * pause or rewind, and methods with the same seed see the same initial weights and the same batches.
 * The block function is threefry-2x32 with 20 rounds (Salmon et al., "Parallel random numbers: as easy as
 * 1, 2, 3", SC 2011), checked against its public known-answer vectors.
 */
type Key = readonly [number, number];

/** What forward keeps so that backward need not compute it again. */
interface ForwardPass {
    /** What the network says, [K, B, C]. */
    readonly logits: tf.Tensor;
    /** The input of each layer: the batch (token ids, where there is an embedding), then the hidden activations; each [K, B, width]. */
    readonly inputs: readonly tf.Tensor[];
    /** What else the way back needs; each network knows what. */
    readonly saved: readonly tf.Tensor[];
}

/** Gradients on the way back. */
interface Backward {
    /** [K, P] */
    readonly weights: tf.Tensor;
    /** With respect to what goes into the first layer, [K, B, width]: the batch, or its embedding. */
    readonly inputs: tf.Tensor;
}

/** The layers above a hidden one: a network of its own, whose weights are the last columns of the whole one's. */
interface Upper {
    readonly network: Network;
    /** Its weights from those of the whole, [K, P]. */
    readonly weights: (whole: tf.Tensor) => tf.Tensor;
}

/** Outputs of one network, [N * C] each. */
interface Prediction {
    readonly logits: Float32Array;
    /** log softmax of the logits: what they mean under a categorical head. */
    readonly logProbs: Float32Array;
}

/** Most probable class of each row (of up to 256), and its probability in 255ths: [N] each. */
interface Decisions {
    readonly winner: Uint8Array;
    readonly confidence: Uint8Array;
}

/** One network’s rows one by one: weights [P], x [1, N, D], each row's own dLoss/dLogits [N * C]. */
interface PerRow {
    /** Every row's gradient, [N * P]. @throws {SimError} engine/out-of-memory above the cap, with the size asked for */
    readonly gradients: (weights: Float32Array, x: tf.Tensor, dLogits: Float32Array) => Float32Array;
    /** The mean over the rows of their squared gradients, [P]: the diagonal of the empirical Fisher information. */
    readonly meanSquares: (weights: Float32Array, x: tf.Tensor, dLogits: Float32Array) => Float32Array;
}

type HyperValues<S extends ParamSchema> = {
    readonly [P in keyof S]: HyperValue<S[P]>;
};

/** Hyperparameters as tensors: real numbers are per lane, [K, 1]; the rest is one value for all lanes. */
type HyperValue<P extends ParamSpec> = P extends NumberSpec ? tf.Tensor : ValueOf<P>;

/** The type of a value under a spec, as plain data. */
type ValueOf<S extends FieldSpec> = S extends NumberSpec | IntSpec ? number : S extends {
    readonly kind: 'choice';
    readonly options: readonly (infer O)[];
} ? O : S extends OwnTextSpec ? string | undefined : boolean;

/** What data and forget sets may be described by besides. */
type FieldSpec = ParamSpec | OwnTextSpec;

/** Text of the reader's own, which is left out of a scenario where there is none. */
type OwnTextSpec = FactsSpec | NamesSpec | PairsSpec;

/**
 * Facts of the reader's own, one a line: a name, a relation, a value. A scenario writes them as text, and not at all where
 * there are none. Static; no sweep takes it.
 */
interface FactsSpec extends SpecBase {
    readonly kind: 'facts';
    readonly default: '';
    /** Each relation with how many words its values have. */
    readonly relations: Readonly<Record<string, number>>;
    /** How much may be brought along; letters are those of a word. */
    readonly most: {
        readonly facts: number;
        readonly authors: number;
        readonly letters: number;
    };
}

/** Names separated by commas, as text; not written where there are none. Static; no sweep takes it. */
interface NamesSpec extends SpecBase {
    readonly kind: 'names';
    readonly default: '';
    readonly most: number;
    /** Of a word. */
    readonly letters: number;
}

/** Places with the numbers that were seen there, one pair a line, as text; not written where there are none. Static; no sweep takes it. */
interface PairsSpec extends SpecBase {
    readonly kind: 'pairs';
    readonly default: '';
    readonly least: number;
    readonly most: number;
}

/** Hyperparameters of one lane as plain values. */
type LaneValues<S extends ParamSchema> = {
    readonly [P in keyof S]: ValueOf<S[P]>;
};

/**
 * One lane as plain numbers: for masks and for methods that edit weights once. Everything is computed when asked for,
 * on whole splits in their natural order, with the mean cross-entropy as loss.
 */
interface LaneView {
    readonly model: Network;
    /** The lane's own stream for this purpose. */
    readonly key: Key;
    /** Points of the whole training set, also those that earlier requests have removed. */
    readonly total: number;
    /** The original model's weights θ_o, [P]. */
    readonly original: () => Float32Array;
    /** Fresh weights as before any training, [P]. */
    readonly initial: () => Float32Array;
    readonly rows: (split: Split) => SplitRows;
    /**
     * Every other test point of the forget set's law: for a rule that is defined with held-out points, and for nothing else.
     * `indices` are into the test set.
     */
    readonly heldOut: () => SplitRows;
    /** Gradient of the mean cross-entropy on a split, [P]; at θ_o if no weights are given. */
    readonly gradient: (split: Split, weights?: Float32Array) => Float32Array;
    /** Gradient of each row's own cross-entropy with respect to its inputs at θ_o, [N * D]. */
    readonly inputGradient: (split: Split) => Float32Array;
    /** Mean over the rows of the squared gradient, [P], where each has the dLoss/dLogits [N * C] of its own; at θ_o. */
    readonly meanSquares: (split: Split, dLogits: Float32Array) => Float32Array;
    /** Diagonal of the empirical Fisher information on a split: the mean over its rows of the squared gradient of -log p, [P]; at θ_o. */
    readonly fisher: (split: Split) => Float32Array;
    /** Activations of every hidden layer at θ_o, [N * width] each. */
    readonly hidden: (split: Split) => readonly Float32Array[];
    /** Logits of a network at the rows of a split, [N * C]. */
    readonly logits: (split: Split, weights?: Float32Array) => Float32Array;
}

/** The rows of a split as plain numbers. */
interface SplitRows {
    /** N */
    readonly count: number;
    /** [N * D] */
    readonly x: Float32Array;
    /** [N] */
    readonly y: Int32Array;
    /** Their places in the training set, ascending, [N]. */
    readonly indices: Int32Array;
}

/** How the scenario trains its models: for a method that changes the training itself. */
interface TrainingSettings extends PlainSettings {
    readonly steps: number;
    readonly batchSize: number | 'full';
    /** The factor on the learning rate of a training step, from 0; absent: always 1. */
    readonly rate?: (step: number, steps: number) => number;
}

/** The settings of an optimizer as plain numbers. */
interface PlainSettings {
    readonly optimizer: OptimizerName;
    readonly learningRate: number;
    readonly momentum: number;
    readonly weightDecay: number;
    readonly clipNorm: number;
}

type OptimizerName = 'sgd' | 'momentum' | 'adam';

/** One mini-batch of a split, for K lanes. */
interface Batch {
    /** How outputs and targets are read. Absent: softmax over classes. */
    readonly head?: Head;
    /** What goes into the network: numbers [K, B, D], or token ids [K, B, slots] as int32. */
    readonly x: tf.Tensor;
    /** The targets: labels [K, B] as int32, or numbers [K, B, O] under a real head. */
    readonly y: tf.Tensor;
    /** Other targets for the same rows (random labels, "I don't know"), in the shape of `y`. */
    readonly alternatives?: tf.Tensor;
    /** What the original model θ_o says: log-probabilities [K, B, C], or its outputs [K, B, O] under a real head. */
    readonly reference?: tf.Tensor;
    /** What the method's teacher says, likewise. */
    readonly teacher?: tf.Tensor;
    /** B: the rows of the longest lane. */
    readonly size: number;
    /** Absent: every row is an example of its own, and every lane has B of them. */
    readonly examples?: Examples;
    /** Other examples, with rows of their own: example s of a lane there takes the place of its example s here. */
    readonly alternativeExamples?: Batch;
    /** Where the rows are noised points under conditions: how they came about. */
    readonly noised?: Noised;
}

type Head = CategoricalHead | RealHead;

/** Softmax over C outputs; a target is a class. */
interface CategoricalHead {
    readonly kind: 'categorical';
}

/**
 * A normal distribution around the O outputs, of the same fixed variance in every direction; a target is O numbers. The
 * constant of its density is left out: log p = -‖f - y‖² / 2τ². Every objective counts 2τ²-fold, in units of the squared error.
 */
interface RealHead {
    readonly kind: 'real';
    /** τ² */
    readonly variance: number;
}

/** Which rows belong together, and which are there to fill up. */
interface Examples {
    /** The example of each row in its lane's batch, [K * B], ascending; -1 for rows of padding, which come last. */
    readonly of: Int32Array;
    /** Rows that are no padding, [K]. */
    readonly rows: readonly number[];
    /** Examples, [K]. */
    readonly count: readonly number[];
}

/** Rows of a diffusion model: points, each noised up to a time of its own and told under a condition. */
interface Noised {
    readonly process: Process;
    /** [K * B] */
    readonly times: Int32Array;
    /** Places among the process's codes, [K * B]. */
    readonly conditions: Int32Array;
    /** The same with nothing in place of what is to be erased, [K * B]. */
    readonly nulls: Int32Array;
    /** The same with another value in its place, for a method that declares alternative labels, [K * B]. */
    readonly alternatives?: Int32Array;
}

/**
 * The noising process of a denoising diffusion model (DDPM, Ho, Jain and Abbeel 2020), and what its network is told: a noised
 * point, when, and under which condition. x_t = √ᾱ_t x_0 + √(1-ᾱ_t) ε; the network says ε.
 */
interface Process {
    /** T; times are 0 to T - 1. */
    readonly steps: number;
    /** ᾱ_t: how much of a point's variance is left, [T]. */
    readonly kept: Float64Array;
    /** What the network is told of a time, [T * FEATURES]. */
    readonly features: Float32Array;
    /** What the network is told of a condition, a row of `codeWidth` numbers for each. */
    readonly codes: Float32Array;
    readonly codeWidth: number;
}

/** A term with its hyperparameters and its factor, lane by lane. */
interface LaneTerm<T = AnyTerm> {
    readonly term: T;
    readonly settings: readonly unknown[];
    /** Absent: 1. */
    readonly scale?: readonly number[];
}

type AnyTerm = AnyRowTerm | AnyOutputTerm;

type AnyRowTerm = RowTerm<any, any>;

/** One term of an objective: a mean over the rows or the examples of a split. `T`: hyperparameters as tensors, [K, 1]. */
interface RowTerm<N, T> {
    readonly on: Split;
    /** Absent: rows. A function where a choice among the hyperparameters decides; it reads nothing else. */
    readonly mean?: MeanOver | ((settings: N | T) => MeanOver);
    /** Its rows are those of the alternative examples, where the batch has some. */
    readonly of?: 'alternatives';
    readonly pulls: readonly Pull<N>[];
    /**
     * The same term as a loss per row [K, B] or, with a mean over examples, per example [K, S], in nats: what the pulls must be
     * the gradient of; the tests hold them to it. Absent in a rule that is given by its pulls alone.
     */
    readonly loss?: (rows: Rows, settings: T) => tf.Tensor;
}

/** What a term is a mean of. Where every row is an example the two are the same. */
type MeanOver = 'examples' | 'rows';

/** `N`: the hyperparameters of one lane as plain values. */
interface Pull<N> {
    readonly towards: Towards;
    /** Positive pulls towards, negative pushes away. Made of + - * / and engine/base/math.ts, so that it is the same everywhere. */
    readonly weight: (row: Row, settings: N) => number;
    /** The weights of the first `count` rows at once, where that is faster than one by one; the same to the bit. The list is valid until the next call. */
    readonly weights?: (columns: Columns, settings: N, count: number) => ArrayLike<number>;
}

/** Towards what a pull goes: the target, the alternative one, the original model's output, or 1/C for all classes. */
type Towards = 'label' | 'alternative' | 'reference' | 'uniform';

/** What a weight may know of its row and of the example that the row belongs to: plain numbers. */
interface Row {
    /** log p of the example's target: the sum over its rows. */
    readonly logP: number;
    /** log p of the example's alternative target, or of its alternative example. */
    readonly logPAlternative: number;
    /** log p̂ of the example's target under the original model. */
    readonly logPReference: number;
    /** log p̂ of the alternative under the original model. */
    readonly logPReferenceAlternative: number;
    /** log p of the row alone. */
    readonly rowLogP: number;
    /** log p̂ of the row alone under the original model. */
    readonly rowLogPReference: number;
    /** Rows of the example. */
    readonly exampleLength: number;
}

/** The columns that rows are read from, [rows] each. */
interface Columns {
    readonly logP: Float32Array;
    readonly logPAlternative?: Float32Array | undefined;
    readonly logPReference?: Float32Array | undefined;
    /** There where both of the others are. */
    readonly logPReferenceAlternative?: Float32Array | undefined;
    /** Absent: the same as `logP`. */
    readonly rowLogP?: Float32Array | undefined;
    /** There where `rowLogP` and `logPReference` are. */
    readonly rowLogPReference?: Float32Array | undefined;
    /** Rows of each row's example. Absent: 1. */
    readonly exampleLength?: Float32Array | undefined;
}

/** The rows of all lanes as tensors, for a loss that is to be differentiated. Computed once, on first use. */
interface Rows {
    /** What the network says, [K, B, C]. */
    readonly logits: tf.Tensor;
    /** Probabilities p, [K, B, C]. */
    readonly probs: tf.Tensor;
    /** log p, [K, B, C]. */
    readonly logProbs: tf.Tensor;
    /** log p of each example's target, [K, S]: the sum over its rows. S is B where every row is an example. */
    readonly logP: tf.Tensor;
    /** log p of the alternative, [K, S]. */
    readonly logPAlternative: tf.Tensor;
    /** log p̂ under the original model, [K, B, C]. */
    readonly referenceLogProbs: tf.Tensor;
    /** log p̂ of each example's target, [K, S]. */
    readonly logPReference: tf.Tensor;
    /** log p̂ of the alternative, [K, S]. */
    readonly logPReferenceAlternative: tf.Tensor;
    /** log p of each row's target, [K, B]. */
    readonly rowLogP: tf.Tensor;
    /** log p̂ of each row's target, [K, B]. */
    readonly rowLogPReference: tf.Tensor;
    /** log p of each row's alternative target, [K, B], or of each row of the alternative examples. */
    readonly rowLogPAlternative: tf.Tensor;
    /** Rows of each example, [K, S]; 1 where there is none. */
    readonly exampleLength: tf.Tensor;
    /** Of each row its place in its example, from 0, and the rows of that example, [K, B] each. */
    readonly within: {
        readonly place: tf.Tensor;
        readonly length: tf.Tensor;
    };
    /** KL(p̂ ‖ p) of each row, [K, B]. */
    readonly divergence: tf.Tensor;
    /** Log-probabilities under the method's teacher, [K, B, C]. */
    readonly teacherLogProbs: tf.Tensor;
    /** The labels as one-hot rows, [K, B, C]. */
    readonly oneHot: tf.Tensor;
    /** Those of the alternative examples, where the batch has some. */
    readonly others?: Rows;
    /** 1 for rows, 0 for padding, [K, B]. */
    readonly isRow: tf.Tensor;
    /** 1 for rows of the alternative examples, 0 for their padding. */
    readonly isAlternativeRow: tf.Tensor;
    /** 1 for examples, 0 where a lane has fewer than others, [K, S]. */
    readonly isExample: tf.Tensor;
}

type AnyOutputTerm = OutputTerm<any, any>;

/**
 * One term of an objective that says dLoss/dLogits of a whole batch: for targets that are computed, for losses of
 * logits, for batch means inside a nonlinearity. Its rows are pulls too: each goes along minus its gradient.
 */
interface OutputTerm<N, T> {
    readonly on: Split;
    /**
     * Writes dLoss/dLogits into out, [B * C], the 1/B of a mean included, and into `others` that of the rows of the alternative
     * examples, where there are some. Made of + - * /, Math.sqrt and engine/base/math.ts.
     */
    readonly gradient: (outputs: LaneOutputs, settings: N, out: Float32Array, others?: Float32Array) => void;
    /** The term as a loss per lane, [K], in nats: what `gradient` must be the gradient of. */
    readonly loss: (rows: Rows, settings: T) => tf.Tensor;
}

/** One lane's batch as plain numbers, for a term that single pulls are too narrow for. */
interface LaneOutputs {
    /** B */
    readonly rows: number;
    /** C */
    readonly classes: number;
    /** z, [B * C] */
    readonly logits: Float32Array;
    /** log p, [B * C] */
    readonly logProbs: Float32Array;
    /** p, [B * C] */
    readonly probs: Float32Array;
    /** [B] */
    readonly labels: Int32Array;
    /** Other labels, [B]. */
    readonly alternatives: Int32Array;
    /** log p̂ under the original model, [B * C]. */
    readonly reference: Float32Array;
    /** Log-probabilities under the method's teacher, [B * C]. */
    readonly teacher: Float32Array;
    /** The example of each row, ascending from 0, [B]. Absent: every row is one of its own. */
    readonly exampleOf?: Int32Array;
    /** The rows of the alternative examples, where the batch has some: example s there takes the place of example s here. */
    readonly others?: LaneOutputs;
}

/** How the gradient of a step comes about: a wrapper gives back another one. Every tensor is [K, P]. */
interface StepGradient {
    /** The terms of the step, the run's retain term among them. */
    readonly terms: readonly LaneTerm[];
    /** This step's mini-batch of a split. */
    readonly batch: (split: Split) => Batch;
    /** The gradient of the terms on one split at some weights; undefined where there are none. */
    readonly on: (split: Split, weights: tf.Tensor) => tf.Tensor | undefined;
    /**
     * Makes one gradient of those on the two splits. Absent: their sum.
     *
     * @throws {SimError} method/failed where it lacks one of them
     */
    readonly join?: (forget: tf.Tensor | undefined, retain: tf.Tensor | undefined) => tf.Tensor;
    /** Gradients at some weights that come on top of that. */
    readonly extra: readonly ((weights: tf.Tensor) => tf.Tensor)[];
}

/** What a step moves and what it moves by; every tensor [K, P]. */
interface Descent {
    readonly optimizer: Optimizer;
    readonly settings: OptimizerSettings;
    /** 1 where a weight may move, 0 where it stays as it was at `start`. */
    readonly mask?: tf.Tensor;
    /** How many weights of each lane this step puts back to `start`, [K]: see `settle`. */
    readonly settled?: readonly number[];
    /** The weights at step 0. */
    readonly start: tf.Tensor;
}

/**
 * An optimizer as a pair of pure functions, after optax, with PyTorch's semantics: v ← μv + g, θ ← θ - ηv; weight decay is
 * part of g before any momentum; Adam's ε is 1e-8 and stands outside the root.
 */
interface Optimizer {
    readonly name: OptimizerName;
    readonly init: (weights: tf.Tensor) => OptimizerState;
    /** One update. `step` counts from 0; `gradient` is [K, P] with weight decay already in it. */
    readonly update: (weights: tf.Tensor, gradient: tf.Tensor, state: OptimizerState, settings: OptimizerSettings, step: number) => Moved;
}

/** Moments and the like: each [K, P]. Empty for plain SGD. */
type OptimizerState = Readonly<Record<string, tf.Tensor>>;

/** Per-lane settings, each [K, 1]; a missing one costs nothing. */
interface OptimizerSettings {
    readonly learningRate: tf.Tensor;
    readonly momentum?: tf.Tensor;
    readonly weightDecay?: tf.Tensor;
    /** Largest L2 norm of a step's gradient; a lane without a limit has Infinity. */
    readonly clipNorm?: tf.Tensor;
}

/** Weights and moments after a step, each [K, P]. */
interface Moved {
    readonly weights: tf.Tensor;
    readonly state: OptimizerState;
}

/** A flat record of tensors [K, ...] with `weights` [K, P] at least: it is saved, restored and thinned out by lane. */
type MethodState = Readonly<Record<string, tf.Tensor>> & {
    readonly weights: tf.Tensor;
};

interface StepResult {
    readonly state: MethodState;
    /** Loss per lane before the update, [K], if the step knows it: a lane whose loss is not finite has diverged. */
    readonly loss?: tf.Tensor;
    /** Rows that each lane has visited, where the method reads them by itself and not from `batch` or `all`. */
    readonly visits?: readonly number[];
}

/** A lane's share of a state: the same tensors without their first dimension. */
type HeldState = Readonly<Record<string, {
    readonly values: Float32Array;
    readonly shape: readonly number[];
}>>;

type Term<N, T> = RowTerm<N, T> | OutputTerm<N, T>;

/** What answers for a lane: a network, or what a method makes of several. */
interface Served {
    /** Numbers in its weights, P. */
    readonly size: number;
    readonly predict: Network['predict'];
    readonly decide: Network['decide'];
    /** How it draws, where that is not step by step: points [2 n] from noise [2 n] under codes [n * codeWidth]. */
    readonly sample?: (weights: Float32Array, process: Process, codes: Float32Array, start: Float32Array) => Float32Array;
}

/** How a method draws its alternative labels when the scenario gives none. */
interface AlternativeRule {
    /** Whether to draw anew in every pass over the forget set. */
    readonly redraw: boolean;
    /** They are labels of other examples, which take the place of the forget set's; absent: of the forget set's own. */
    readonly ofOthers?: true;
    readonly draw: (from: AlternativeDraw) => Int32Array;
}

/** Whose labels are to be replaced, for a method that draws alternative labels. */
interface AlternativeDraw {
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

/** How a method draws other numbers under a real head, [N_f]. */
interface NumberRule {
    /** Whether to draw anew in every pass over the forget set. */
    readonly redraw: boolean;
    readonly draw: (from: NumberDraw) => Float32Array;
}

/** What stands in place of the forget set's numbers, for a method that draws others. */
interface NumberDraw {
    /** N_f */
    readonly count: number;
    /** Of all training numbers, in units of y. */
    readonly mean: number;
    readonly deviation: number;
    /** Key of the lane and of the epoch; index by position in the forget set. */
    readonly key: Key;
}

/** A method that edits the weights of each lane once; under a mask, only the free ones. */
declare const editMethod: <const S extends ParamSchema>(spec: Omit<MethodInfo<S>, 'schedule' | 'start'> & {
    /** New weights [P] of one lane. @throws {SimError} method/failed */
    readonly edit: (lane: LaneView, settings: LaneValues<S>) => Float32Array;
} & Pick<Method<S>, 'account'>) => Method<S>;

/** Gradient [K, P] of a loss per lane [K] by the tensor library. Lanes share nothing, so their sum may be differentiated. */
declare const lossGradient: (weights: tf.Tensor, loss: (weights: tf.Tensor) => tf.Tensor) => tf.Tensor;

/** A method from its row terms; a run's retain term, mask and optimizer are added by the context. */
declare const rowMethod: <const S extends ParamSchema, const Q extends SequenceParams = Record<never, never>>(spec: Omit<MethodInfo<S>, 'sequenceParams'> & {
    readonly sequenceParams?: Q;
    readonly terms: readonly Term<LaneValues<Read<S, Q>>, HyperValues<Read<S, Q>>>[];
    /** Whether its terms and the run's retain term are one mean over all rows of both, in place of a mean each. */
    readonly isPooled?: (settings: LaneValues<Read<S, Q>>) => boolean;
} & Hooks<S>) => Method<S>;

/** Parameters of examples of several rows, as a method states them. */
type SequenceParams = Readonly<Record<string, ParamSpec | null>>;

/** What the terms of a method read: its parameters, and what it asks of examples of several rows alone. */
type Read<S extends ParamSchema, Q extends SequenceParams> = S & {
    readonly [P in Exclude<keyof Q, keyof S>]: NonNullable<Q[P]>;
};

/** What a method of either kind may say besides. */
type Hooks<S extends ParamSchema> = Pick<Method<S>, 'alternatives' | 'teacher' | 'account' | 'settingsAt'>;

/**
 * Version 2's defaults, which are those of version 1. Links store only what differs from them, so a value on this page
 * may never change: an old link would silently mean something else. Parameters of methods, masks, wrappers and generators are not here: their
 * defaults stand in their own schemas, and links always write them out.
 */
declare const version = 2;

/** What `--out` writes and "Export JSON" saves. */
interface Results {
    readonly version: 1;
    readonly scenario: Scenario;
    readonly checksum: string;
    readonly engine: {
        readonly backend: string;
        readonly version: string;
    };
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

/** Everything that defines an experiment, with every default filled in. */
interface Scenario {
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
    readonly evaluate: {
        readonly every: number;
    };
    /** Attacks and probes on the runs' weights. Absent: none. */
    readonly attacks?: readonly AttackSpec[];
    readonly claims: readonly Claim[];
    readonly view: ViewSpec;
}

type DataSpec = {
    readonly generator: 'inline';
    readonly seed: number | 'lane';
    readonly params: InlineParams;
    /** Points by run seed; the other seeds have `params`. */
    readonly bySeed?: Readonly<Record<string, InlineParams>>;
} | {
    readonly generator: string;
    readonly seed: number | 'lane';
    readonly params: Readonly<Record<string, ParamValue>>;
};

interface InlineParams {
    readonly train: InlinePoints;
    readonly test: InlinePoints;
    /** Indices of test that come from the forget distribution. */
    readonly testForget?: readonly number[];
}

interface InlinePoints {
    readonly x: readonly (readonly number[])[];
    readonly y: readonly number[];
}

type ForgetSpec = {
    readonly kind: 'class';
    readonly label: number;
} | {
    readonly kind: 'random';
    readonly fraction: number;
    readonly seed: number | 'lane';
} | {
    readonly kind: 'indices';
    readonly indices: readonly number[];
} | ({
    readonly kind: 'region';
} & Region) | {
    readonly kind: 'component';
    readonly name: string;
    readonly fraction: number;
    readonly seed: number | 'lane';
} | SelectorSpec | RuleSpec;

/** A place in the plane of a two-dimensional data set, in data coordinates. */
type Region = {
    readonly polygon: readonly (readonly [number, number])[];
} | {
    readonly disc: {
        readonly center: readonly [number, number];
        readonly radius: number;
    };
};

/** A forget set that a rule chooses once the original model is trained: `count` points, of each seed its own. */
interface SelectorSpec {
    readonly kind: 'selector';
    readonly id: string;
    readonly count: number;
    readonly params: Readonly<Record<string, ParamValue>>;
}

/** A forget set by a rule of the scenario's family: which rules there are, the family says. */
interface RuleSpec {
    readonly kind: 'rule';
    readonly id: string;
    readonly params: Readonly<Record<string, ParamValue>>;
}

type ModelSpec = MlpModelSpec | RandomFeaturesSpec | LinearSpec | NetworkSpec;

interface MlpModelSpec {
    readonly kind: 'mlp';
    /** Widths of the hidden layers: 1 to 6 of them, 1 to 512 each. */
    readonly hidden: readonly number[];
    readonly activation: Activation;
    readonly init: Initializer;
    readonly weights?: WeightsSpec;
}

/** `auto` is He for relu and Glorot otherwise. */
type Initializer = 'auto' | 'glorot' | 'he';

interface WeightsSpec extends GivenWeights {
    /** By run seed; the others have what stands beside. */
    readonly bySeed?: Readonly<Record<string, GivenWeights>>;
}

/** Weights that come from elsewhere: what is given is not trained again. */
interface GivenWeights {
    readonly original?: NamedWeights;
    /** After the last request. */
    readonly retrained?: NamedWeights;
}

/** Named arrays of numbers: matrices [in][out], vectors [out]. */
type NamedWeights = Readonly<Record<string, readonly number[] | readonly (readonly number[])[]>>;

/** φ(x) = relu(W x) with W [features, inputs] drawn from N(0, 1/inputs) for each run seed, never trained; logits (φ a, 0). */
interface RandomFeaturesSpec {
    readonly kind: 'random-features';
    readonly features: number;
    readonly weights?: WeightsSpec;
}

/** Logits (x a, 0): no biases, the last class's logit is zero. */
interface LinearSpec {
    readonly kind: 'linear';
    readonly weights?: WeightsSpec;
}

/** A network of the scenario's family: which networks there are, the family says. */
interface NetworkSpec {
    readonly kind: 'network';
    readonly id: string;
    readonly params: Readonly<Record<string, ParamValue>>;
    readonly weights?: undefined;
}

/** A rule of the reader's own: pulls whose weights are formulas. It is data: nothing in it is ever run. */
interface OwnRule {
    /** Kebab-case; a run names it as its method. */
    readonly id: string;
    readonly title: string;
    readonly params: Readonly<Record<string, OwnParam>>;
    readonly terms: readonly OwnTerm[];
}

/** A hyperparameter of one's own. */
interface OwnParam {
    readonly label: string;
    readonly symbol?: string;
    readonly default: number;
    readonly min: number;
    readonly max: number;
    readonly scale: 'linear' | 'log';
}

interface OwnTerm {
    readonly on: 'forget' | 'retain';
    /** What the term is a mean of. */
    readonly mean: 'examples' | 'rows';
    readonly pulls: readonly OwnPull[];
}

interface OwnPull {
    readonly towards: OwnTowards;
    /** A formula: positive pulls towards, negative pushes away. */
    readonly weight: string;
}

type OwnTowards = (typeof OWN_TOWARDS)[number];

/** Towards what a pull goes: the label, the alternative one, what the original model says, or all classes alike. */
declare const OWN_TOWARDS: readonly ['label', 'alternative', 'original', 'all'];

interface OptimizerSpec {
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

type BatchSize = number | 'full';

interface RunSpec extends OptimizerSpec {
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

interface RetainSpec {
    readonly kind: string;
    readonly weight: number;
    readonly batchSize: BatchSize;
}

interface MaskSpec {
    readonly kind: string;
    /** Fraction of the weights that may move. */
    readonly keep: number;
    /** The mask's own settings. */
    readonly [param: string]: ParamValue;
}

/** One class per forget example in ascending training index, perhaps by run seed. */
type LabelsSpec = readonly number[] | {
    readonly bySeed: Readonly<Record<string, readonly number[]>>;
};

/** An attack or a probe on a run. */
interface AttackSpec {
    readonly kind: string;
    /** The name of the run; of a swept one, every setting is attacked. */
    readonly run: string;
    /** The step whose weights are attacked: the nearest recorded one at or before it. */
    readonly at: 'last' | number;
    readonly params: Readonly<Record<string, ParamValue>>;
}

/** What a preset says it shows, in a form that a machine checks on every seed. */
interface Claim {
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

type ClaimAt = 'last' | 'first' | 'any' | 'every' | 'argmin' | 'argmax' | number | ClaimWhen;

interface ClaimWhen {
    readonly when: {
        readonly metric: string;
        readonly is: Comparison;
        readonly value: number;
    };
}

type Comparison = '<' | '<=' | '>' | '>=' | '==' | '!=';

/** The other side of a comparison; absent fields are those of the claim itself. */
interface ClaimThan {
    readonly run?: string;
    readonly metric?: string;
    readonly at?: ClaimAt;
    readonly times?: number;
    readonly plus?: number;
    readonly where?: Readonly<Record<string, ParamValue>>;
}

interface ViewSpec {
    /** The one knob that a phone shows: 'runs.NPO.params.beta', 'data.params.noise'. */
    readonly hero?: string;
    /** The step at which the clock opens; the last one if absent. */
    readonly step?: number;
    readonly chart?: 'tradeoff' | 'series';
    /** What a lecturer shows, in this order. Absent: one run after the other, then everything. */
    readonly reveal?: readonly RevealStep[];
}

/** One view of a lecture. */
interface RevealStep {
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

type RevealShow = 'panels' | 'tradeoff' | 'series' | 'claims';

/** Metrics that matter first, by their ids. */
interface Headline {
    /** Between 0 and 1: how much of the forget set a model still has. */
    readonly forget: string;
    /** Between 0 and 1: how much of the rest it still has. */
    readonly keep: string;
    /** What else stands on top of the table, in the terminal, and in the checksum, which compares a link's results. */
    readonly others: readonly string[];
}

/** What a selector has chosen under one seed: with several requests, everything that is forgotten in the end. */
interface ForgetSet {
    readonly seed: number;
    /** Into the training points, ascending. */
    readonly indices: readonly number[];
}

/** A model whose training came to numbers that are no longer finite. What is used of it is its last finite state. */
interface TrainingDivergence {
    readonly model: 'original' | 'retrained';
    readonly seed: number;
    /** First step after which a number was no longer finite. */
    readonly step: number;
}

interface ModelResult {
    readonly seed: number;
    readonly metrics: MetricValues;
}

type MetricValues = Readonly<Record<string, MetricValue>>;

/** A metric that does not exist is null, never NaN. */
type MetricValue = number | null;

interface RunResult {
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

/** What an attack found under one seed. */
interface AttackResult {
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

/** Whose weights an attack is tried on: the model under attack, and the three that it is compared with. */
type AttackSubject = 'unlearned' | 'original' | 'retrained' | 'fresh';

/** A value over the steps of an attack; one without steps has the single step 0. */
interface AttackResultSeries {
    readonly steps: readonly number[];
    readonly values: readonly MetricValue[];
}

/** An attack that could not be carried out. */
interface AttackFailure {
    readonly kind: string;
    readonly run: string;
    readonly seed: number;
    readonly error: WireError;
}

/** An error in the form in which it crosses a worker boundary. */
interface WireError {
    readonly code: ErrorCode;
    readonly message: string;
    readonly faults: readonly Fault[];
}

/** A run (under one swept setting) that could not be carried out. */
interface RunFailure {
    readonly label: string;
    readonly error: WireError;
}

interface ClaimResult {
    readonly text: string;
    readonly holds: boolean;
    readonly held: number;
    readonly of: number;
    /** Seeds for which a side of the comparison does not exist. */
    readonly leftOut: number;
    /** Of a claim about a mean: the mean over n seeds of its value, or of the difference of its two sides, seed by seed. */
    readonly mean?: {
        readonly value: number;
        readonly n: number;
        readonly isDifference: boolean;
    };
    /** The numbers behind the verdict; of several swept lanes the one that decides. */
    readonly seeds: readonly ClaimSeed[];
}

/** The two sides of a claim for one seed, as its text is decided; null where a side does not exist. */
interface ClaimSeed {
    readonly seed: number;
    readonly left: MetricValue;
    readonly right: MetricValue;
    /** Null where a side does not exist. */
    readonly holds: boolean | null;
}

/** seq counts from 0 without gaps. Exactly one of finished, cancelled, failed ends a run, and nothing follows it. */
type RunEvent = RunEventBody & {
    readonly runId: string;
    readonly seq: number;
};

type RunEventBody = {
    readonly type: 'started';
    readonly variants: readonly VariantInfo[];
    readonly seeds: readonly number[];
    /** Metrics by which forgetting and keeping are shown first; absent: by what kind of forget set it is. */
    readonly headline?: Headline;
    /** Order of the numbers in `metrics` events. */
    readonly metricIds: readonly string[];
    readonly backend: string;
    readonly engineVersion: string;
    /** The seed whose pictures are sent as they arise. */
    readonly shownSeed: number;
} | {
    readonly type: 'data';
    /** The seeds that use this draw. */
    readonly seeds: readonly number[];
    /** Ascending indices into the training examples. Where a selector chooses, a second event has them, and the first has none. */
    readonly forget: Int32Array;
    /** Training examples. */
    readonly examples: number;
    readonly shown: Shown;
} | {
    readonly type: 'phase';
    readonly phase: Phase;
    readonly seeds: readonly number[];
    readonly steps: number;
}
/** Work done so far, in row visits; `total` is an estimate made before the start. */
 | {
    readonly type: 'progress';
    readonly phase: Phase;
    readonly step: number;
    readonly done: number;
    readonly total: number;
}
/** A picture: while training (phase tells which training) or at a recorded unlearning step. Only for `shownSeed`. */
 | {
    readonly type: 'frame';
    readonly phase: Phase;
    readonly model: ModelRef;
    readonly seed: number;
    readonly step: number;
    readonly frame: Picture;
}
/** All metrics of one model, in the order of `metricIds`; NaN where undefined. For original and retrained: once, after training, step 0. */
 | {
    readonly type: 'metrics';
    readonly model: ModelRef;
    readonly seed: number;
    readonly step: number;
    readonly values: Float64Array;
}
/** A number is no longer finite, or a weight is above 1e6 in size. The lane keeps its last finite state; the others go on. */
 | {
    readonly type: 'diverged';
    readonly variant: number;
    readonly seed: number;
    readonly step: number;
}
/** The training of the original or the retrained model has diverged: its last finite weights are used. */
 | {
    readonly type: 'trainingDiverged';
    readonly model: 'original' | 'retrained';
    readonly seed: number;
    readonly step: number;
}
/** A lane is complete. */
 | {
    readonly type: 'lane';
    readonly variant: number;
    readonly seed: number;
    readonly sampleVisits: number;
    readonly milliseconds: number;
    /** Only of methods that keep accounts of deletions. */
    readonly account?: Readonly<Record<string, number>>;
}
/** A variant could not run (for example a mask that keeps nothing); the others go on. */
 | {
    readonly type: 'variantFailed';
    readonly variant: number;
    readonly error: WireError;
}
/** What an attack that the scenario asks for found; `attack` is its place in scenario.attacks. */
 | {
    readonly type: 'attack';
    readonly attack: number;
    readonly variant: number;
    readonly seed: number;
    /** The attacked step. */
    readonly step: number;
    readonly outcome: AttackOutcome;
}
/** An attack could not be tried; the others go on. */
 | {
    readonly type: 'attackFailed';
    readonly attack: number;
    readonly variant: number;
    readonly seed: number;
    readonly error: WireError;
} | {
    readonly type: 'finished';
    readonly milliseconds: number;
} | {
    readonly type: 'cancelled';
} | {
    readonly type: 'failed';
    readonly error: WireError;
};

/** One run under one swept setting: what the page shows as a panel. An unswept run has one variant. */
interface VariantInfo {
    readonly variant: number;
    /** Index into scenario.runs. */
    readonly run: number;
    /** The run's name. */
    readonly name: string;
    /** The name with the swept settings: 'NPO β=0.1'. Unique within the scenario. */
    readonly label: string;
    readonly method: string;
    /** Only the swept settings, by dotted path. */
    readonly swept: Readonly<Record<string, ParamValue>>;
    /** Every setting by dotted path. */
    readonly settings: Readonly<Record<string, ParamValue>>;
    /** Updates over all requests. */
    readonly steps: number;
    /** The steps at which metrics and pictures exist: 0, every, 2 every, ..., and the last one of each request. */
    readonly recorded: readonly number[];
}

/** The data as the page draws them: each family has a kind of its own. */
interface Shown {
    readonly kind: string;
    /** What its pictures cover, where they are of a plane: [left, right, bottom, top]. */
    readonly extent?: readonly [number, number, number, number];
}

type Phase = 'training' | 'selecting' | 'retraining' | 'unlearning' | 'attacking';

/** Which model: θ_o, θ_r, or a variant's unlearned model. */
type ModelRef = 'original' | 'retrained' | number;

/** A picture of a model at a step: each family has kinds of its own. Its arrays are transferred, not copied. */
interface Picture {
    readonly kind: string;
    /** Cells per side, where a finer one can be asked for. */
    readonly size?: number;
}

/** What an attack found. Plain JSON but for NaN. */
interface AttackOutcome {
    /** By subject, then by the id of the value. */
    readonly values: Readonly<Partial<Record<AttackSubject, Readonly<Record<string, AttackSeries>>>>>;
    readonly samples?: readonly AttackSamples[];
    /** What a reader of the numbers has to know: how many points, what stands for what. */
    readonly notes: readonly string[];
}

/** A value over the steps of an attack; a value without steps has the single step 0. NaN where undefined. */
interface AttackSeries {
    readonly steps: readonly number[];
    readonly values: readonly number[];
}

/** Single examples' numbers, for a histogram and a threshold. */
interface AttackSamples {
    readonly subject: AttackSubject;
    readonly members: readonly number[];
    readonly nonMembers: readonly number[];
}

/** The experiments that come with the lab, by id, as the JSON of their files: `{ ...presets['ga-vs-npo'], seeds: [0] }` is another one. */
declare const presets: Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A run that goes on as it is pulled. Not pulling is a pause; leaving the loop ends it and frees what it holds. */
interface Simulation extends AsyncIterable<RunEvent, void, void> {
    /** The scenario with every default filled in. */
    readonly scenario: Scenario;
    /**
     * Computes what is left and gives everything that was found, as a results file holds it; of a run that was left early, what it
     * found until then. A run that could not be carried out stands in `failures`; the others have gone on.
     *
     * @throws {SimError} if nothing could be computed
     */
    readonly results: () => Promise<Results>;
}

/** What a simulation may be told besides its scenario. */
interface SimulationOptions {
    /** Methods of one's own: the scenario's runs name them by their ids. */
    readonly methods?: readonly AnyMethod[];
    /** Only these metrics, by their ids; all if absent. What is not asked for is not computed, and the claims about it are left undecided. */
    readonly metrics?: readonly string[];
}

/**
 * Runs an experiment: trains the original and the retrained model under every seed, unlearns with every run, and measures.
 * The numbers are those of the page and of the command line, to the bit, wherever the kernels run.
 *
 * @param input a preset, or any scenario as JSON; what it leaves out has the format's defaults
 * @throws {SimError} scenario/invalid with every fault and its place; scenario/newer-version; method/failed if `methods` holds what is
 * no method, or two with one id
 */
declare const simulate: (input: object, { methods, metrics }?: SimulationOptions) => Simulation;

export { AnyMethod, ENGINE_VERSION, ErrorCode, Fault, Method, MethodContext, MethodState, Results, Row, Rows, RunEvent, Scenario, SimError, Simulation, SimulationOptions, StepResult, Term, editMethod, exp, log, lossGradient, presets, rowMethod, sigmoid, simulate, tanh, tf, version as SCENARIO_VERSION };
