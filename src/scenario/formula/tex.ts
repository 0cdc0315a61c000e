import type { Expression, FunctionName, RowName, StepName } from '../../engine/formula/expression.ts';
import type { OwnRule, OwnTowards } from './own.ts';

/** Rules as TeX: the same trees that are computed. */

const NAMES: Readonly<Record<RowName | StepName, string>> = {
  p: 'p_y',
  logP: String.raw`\log p_y`,
  pRef: String.raw`\hat p_y`,
  logPRef: String.raw`\log\hat p_y`,
  pAlt: String.raw`p_{\tilde y}`,
  logPAlt: String.raw`\log p_{\tilde y}`,
  pRefAlt: String.raw`\hat p_{\tilde y}`,
  logPRefAlt: String.raw`\log\hat p_{\tilde y}`,
  rowP: 'p_{y_i}',
  rowLogP: String.raw`\log p_{y_i}`,
  rowPRef: String.raw`\hat p_{y_i}`,
  rowLogPRef: String.raw`\log\hat p_{y_i}`,
  length: '|y|',
  step: 's',
  steps: 'S',
};

const GREEK =
  'alpha beta gamma delta epsilon zeta eta theta kappa lambda mu nu xi rho sigma tau phi chi psi omega'.split(' ');
const LETTERS = 'αβγδεζηθκλμνξρστφχψω';

/** Text that TeX prints as it is: letters and digits alone. */
const upright = (text: string): string => String.raw`\mathrm{${text.replace(/[^\p{L}\p{N}]/gu, '') || 'x'}}`;

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';

/** A hyperparameter: by its symbol, where that is a letter, else by its name. */
const paramTex = (name: string, symbol: string | undefined): string => {
  const [first = '', ...rest] = Array.from(symbol ?? '');
  const index = rest.map((sign) => SUBSCRIPTS.indexOf(sign));
  const under = index.length > 0 && index.every((digit) => digit >= 0) ? `_{${index.join('')}}` : '';
  const greek = LETTERS.indexOf(first);
  if (greek >= 0 && (rest.length === 0 || under)) return `\\${GREEK[greek]}${under}`;
  if (/^[A-Za-z]$/.test(first) && (rest.length === 0 || under)) return `${first}${under}`;
  if (GREEK.includes(name)) return `\\${name}`;
  return name.length === 1 ? name : upright(name);
};

const COMPARISON: Readonly<Record<string, string>> = {
  '<': '<',
  '<=': String.raw`\le`,
  '>': '>',
  '>=': String.raw`\ge`,
  '==': '=',
  '!=': String.raw`\ne`,
};

const PRECEDENCE: Readonly<Record<string, number>> = { '+': 2, '-': 2, '*': 3, '/': 5, '^': 4 };
const TIGHT = 5;

const precedenceOf = (part: Expression): number => {
  if (part.kind === 'negative') return 2;
  if (part.kind === 'operation') return PRECEDENCE[part.operator] ?? 1;
  // A logarithm without brackets is no base of a power, and no factor before something else.
  return part.kind === 'row' && NAMES[part.name].startsWith(String.raw`\log`) ? 3 : TIGHT;
};

const inBrackets = (tex: string): string => String.raw`\left(${tex}\right)`;

const numberTex = (value: number): string => {
  const [digits, exponent] = String(value).split('e');
  return exponent === undefined ? `${digits}` : String.raw`${digits}\cdot 10^{${Number(exponent)}}`;
};

const callTex = (name: FunctionName, of: readonly string[]): string => {
  const [x = '', a = '', b = ''] = of;
  switch (name) {
    case 'exp':
      return `e^{${x}}`;
    case 'sqrt':
      return String.raw`\sqrt{${x}}`;
    case 'abs':
      return String.raw`\left|${x}\right|`;
    case 'sigmoid':
      return String.raw`\sigma${inBrackets(x)}`;
    case 'log':
    case 'tanh':
    case 'min':
    case 'max':
      return `\\${name}${inBrackets(of.join(', '))}`;
    case 'if':
      return String.raw`\begin{cases}${a}&\text{if }${x}\\${b}&\text{otherwise}\end{cases}`;
    case 'softplus':
    case 'clamp':
      return String.raw`\operatorname{${name}}${inBrackets(of.join(', '))}`;
  }
};

/** A formula as TeX. */
const formulaTex = (formula: Expression, params: OwnRule['params']): string => {
  const at = (part: Expression, least: number): string => {
    const tex = build(part);
    return precedenceOf(part) < least ? inBrackets(tex) : tex;
  };
  const operation = ({ operator, left, right }: Extract<Expression, { kind: 'operation' }>): string => {
    if (operator === '/') return String.raw`\frac{${build(left)}}{${build(right)}}`;
    if (operator === '^') return `{${at(left, TIGHT)}}^{${build(right)}}`;
    if (operator === '*') {
      const isFigure = (right.kind === 'number' || right.kind === 'negative') && left.kind !== 'row';
      return `${left.kind === 'negative' ? build(left) : at(left, 3)}${isFigure ? String.raw`\cdot ` : String.raw`\,`}${at(right, 4)}`;
    }
    const own = PRECEDENCE[operator];
    if (own === undefined) return `${at(left, 2)}${COMPARISON[operator]} ${at(right, 2)}`;
    const second = at(right, own + 1);
    return `${at(left, own)}${operator}${second.startsWith('-') ? inBrackets(second) : second}`;
  };
  const build = (part: Expression): string => {
    switch (part.kind) {
      case 'number':
        return numberTex(part.value);
      case 'row':
      case 'step':
        return NAMES[part.name];
      case 'param':
        return paramTex(part.name, params[part.name]?.symbol);
      case 'negative':
        return `-${at(part.of, 3)}`;
      case 'operation':
        return operation(part);
      case 'call':
        return callTex(part.name, part.of.map(build));
    }
  };
  return build(formula);
};

const LOG: Readonly<Record<OwnTowards, string>> = {
  label: String.raw`\nabla\log p_y`,
  alternative: String.raw`\nabla\log p_{\tilde y}`,
  original: String.raw`\nabla\,\mathbb E_{\hat p}\log p`,
  all: String.raw`\tfrac1C\textstyle\sum_c\nabla\log p_c`,
};

/** One pull of a rule, as it stands in the update. */
export interface TexPull {
  readonly on: 'forget' | 'retain';
  readonly towards: OwnTowards;
  readonly weight: Expression;
}

/** A rule as the direction that its step takes: -∇L as a sum of weights times gradients of log-probabilities. */
export const ruleTex = (pulls: readonly TexPull[], params: OwnRule['params']): string => {
  const parts = pulls.map(({ on, towards, weight }) => {
    const tex = formulaTex(weight, params);
    const factor = precedenceOf(weight) <= 2 ? inBrackets(tex) : tex;
    return String.raw`\mathbb{E}_{${on === 'forget' ? 'f' : 'r'}}\Big[${factor}\;${LOG[towards]}\Big]`;
  });
  return String.raw`-\nabla\mathcal L=${parts.join('+')}`;
};
