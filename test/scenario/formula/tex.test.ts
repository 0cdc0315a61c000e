import temml from 'temml';
import { expect, it } from 'vitest';
import { curveOf } from '../../../src/scenario/formula/curve.ts';
import { compiled, parseFormula, ruleTex } from '../../../src/scenario/formula/language.ts';
import type { OwnRule } from '../../../src/scenario/formula/own.ts';
import { TYPED, typedRule } from '../../support/rules.ts';

const params: OwnRule['params'] = {
  beta: { label: 'Power', symbol: 'β', default: 1, min: 0, max: 5, scale: 'linear' },
  b1: { label: 'One', symbol: 'β₁', default: 1, min: 0, max: 5, scale: 'linear' },
  odd: { label: 'Odd', symbol: '\\href{x}{y}', default: 1, min: 0, max: 5, scale: 'linear' },
};
const parsed = (text: string) => {
  const found = parseFormula(text, { params });
  if ('fault' in found) throw new Error(text);
  return found.formula;
};
const texOf = (weight: string): string => ruleTex([{ on: 'forget', towards: 'label', weight: parsed(weight) }], params);

it.each([
  [
    '-2*sigmoid(beta*(logP - logPRef))',
    String.raw`[-2\,\sigma\left(\beta\,\left(\log p_y-\log\hat p_y\right)\right)\;`,
  ],
  ['-p^b1', String.raw`[\left(-{p_y}^{\beta_{1}}\right)\;`],
  ['1 - (2 - p)', String.raw`[\left(1-\left(2-p_y\right)\right)\;`],
  ['1 + -2*p', String.raw`1+\left(-2\,p_y\right)`],
  ['(1 + p)/beta', String.raw`\frac{1+p_y}{\beta}`],
  ['odd', String.raw`[\mathrm{odd}\;`],
])('%s is typeset as mathematics', (weight, expected) => {
  expect(texOf(weight)).toContain(expected);
});

it('every formula of a method can be typeset', () => {
  for (const id of TYPED) {
    const rule = typedRule(id);
    const pulls = compiled(rule).terms.flatMap(({ on, pulls: own }) =>
      own.map(({ weight }) => ({ on, towards: 'label' as const, weight })),
    );
    expect(() => temml.renderToString(ruleTex(pulls, rule.params), { throwOnError: true })).not.toThrow();
  }
  const all =
    'if(p >= pRef, min(p, 1e-7), max(logPAlt, -1)) + clamp(step/steps, 0, 1) - abs(sqrt(p)) + softplus(exp(tanh(log(p))))';
  expect(() => temml.renderToString(texOf(all), { throwOnError: true })).not.toThrow();
});

it.each([
  ['-1', ['never-fades']],
  ['-p', []],
  ['-1/p', ['explodes', 'never-fades']],
  ['-1/(p - p)', ['not-finite']],
  ['p - p', ['nothing']],
  ['p', ['trains']],
  ['-2*sigmoid(beta*(logP - logPRef))', []],
  ['-p*(1 - step/steps)', []],
])('the curve of %s says %j', (weight, kinds) => {
  expect(curveOf([parsed(weight)], { beta: 1 }).warnings.map(({ kind }) => kind)).toEqual(kinds);
});
