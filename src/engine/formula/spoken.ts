import type { NumberSpec } from '../base/schema.ts';
import type { MethodInfo, Need } from '../contracts/method.ts';
import type { Split, Towards } from '../contracts/rows.ts';
import { type Expression, isOfAlternative, isOfOriginal, rowNamesIn } from './expression.ts';

/** A method that is data: pulls whose weights are formulas. */
export interface FormulaRule {
  readonly params: Readonly<Record<string, NumberSpec>>;
  readonly terms: readonly FormulaTerm[];
}

/** One term: pulls on the rows of a split, and what it is a mean of. */
export interface FormulaTerm {
  readonly on: Split;
  readonly mean: 'examples' | 'rows';
  readonly pulls: readonly FormulaPull[];
}

export interface FormulaPull {
  readonly towards: Towards;
  /** Signed: positive pulls towards, negative pushes away. */
  readonly weight: Expression;
}

/** What a rule looks at. */
const needsOf = ({ terms }: FormulaRule): readonly Need[] => {
  const pulls = terms.flatMap((term) => term.pulls);
  const names = pulls.flatMap(({ weight }) => [...rowNamesIn(weight)]);
  const isAny = (towards: Towards) => pulls.some((pull) => pull.towards === towards);
  return [
    ...(['forget', 'retain'] as const).filter((split) => terms.some(({ on }) => on === split)),
    ...(names.some(isOfOriginal) || isAny('reference') ? (['original'] as const) : []),
    ...(names.some(isOfAlternative) || isAny('alternative') ? (['alternativeLabels'] as const) : []),
  ];
};

/** What a rule looks at, and the heads under which that is there: only classes have alternatives, or a uniform output. */
export const spokenByRule = (rule: FormulaRule): Pick<MethodInfo, 'needs' | 'heads' | 'sequences'> => {
  const needs = needsOf(rule);
  const isUniform = rule.terms.some(({ pulls }) => pulls.some(({ towards }) => towards === 'uniform'));
  const isCategorical = isUniform || needs.includes('alternativeLabels');
  return { needs, heads: isCategorical ? ['categorical'] : ['categorical', 'real'], sequences: true };
};
