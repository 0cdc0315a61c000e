/** What a formula may read of a row and of the example that the row belongs to. */
export const ROW_NAMES = [
  'p',
  'logP',
  'pRef',
  'logPRef',
  'pAlt',
  'logPAlt',
  'pRefAlt',
  'logPRefAlt',
  'rowP',
  'rowLogP',
  'rowPRef',
  'rowLogPRef',
  'length',
] as const;
export type RowName = (typeof ROW_NAMES)[number];

/** How far a run has come: the update that is about to be made, from 0, and how many there will be. */
export const STEP_NAMES = ['step', 'steps'] as const;
export type StepName = (typeof STEP_NAMES)[number];

/** The functions of formulas, with the numbers of arguments that they take. */
export const FUNCTIONS = {
  exp: [1, 1],
  log: [1, 1],
  sqrt: [1, 1],
  tanh: [1, 1],
  sigmoid: [1, 1],
  softplus: [1, 1],
  abs: [1, 1],
  min: [2, 8],
  max: [2, 8],
  clamp: [3, 3],
  if: [3, 3],
} as const satisfies Readonly<Record<string, readonly [least: number, most: number]>>;
export type FunctionName = keyof typeof FUNCTIONS;

export const ARITHMETIC = ['+', '-', '*', '/', '^'] as const;
export const COMPARISONS = ['<', '<=', '>', '>=', '==', '!='] as const;
export type Operator = (typeof ARITHMETIC)[number] | (typeof COMPARISONS)[number];

/** A place in the text of a formula: its first character, from 0, and the one after its last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A formula as a tree. Comparisons give 1 or 0. */
export type Expression =
  | ({ readonly kind: 'number'; readonly value: number } & Span)
  | ({ readonly kind: 'row'; readonly name: RowName } & Span)
  | ({ readonly kind: 'step'; readonly name: StepName } & Span)
  /** A hyperparameter of the rule. */
  | ({ readonly kind: 'param'; readonly name: string } & Span)
  | ({ readonly kind: 'negative'; readonly of: Expression } & Span)
  | ({
      readonly kind: 'operation';
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
    } & Span)
  | ({ readonly kind: 'call'; readonly name: FunctionName; readonly of: readonly Expression[] } & Span);

/** What stands directly below an expression. */
const partsOf = (expression: Expression): readonly Expression[] => {
  switch (expression.kind) {
    case 'negative':
      return [expression.of];
    case 'operation':
      return [expression.left, expression.right];
    case 'call':
      return expression.of;
    default:
      return [];
  }
};

/** An expression and everything below it, from the top. */
export const allOf = (expression: Expression): readonly Expression[] => [
  expression,
  ...partsOf(expression).flatMap(allOf),
];

/** The names of rows that a formula reads. */
export const rowNamesIn = (expression: Expression): ReadonlySet<RowName> =>
  new Set(allOf(expression).flatMap((part) => (part.kind === 'row' ? [part.name] : [])));

/** Whether a formula reads how far the run has come. */
export const readsStep = (expression: Expression): boolean => allOf(expression).some(({ kind }) => kind === 'step');

/** Whether a name is about the original model. */
export const isOfOriginal = (name: RowName): boolean => name.includes('Ref');

/** Whether a name is about the alternative. */
export const isOfAlternative = (name: RowName): boolean => name.endsWith('Alt');
