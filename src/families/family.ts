import type { LocalityCurve } from '../engine/base/locality.ts';
import type { Key } from '../engine/base/random.ts';
import type { AnyAttack, AttackView } from '../engine/contracts/attack.ts';
import type { AnyGenerator, Dataset } from '../engine/contracts/dataset.ts';
import type { LaneView } from '../engine/contracts/lane-view.ts';
import type { AnyMethod, Need, RetainTerm } from '../engine/contracts/method.ts';
import type { AnyMetric } from '../engine/contracts/metric.ts';
import type { Network, Served } from '../engine/contracts/network.ts';
import type { Batch, LaneTerm, Split as Side } from '../engine/contracts/rows.ts';

import type { FamilyInfo } from '../scenario/format/catalogue.ts';
import type { BatchSize, ForgetSpec, RunSpec, Scenario, SelectorSpec } from '../scenario/format/scenario.ts';
import type { NamedArray } from '../scenario/format/weights.ts';

/**
 * A family of models: what an example is, which network answers for it, how it is trained, what of it can be asked to be
 * forgotten, and how a model of it is looked at. The simulation knows draws, splits, weights and numbers; all that
 * depends on what the data are stands behind these functions.
 */
export interface Family {
  readonly id: string;
  /** Draws the data of a run seed. Seeds whose `drawName` is the same share one draw. */
  readonly draw: (scenario: Scenario, seed: number, generators: ReadonlyMap<string, AnyGenerator>) => Draw;
  readonly drawName: (scenario: Scenario, seed: number) => string;
  /** What a lane learns from on the two sides of its split. The original model must have been trained. @throws {SimError} method/failed */
  readonly rows: (seed: Seed, run: RunSpec, composition: Composition) => Readonly<Record<Side, LaneRows>>;
  /** What training from scratch on some of the examples learns from. */
  readonly trainingRows: (seed: Seed, indices: Int32Array) => LaneRows;
  /** What a network learns from that an attacker trains on some of the examples; absent: the same. */
  readonly tuningRows?: (seed: Seed, indices: Int32Array) => LaneRows;
  /** Mini-batches of some lanes' rows, without state. */
  readonly batches: MakeBatches;
  /** The factor on the learning rate of a training step, from 0; absent: always 1. */
  readonly trainingRate?: (step: number, steps: number) => number;
  readonly generators: ReadonlyMap<string, AnyGenerator>;
  readonly metrics: ReadonlyMap<string, AnyMetric>;
  /** Absent: none. */
  readonly attacks?: ReadonlyMap<string, AnyAttack>;
  /** How the original and the retrained model are trained; absent: by the rule of `retrain`. */
  readonly training?: AnyMethod;
}

/** What stands behind a family's id: what the page knows of it, and its code, which loads when it is first used. */
export interface FamilyEntry {
  readonly info: FamilyInfo;
  readonly load: () => Promise<Family>;
}

/** The plug-ins of a run that decide what its rows carry along. */
export interface Composition {
  readonly method: AnyMethod;
  readonly retain: RetainTerm | undefined;
  readonly view: LaneView;
}

/** Who is to be forgotten. All indices ascend; the first two are of training examples, the others of test examples. */
export interface SplitIndices {
  readonly forget: Int32Array;
  readonly retain: Int32Array;
  /** Fresh examples from the law of the forget set. */
  readonly testForget: Int32Array;
  /** Fresh examples from the law of the retain set. */
  readonly testRetain: Int32Array;
}

/** One of several deletion requests: what it adds, and all that has been asked for by then. */
export interface Request {
  /** Training examples that this request adds, ascending. */
  readonly forget: Int32Array;
  /** Everything requested so far as one split. */
  readonly after: SplitIndices;
}

/** What a rule chooses, ascending: some of the training examples that are left. */
export type Choose = (spec: SelectorSpec, left: Int32Array) => Int32Array;

/** What a model says of all examples. Each family adds what it evaluates. */
export interface Outputs {
  /** [P] */
  readonly weights: Float32Array;
}

/** The four models that a view compares. */
export type Subjects = Readonly<Record<'unlearned' | 'original' | 'retrained' | 'untrained', Outputs>>;

/** What a view knows beyond outputs. */
export interface Circumstances {
  /** Examples seen in training steps, so far and of the retrained model; NaN if unknown. */
  readonly visits?: { readonly own: number; readonly retrained: number };
  /** Lasts as long as the run of a lane. */
  readonly memory?: Map<string, object>;
}

/** A picture of a model at a step: each family has kinds of its own. Its arrays are transferred, not copied. */
export interface Picture {
  readonly kind: string;
  /** Cells per side, where a finer one can be asked for. */
  readonly size?: number;
}

/** The data as the page draws them: each family has a kind of its own. */
export interface Shown {
  readonly kind: string;
  /** What its pictures cover, where they are of a plane: [left, right, bottom, top]. */
  readonly extent?: readonly [number, number, number, number];
}

/** Where a model has changed: beside what was forgotten, and in which layers. */
export interface Profile {
  /** In tenths of the fresh retain examples. */
  readonly locality: LocalityCurve;
  /** How far each layer's weights have moved from the original model, by their size there, from the inputs on; empty if another network answers. */
  readonly drift: readonly number[];
}

