/** A rule of the reader's own: pulls whose weights are formulas. It is data: nothing in it is ever run. */
export interface OwnRule {
  /** Kebab-case; a run names it as its method. */
  readonly id: string;
  readonly title: string;
  readonly params: Readonly<Record<string, OwnParam>>;
  readonly terms: readonly OwnTerm[];
}

/** A hyperparameter of one's own. */
export interface OwnParam {
  readonly label: string;
  readonly symbol?: string;
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly scale: 'linear' | 'log';
}

export interface OwnTerm {
  readonly on: 'forget' | 'retain';
  /** What the term is a mean of. */
  readonly mean: 'examples' | 'rows';
  readonly pulls: readonly OwnPull[];
}

/** Towards what a pull goes: the label, the alternative one, what the original model says, or all classes alike. */
export const OWN_TOWARDS = ['label', 'alternative', 'original', 'all'] as const;
export type OwnTowards = (typeof OWN_TOWARDS)[number];

export interface OwnPull {
  readonly towards: OwnTowards;
  /** A formula: positive pulls towards, negative pushes away. */
  readonly weight: string;
}

/** How large a formula may be. Caps may be raised, never lowered. */
export const formulaCaps = {
  /** Characters. */
  length: 1000,
  /** Numbers, names, operations and functions. */
  nodes: 200,
  /** Of them inside each other. */
  depth: 40,
} as const;

/** How large a rule may be. */
export const ownCaps = {
  rules: 8,
  params: 8,
  terms: 4,
  pulls: 4,
  /** Characters of a hyperparameter's name. */
  name: 24,
  symbol: 8,
  label: 60,
  title: 60,
} as const;
