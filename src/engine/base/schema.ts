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

/** One declaration drives the form, the validator, the link, the sweep and the docs table. */
export type ParamSpec = NumberSpec | IntSpec | ChoiceSpec | FlagSpec;
export type ParamSchema = Readonly<Record<string, ParamSpec>>;
export type ParamValue = number | string | boolean;
export type Params = Readonly<Record<string, ParamValue>>;

/** The type of a value under a spec, as plain data. */
export type ValueOf<S extends ParamSpec> = S extends NumberSpec | IntSpec
  ? number
  : S extends { readonly kind: 'choice'; readonly options: readonly (infer O)[] }
    ? O
    : boolean;
export type ValuesOf<S extends ParamSchema> = { readonly [P in keyof S]: ValueOf<S[P]> };

/** Every parameter's default. */
export const defaultsOf = (schema: ParamSchema): Record<string, ParamValue> =>
  Object.fromEntries(Object.entries(schema).map(([name, spec]) => [name, spec.default]));

/** A wrapper of a run with its settings, as a scenario writes it. */
export interface WrapperSpec {
  readonly kind: string;
  readonly [param: string]: ParamValue;
}