/** The pulls on the N examples of a split: what one update on all of them would do, before any mask or wrapper. */
export interface Pulls {
  /** Places in the training set, ascending, [N]. */
  readonly indices: Int32Array;
  /** W, the size of the weight: the sum of |w| over the pulls w (t - p) of an example, [N]. 1 for gradient ascent. */
  readonly size: Float32Array;
  /** How the logit of an example's own class is pushed, -dLoss/dlogit of its own loss: below 0 is away from its class, [N]. */
  readonly lift: Float32Array;
  /** The class whose logit is pushed up most, [N]. */
  readonly target: Uint8Array;
  /**
   * Not all terms are weighted pulls: where a term states only a gradient, the size is what it would move a
   * distribution by at most, computed with the whole split as one batch.
   */
  readonly isOfGradients: boolean;
}

/** Examples that are points with class labels, and what the trained part of the network gets for them. */
export interface LabelledPoints {
  readonly dataset: Dataset;
  /** The points themselves, or their random features; [n * model.inputs] each. */
  readonly rows: { readonly train: Float32Array; readonly test: Float32Array };
  /** W [features * inputs], where the network has random features. */
  readonly features?: Float32Array | Float64Array;
}

/** One draw of the data, with what depends on it alone. Several seeds may share it. */
export interface Draw {
  /** Training examples. */
  readonly examples: number;
  /** The trained part of the network. */
  readonly model: Network;
  /** Forward passes of one row that an evaluation and a picture take. */
  readonly cost: { readonly evaluation: number; readonly picture: number };
  /** The split before anybody has chosen: everything is kept. */
  readonly undivided: SplitIndices;
  /**
   * The forget and retain sets that requests mean, one after the other.
   *
   * @param choose answers for selectors
   * @throws {SimError} forget/invalid
   */
  readonly divide: (specs: readonly ForgetSpec[], seed: number, choose?: Choose) => Request[];
  /** Weights [P] that the scenario gives in place of training; undefined if the model is to be trained. */
  readonly given: (model: 'original' | 'retrained', seed: number) => Float32Array | undefined;
  /** Of the network, or of what is served in its place. */
  readonly outputs: (weights: Float32Array, served?: Served) => Outputs;
  readonly picture: (weights: Float32Array, size: number, served?: Served) => Picture;
  /** The data as the page draws them. */
  readonly shown: Shown;
  /** What the family's metrics see of a lane. */
  readonly evalView: (split: SplitIndices, subjects: Subjects, circumstances?: Circumstances) => unknown;
  /** What a mask, a teacher or an edit of weights sees of a seed. */
  readonly view: (seed: Seed, key: Key) => LaneView;
  /** The arrays of a weight vector by name, what is not trained before them. */
  readonly named: (weights: Float32Array) => NamedArray[];
  /** Labelled points, for selectors and scripts; absent: the examples are something else. */
  readonly points?: LabelledPoints;
  /** What an attack sees of the data, beside weights; absent: the family has no attacks. */
  readonly attacked?: () => Pick<AttackView<unknown>, 'dataset'>;
  /** Probabilities of the classes at all training examples, [N * C]; absent: there are no classes. */
  readonly probabilities?: (outputs: Outputs) => Float32Array;
  readonly profile?: (split: SplitIndices, subjects: Subjects) => Profile;
  /** How hard terms pull each example of a split, and where to; `pass` chooses among labels that are drawn anew. */
  readonly pulls?: (rows: LaneRows, weights: Float32Array, terms: readonly LaneTerm[], on: Side, pass: number) => Pulls;
  /** Answers a question of the family's own about the network, or about what is served in its place; plain JSON and typed arrays both ways. */
  readonly ask?: (question: unknown, weights: Float32Array, seed: Seed, served?: Served) => unknown;
  readonly dispose: () => void;
}

/** A run seed with its data, its split, and in time its original and retrained model. */
export interface Seed<D extends Draw = Draw> {
  readonly seed: number;
  readonly draw: D;
  /** After the last request. Where a selector chooses: everything is kept until it has chosen. */
  split: SplitIndices;
  /** One, or several in a row. Where a selector chooses: none until it has chosen. */
  requests: readonly Request[];
  original?: Outputs;
  /** After the last request. */
  retrained?: Outputs;
  /** After each request. */
  readonly retrainedAfter: Outputs[];
}

/** One lane's examples of a split. N is the same for all lanes of a cohort. Each family adds what its batches need. */
export interface LaneRows {
  /** The run seed: the order of the batches depends on it and on the split, on nothing else. */
  readonly seed: number;
  /** [N] */
  readonly indices: Int32Array;
  /** Alternative labels for the split's examples in a given pass over them, [N]. */
  readonly alternatives?: { readonly redraw: boolean; readonly labels: (pass: number) => Int32Array };
}

export interface Batches {
  /** Examples per lane and step, B. */
  readonly size: number;
  /** The batch of a step. Call it inside tf.tidy: what is not kept for all steps is freed with the scope. */
  readonly at: (step: number) => Batch;
  readonly dispose: () => void;
}

export type MakeBatches = (lanes: readonly LaneRows[], split: Side, size: BatchSize, model: Network) => Batches;

/**
 * The size of a run's batches of a split. A method of the retain set alone (fine-tuning) batches by the run's own size;
 * beside a forget set the retain set has one of its own.
 */
export const batchSizeOf = (run: RunSpec, needs: readonly Need[], split: Side): BatchSize =>
  split === 'retain' && needs.includes('forget') ? run.retain.batchSize : run.batchSize;
