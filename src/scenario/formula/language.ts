import type { NumberSpec } from '../../engine/base/schema.ts';
import type { MethodInfo } from '../../engine/contracts/method.ts';
import type { Towards } from '../../engine/contracts/rows.ts';
import { type Expression, isOfAlternative, rowNamesIn } from '../../engine/formula/expression.ts';
import { type FormulaRule, spokenByRule } from '../../engine/formula/spoken.ts';
import type { OwnParam, OwnRule, OwnTowards } from './own.ts';
import { parseFormula } from './parse.ts';

export { curveOf } from './curve.ts';
export { inWords } from './faults.ts';
export { ruleTex } from './tex.ts';
export { parseFormula };

const TOWARDS: Readonly<Record<OwnTowards, Towards>> = {
  label: 'label',
  alternative: 'alternative',
  original: 'reference',
  all: 'uniform',
};

const specOf = (param: OwnParam): NumberSpec => ({ kind: 'number', help: '', ...param });

/** Whether a formula reads what an example has beside its label. */
export const readsAlternative = (formula: Expression): boolean => [...rowNamesIn(formula)].some(isOfAlternative);

/** A rule with its formulas as trees. The rule must have been read: its formulas have no fault. */
export const compiled = ({ id, params, terms }: OwnRule): FormulaRule => ({
  params: Object.fromEntries(Object.entries(params).map(([name, param]) => [name, specOf(param)])),
  terms: terms.map(({ on, mean, pulls }) => ({
    on,
    mean,
    pulls: pulls.map(({ towards, weight }) => {
      const parsed = parseFormula(weight, { params });
      if ('fault' in parsed) throw new Error(`the rule ${id} has not been read: ${weight}`);
      return { towards: TOWARDS[towards], weight: parsed.formula };
    }),
  })),
});

/** What the page, the parser and the simulation know of a rule: a method like any other, with the rule beside it. */
export const infoOfRule = (rule: OwnRule): MethodInfo => {
  const parsed = compiled(rule);
  return {
    id: rule.id,
    title: rule.title,
    short: rule.title,
    summary: rule.terms.flatMap(({ pulls }) => pulls.map(({ weight }) => weight)).join('; '),
    formula: rule.terms
      .flatMap(({ on, pulls }) => pulls.map(({ towards, weight }) => `${on}: ${towards} ${weight}`))
      .join('; '),
    ...spokenByRule(parsed),
    start: 'original',
    schedule: 'iterative',
    exposes: rule.terms.some(({ on }) => on === 'forget') ? ['outputs', 'gradient'] : [],
    params: parsed.params,
    recipes: [],
    rule: rule.terms,
  };
};
