import type { MethodInfo, RuleText } from '../../engine/contracts/method.ts';
import {
  type Expression,
  type FunctionName,
  type RowName,
  readsStep,
  rowNamesIn,
} from '../../engine/formula/expression.ts';
import { formulas } from '../formula/loaded.ts';
import type { Given, PythonLoss, PythonMethod } from './methods.ts';

/** Rules as PyTorch: the same trees that are computed, their weights detached as they are here. */

/** `camelCase` as a constant is called. */
const constantOf = (name: string): string => name.replaceAll(/([A-Z])/g, '_$1').toUpperCase();

/** Names that the script has for other things. */
const TAKEN: readonly string[] = [
  ...['STEPS', 'LEARNING_RATE', 'MOMENTUM', 'WEIGHT_DECAY', 'CLIP_NORM', 'EVERY', 'RETAIN_WEIGHT', 'F', 'LAB'],
  ...['NONE', 'TRUE', 'FALSE'],
];

/** What a row is called in the script: each row is an example there. */
const ROWS: Readonly<Record<RowName, string>> = {
  p: 'log_py.exp()',
  logP: 'log_py',
  pRef: 'log_ref.exp()',
  logPRef: 'log_ref',
  pAlt: 'log_other.exp()',
  logPAlt: 'log_other',
  pRefAlt: 'log_ref_other.exp()',
  logPRefAlt: 'log_ref_other',
  rowP: 'log_py.exp()',
  rowLogP: 'log_py',
  rowPRef: 'log_ref.exp()',
  rowLogPRef: 'log_ref',
  length: '1.0',
};

/** The lines that say what names stand for, and what they read. */
const LINES: Readonly<Record<string, readonly [line: string, reads: readonly Given[]]>> = {
  log_py: ['log_py = log_p(logits, y).detach()', []],
  log_ref: ['log_ref = pick(reference, y)', ['reference']],
  log_other: ['log_other = log_p(logits, other).detach()', ['other']],
  log_ref_other: ['log_ref_other = pick(reference, other)', ['reference', 'other']],
};

const TOWARDS: Readonly<
  Record<RuleText['pulls'][number]['towards'], readonly [code: string, reads: readonly Given[]]>
> = {
  label: ['log_p(logits, y)', []],
  alternative: ['log_p(logits, other)', ['other']],
  original: ['(reference.exp() * F.log_softmax(logits, dim=1)).sum(1)', ['reference']],
  all: ['F.log_softmax(logits, dim=1).mean(1)', []],
};

const isRowFree = (part: Expression): boolean =>
  part.kind === 'row' ? part.name === 'length' : [...rowNamesIn(part)].every((name) => name === 'length');

/** A formula as Python; functions of PyTorch's get tensors. */
const codeOf = (formula: Expression): string => {
  const tensor = (part: Expression): string =>
    isRowFree(part) ? `torch.tensor(float(${build(part)}), dtype=logits.dtype)` : build(part);
  const called = (name: FunctionName, of: readonly Expression[]): string => {
    const args = of.map(tensor);
    const [x = '', a = '', b = ''] = args;
    switch (name) {
      case 'softplus':
        return `F.softplus(${x})`;
      case 'min':
      case 'max':
        return args.slice(1).reduce((sum, arg) => `torch.${name}imum(${sum}, ${arg})`, x);
      case 'clamp':
        return `torch.minimum(${b}, torch.maximum(${a}, ${x}))`;
      case 'if':
        return `torch.where(${x} != 0, ${a}, ${b})`;
      default:
        return `torch.${name}(${x})`;
    }
  };
  const build = (part: Expression): string => {
    switch (part.kind) {
      case 'number':
        return String(part.value);
      case 'row':
        return ROWS[part.name];
      case 'step':
        return part.name === 'steps' ? 'STEPS' : 'step';
      case 'param':
        return constantOf(part.name);
      case 'negative':
        return `-(${build(part.of)})`;
      case 'operation': {
        const [left, right] = [part.left, part.right];
        if (part.operator === '^') return `(${build(left)}) ** (${build(right)})`;
        if (!'+-*/'.includes(part.operator))
          return `(${tensor(left)} ${part.operator} ${tensor(right)}).to(logits.dtype)`;
        return `(${build(left)} ${part.operator} ${build(right)})`;
      }
      case 'call':
        return called(part.name, part.of);
    }
  };
  const whole = build(formula);
  return whole.startsWith('(') && formula.kind === 'operation' && '+-*/'.includes(formula.operator)
    ? whole.slice(1, -1)
    : whole;
};

interface Pulled {
  readonly towards: RuleText['pulls'][number]['towards'];
  readonly weight: Expression;
}

const lossOf = (pulls: readonly Pulled[]): PythonLoss | undefined => {
  if (pulls.length === 0) return undefined;
  const codes = pulls.map(({ weight }) => codeOf(weight));
  const used = Object.entries(LINES).filter(([name]) => codes.some((code) => new RegExp(`\\b${name}\\b`).test(code)));
  const reads = [...used.flatMap(([, [, given]]) => given), ...pulls.flatMap(({ towards }) => TOWARDS[towards][1])];
  return {
    reads: [...new Set(reads)].toSorted(),
    body: () => [
      ...used.map(([, [line]]) => line),
      ...codes.map((code, i) => `weight_${i + 1} = ${code}`),
      `return -(${pulls.map(({ towards }, i) => `(weight_${i + 1} * ${TOWARDS[towards][0]}).mean()`).join(' + ')})`,
    ],
  };
};

/** A rule's objective as PyTorch writes it. */
export const pythonOfRule = ({ params, rule = [] }: Pick<MethodInfo, 'params' | 'rule'>): PythonMethod => {
  const { parseFormula } = formulas();
  const pulls = rule.flatMap(({ on, pulls: own }) =>
    own.flatMap(({ towards, weight }) => {
      const parsed = parseFormula(weight, { params });
      return 'fault' in parsed ? [] : [{ on, towards, weight: parsed.formula }];
    }),
  );
  const constants = Object.keys(params).map(constantOf);
  const isAmbiguous = new Set([...constants, ...TAKEN]).size < constants.length + TAKEN.length;
  const [forget, retain] = (['forget', 'retain'] as const).map((split) =>
    lossOf(pulls.filter(({ on }) => on === split)),
  );
  return {
    ...(forget && { forget }),
    ...(retain && { retain }),
    refuses: () => isAmbiguous || pulls.some(({ weight }) => readsStep(weight)),
  };
};
