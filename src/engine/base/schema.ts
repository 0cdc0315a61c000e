/** Where a rule comes from. */
export interface Citation {
  readonly authors: string;
  readonly title: string;
  readonly year: number;
  readonly url: string;
  /** Where the rule stands in the paper: 'eq. 3', 'algorithm 1'. */
  readonly where?: string;
}

interface SpecBase {
  readonly label: string;
  readonly help: string;
  /** The paper's symbol, e.g. 'β'. */
  readonly symbol?: string;
  /** What the paper or its code calls it, where that differs. */
  readonly paperName?: string;
}
/** A real number. In a method it is per lane: it may be swept, and arrives as a tensor [K]. */
export interface NumberSpec extends SpecBase {
  readonly kind: 'number';
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly scale: 'linear' | 'log';
}
/** A whole number; static: one value for a whole cohort. */
export interface IntSpec extends SpecBase {
  readonly kind: 'int';
  readonly default: number;
  readonly min: number;
  readonly max: number;
}
/** One of a few words; static. */
export interface ChoiceSpec extends SpecBase {
  readonly kind: 'choice';
  readonly default: string;
  readonly options: readonly string[];
}
/** Yes or no; static. */
export interface FlagSpec extends SpecBase {
  readonly kind: 'flag';
  readonly default: boolean;
}

/**
 * Facts of the reader's own, one a line: a name, a relation, a value. A scenario writes them as text, and not at all where
 * there are none. Static; no sweep takes it.
 */
export interface FactsSpec extends SpecBase {
  readonly kind: 'facts';
  readonly default: '';
  /** Each relation with how many words its values have. */
  readonly relations: Readonly<Record<string, number>>;
  /** How much may be brought along; letters are those of a word. */
  readonly most: { readonly facts: number; readonly authors: number; readonly letters: number };
}
/** Names separated by commas, as text; not written where there are none. Static; no sweep takes it. */
export interface NamesSpec extends SpecBase {
  readonly kind: 'names';
  readonly default: '';
  readonly most: number;
  /** Of a word. */
  readonly letters: number;
}
/** Places with the numbers that were seen there, one pair a line, as text; not written where there are none. Static; no sweep takes it. */
export interface PairsSpec extends SpecBase {
  readonly kind: 'pairs';
  readonly default: '';
  readonly least: number;
  readonly most: number;
}
/** Text of the reader's own, which is left out of a scenario where there is none. */
export type OwnTextSpec = FactsSpec | NamesSpec | PairsSpec;

/** One declaration drives the form, the validator, the link, the sweep and the docs table. */
export type ParamSpec = NumberSpec | IntSpec | ChoiceSpec | FlagSpec;
export type ParamSchema = Readonly<Record<string, ParamSpec>>;
/** What data and forget sets may be described by besides. */
export type FieldSpec = ParamSpec | OwnTextSpec;
export type FieldSchema = Readonly<Record<string, FieldSpec>>;
export type ParamValue = number | string | boolean;
export type Params = Readonly<Record<string, ParamValue>>;

/** The type of a value under a spec, as plain data. */
export type ValueOf<S extends FieldSpec> = S extends NumberSpec | IntSpec
  ? number
  : S extends { readonly kind: 'choice'; readonly options: readonly (infer O)[] }
    ? O
    : S extends OwnTextSpec
      ? string | undefined
      : boolean;
export type ValuesOf<S extends FieldSchema> = { readonly [P in keyof S]: ValueOf<S[P]> };

export const isOwnText = (spec: { readonly kind: string }): spec is OwnTextSpec =>
  spec.kind === 'facts' || spec.kind === 'names' || spec.kind === 'pairs';

/** Every parameter's default; text of one's own has none. */
export const defaultsOf = (schema: FieldSchema): Record<string, ParamValue> =>
  Object.fromEntries(Object.entries(schema).flatMap(([name, spec]) => (isOwnText(spec) ? [] : [[name, spec.default]])));

/** A wrapper of a run with its settings, as a scenario writes it. */
export interface WrapperSpec {
  readonly kind: string;
  readonly [param: string]: ParamValue;
}
