import type { Key } from '../base/random.ts';
import type { Citation, FieldSchema, ValuesOf } from '../base/schema.ts';

/** N labelled points. x: [N * inputs] row-major; y: [N] class indices. */
export interface PointSet {
  readonly x: Float32Array;
  readonly y: Int32Array;
}

/** A sub-population that a generator knows by name: indices into train and test, ascending. */
export interface Component {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** What poisoned points carry: coordinates that are set to a value, and the class that they are given. */
export interface Trigger {
  readonly coordinates: readonly number[];
  readonly value: number;
  readonly target: number;
  /** Test points that carry it, ascending. */
  readonly test: Int32Array;
}

/** How the answer to a forgotten question follows from answers to two others. */
interface Composition {
  /** Coordinates that say which question is asked. */
  readonly coordinates: readonly number[];
  /** What stands in them for each of the other questions, and the classes that answer it, in order. */
  readonly questions: readonly { readonly asks: readonly number[]; readonly answers: readonly number[] }[];
  /** The class that answers the forgotten one, by the place of the first answer among those of its question, then of the second. */
  readonly composed: readonly (readonly number[])[];
}

/** Training and test points are separate draws from one law. */
export interface Dataset {
  /** Numbers per point, D. */
  readonly inputs: number;
  /** Number of classes, C. */
  readonly classes: number;
  readonly train: PointSet;
  readonly test: PointSet;
  readonly components?: Readonly<Record<string, Component>>;
  /** Test points known to come from the forget distribution (inline data may say so). */
  readonly testForget?: Int32Array;
  readonly trigger?: Trigger;
  readonly composition?: Composition;
}

/** What the page and the parser know of a generator. Plain JSON. */
export interface GeneratorInfo<S extends FieldSchema = FieldSchema> {
  /** Kebab-case, the file's name: it stands in links for ever. */
  readonly id: string;
  readonly title: string;
  /** One sentence: what the points look like and what they are good for. */
  readonly summary: string;
  readonly citation?: Citation;
  /** Parameters; their maxima together keep within MAX_POINTS training points. */
  readonly params: S;
  /** Number of classes, or the name of the integer parameter that sets it; absent: its examples have none. */
  readonly classes?: number | string;
  /** Numbers per point, or the name of the integer parameter that sets it; absent: its examples are not points. */
  readonly inputs?: number | string;
  /** Name of the flag that adds a class without points, after the others: an output that no training point asks for. */
  readonly spare?: string;
  /** Names of the sub-populations that `forget.kind: "component"` may ask for. */
  readonly components?: readonly string[];
}

/** A data generator: a pure function of its parameters and a key. */
export interface Generator<S extends FieldSchema = FieldSchema, Data = Dataset> extends GeneratorInfo<S> {
  readonly generate: (params: ValuesOf<S>, key: Key) => Data;
}

// biome-ignore lint/suspicious/noExplicitAny: the registry erases the types of the schema and of the data.
export type AnyGenerator = Generator<any, any>;

/** The most points that a training or a test set may have. */
export const MAX_POINTS = 10_000;
/** The most classes. */
export const MAX_CLASSES = 12;
/** The most numbers per point. */
export const MAX_INPUTS = 64;

/** Declares a generator; only there to infer the schema's exact type. */
export const generator = <const S extends FieldSchema>(spec: Generator<S>): Generator<S> => spec;
