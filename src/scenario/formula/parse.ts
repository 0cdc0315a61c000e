import jsep, { type Expression as Node } from 'jsep';
import { closest, wellFormed } from '../../engine/base/words.ts';
import { evaluatorOf } from '../../engine/formula/evaluate.ts';
import {
  ARITHMETIC,
  allOf,
  COMPARISONS,
  type Expression,
  FUNCTIONS,
  type FunctionName,
  type Operator,
  ROW_NAMES,
  type RowName,
  type Span,
  STEP_NAMES,
  type StepName,
} from '../../engine/formula/expression.ts';
import { formulaCaps } from './own.ts';

/** What is wrong with a formula, so that a page can say it in its own words. */
export type FormulaProblem =
  | 'empty'
  | 'long'
  | 'large'
  | 'deep'
  /** Does not read as one expression. */
  | 'syntax'
  | 'unknown-name'
  | 'unknown-function'
  /** A function without its arguments. */
  | 'bare-function'
  /** A rule named inside a rule. */
  | 'recursion'
  | 'arguments'
  | 'operator'
  /** A comparison of comparisons: a < b < c. */
  | 'chain'
  /** A constant part that is no number: 1 / 0. */
  | 'not-finite'
  /** Text, lists, members of objects. */
  | 'not-allowed';

export interface FormulaFault extends Span {
  readonly problem: FormulaProblem;
  /** The part of the formula that it is about, short. */
  readonly found: string;
  /** What to write instead, where that can be guessed. */
  readonly instead?: string;
  /** Of a function: how many arguments it takes, in figures. */
  readonly takes?: string;
}

export type ParsedFormula = { readonly formula: Expression } | { readonly fault: FormulaFault };

/** What a formula may name besides the row. */
export interface Vocabulary {
  /** Hyperparameters by name, with their symbols. */
  readonly params: Readonly<Record<string, { readonly symbol?: string | undefined }>>;
  /** Ids of rules, which no rule may name. */
  readonly rules?: readonly string[];
}

/** Thrown inside this file alone. */
class Refusal extends Error {
  readonly fault: FormulaFault;
  constructor(fault: FormulaFault) {
    super(fault.problem);
    this.fault = fault;
  }
}

/** A node of the parser's, with what this file notes on it. */
type Placed = Node & { start?: number; end?: number; isGrouped?: boolean };

const { Jsep } = jsep as unknown as { readonly Jsep: typeof jsep & (new (text: string) => Reader) };
/** What of the parser is used: a token is whatever an operator stands beside. */
interface Reader {
  index: number;
  readonly expr: string;
  gobbleSpaces(): void;
  gobbleToken(): Placed | false;
  parse(): Placed;
}

Jsep.addBinaryOp('^', 12, true);
Jsep.removeAllLiterals();

/** The parser with a note of where each token stands and whether it has brackets around it. */
class PlacedReader extends (Jsep as new (text: string) => Reader) {
  override gobbleToken(): Placed | false {
    this.gobbleSpaces();
    const start = this.index;
    const node = super.gobbleToken();
    if (!node) return node;
    node.start ??= start;
    // The parser has gone on to what follows, past what it takes for spaces.
    node.end ??= this.expr.slice(0, this.index).replace(/[\t\n\r ]+$/, '').length;
    if (this.expr[start] === '(') node.isGrouped = true;
    return node;
  }
}

const startOf = (node: Placed): number => node.start ?? startOf(node['left'] as Placed);
const endOf = (node: Placed): number => node.end ?? endOf(node['right'] as Placed);

/** Signs that papers and keyboards have for the same operators, one character each. */
const TYPOGRAPHY: Readonly<Record<string, string>> = {
  '−': '-',
  '–': '-',
  '·': '*',
  '⋅': '*',
  '×': '*',
  '÷': '/',
  '\u00a0': ' ',
  '\u2009': ' ',
  '\u202f': ' ',
  '\ufeff': ' ',
};
const plainSigns = (text: string): string =>
  text.replace(/[−–·⋅×÷\u00a0\u2009\u202f\ufeff]/g, (sign) => TYPOGRAPHY[sign] as string);

const short = (text: string): string => wellFormed(text.length > 24 ? `${text.slice(0, 23)}…` : text);

const INSTEAD: Readonly<Record<string, string>> = {
  '**': '^',
  '===': '==',
  '!==': '!=',
  '=': '==',
  '&&': 'if(a, b, 0)',
  '||': 'if(a, 1, b)',
  '!': 'if(a, 0, 1)',
};

/** Other words for functions that there are. */
const ALSO: Readonly<Record<string, FunctionName>> = {
  ln: 'log',
  logistic: 'sigmoid',
  sigma: 'sigmoid',
  σ: 'sigmoid',
  relu: 'max',
  clip: 'clamp',
  where: 'if',
  iff: 'if',
  pow: 'exp',
};

interface Reading {
  readonly text: string;
  readonly vocabulary: Vocabulary;
  nodes: number;
}

const refuse = (
  { text }: Reading,
  { start, end }: Span,
  problem: FormulaProblem,
  more: Pick<FormulaFault, 'instead' | 'takes'> = {},
): never => {
  throw new Refusal({ problem, start, end, found: short(text.slice(start, end)), ...more });
};

const placeOf = (node: Placed): Span => ({ start: startOf(node), end: endOf(node) });

const namesOf = ({ vocabulary }: Reading): readonly string[] => [
  ...Object.keys(vocabulary.params),
  ...ROW_NAMES,
  ...STEP_NAMES,
];

const isIn = <T extends string>(list: readonly T[], name: string): name is T =>
  (list as readonly string[]).includes(name);
const isFunction = (name: string): name is FunctionName => Object.hasOwn(FUNCTIONS, name);

const readName = (reading: Reading, node: Placed): Expression => {
  const name = String(node['name']);
  const place = placeOf(node);
  const { params, rules = [] } = reading.vocabulary;
  if (Object.hasOwn(params, name)) return { kind: 'param', name, ...place };
  if (isIn<RowName>(ROW_NAMES, name)) return { kind: 'row', name, ...place };
  if (isIn<StepName>(STEP_NAMES, name)) return { kind: 'step', name, ...place };
  if (isFunction(name)) return refuse(reading, place, 'bare-function', { instead: `${name}(…)` });
  if (rules.includes(name)) return refuse(reading, place, 'recursion');
  const bySymbol = Object.keys(params).find((param) => params[param]?.symbol === name);
  const instead = bySymbol ?? closest(name, namesOf(reading));
  return refuse(reading, place, 'unknown-name', instead === undefined ? {} : { instead });
};

const readCall = (reading: Reading, node: Placed, depth: number): Expression => {
  const callee = node['callee'] as Placed;
  const args = node['arguments'] as readonly Placed[];
  const place = placeOf(node);
  const at = { start: place.start, end: callee.end ?? place.start + String(callee['name'] ?? '').length };
  if (callee.type !== 'Identifier') return refuse(reading, place, 'not-allowed');
  const name = String(callee['name']);
  if (!isFunction(name)) {
    if (reading.vocabulary.rules?.includes(name)) return refuse(reading, at, 'recursion');
    // A name that is no function, before a bracket: a sign is missing between them.
    if (isIn(namesOf(reading), name)) return refuse(reading, at, 'operator', { instead: `${name}*(…)` });
    const instead = Object.hasOwn(ALSO, name) ? ALSO[name] : closest(name, Object.keys(FUNCTIONS));
    return refuse(reading, at, 'unknown-function', instead === undefined ? {} : { instead });
  }
  const [least, most] = FUNCTIONS[name];
  if (args.length < least || args.length > most) {
    return refuse(reading, place, 'arguments', { takes: least === most ? `${least}` : `${least}–${most}` });
  }
  return { kind: 'call', name, of: args.map((arg) => read(reading, arg, depth + 1)), ...place };
};

const isComparison = (expression: Expression): boolean =>
  expression.kind === 'operation' && isIn(COMPARISONS, expression.operator);

const readOperation = (reading: Reading, node: Placed, depth: number): Expression => {
  const operator = String(node['operator']);
  const [left, right] = [node['left'], node['right']] as [Placed, Placed];
  const place = placeOf(node);
  if (operator === '^' && left.type === 'UnaryExpression' && left.isGrouped !== true) {
    // -a^b is -(a^b): a sign binds less than a power.
    const power: Placed = { type: 'BinaryExpression', operator, left: left['argument'] as Placed, right };
    return read(reading, { ...left, argument: power, end: place.end }, depth);
  }
  if (!isIn<Operator>([...ARITHMETIC, ...COMPARISONS], operator)) {
    const instead = Object.hasOwn(INSTEAD, operator) ? INSTEAD[operator] : undefined;
    return refuse(reading, place, 'operator', instead === undefined ? {} : { instead });
  }
  const [a, b] = [read(reading, left, depth + 1), read(reading, right, depth + 1)];
  if (isIn(COMPARISONS, operator) && (isComparison(a) || isComparison(b))) {
    return refuse(reading, place, 'chain', { instead: 'if(a < b, b < c, 0)' });
  }
  return { kind: 'operation', operator, left: a, right: b, ...place };
};

const readNumber = (reading: Reading, node: Placed): Expression => {
  const { value } = node as unknown as { readonly value: unknown };
  const place = placeOf(node);
  if (typeof value !== 'number') return refuse(reading, place, 'not-allowed');
  return Number.isFinite(value) ? { kind: 'number', value, ...place } : refuse(reading, place, 'not-finite');
};

/** One node of the parser's as an expression. What is not on the list does not pass. */
const read = (reading: Reading, node: Placed, depth: number): Expression => {
  if (++reading.nodes > formulaCaps.nodes) return refuse(reading, { start: 0, end: reading.text.length }, 'large');
  if (depth > formulaCaps.depth) return refuse(reading, placeOf(node), 'deep');
  switch (node.type) {
    case 'Literal':
      return readNumber(reading, node);
    case 'Identifier':
      return readName(reading, node);
    case 'UnaryExpression': {
      const argument = node['argument'] as Placed;
      if (node['operator'] === '+') return read(reading, argument, depth + 1);
      if (node['operator'] === '-')
        return { kind: 'negative', of: read(reading, argument, depth + 1), ...placeOf(node) };
      const instead = Object.hasOwn(INSTEAD, String(node['operator'])) ? INSTEAD[String(node['operator'])] : undefined;
      return refuse(reading, placeOf(node), 'operator', instead === undefined ? {} : { instead });
    }
    case 'BinaryExpression':
      return readOperation(reading, node, depth);
    case 'CallExpression':
      return readCall(reading, node, depth);
    case 'Compound':
    case 'SequenceExpression': {
      // Two expressions side by side: a sign is missing before the second.
      const [, second] = (node['body'] ?? node['expressions']) as readonly Placed[];
      const place = second ? placeOf(second) : { start: 0, end: reading.text.length };
      return refuse(reading, place, second ? 'operator' : 'empty');
    }
    case 'ConditionalExpression':
      return refuse(reading, placeOfTernary(reading), 'operator', { instead: 'if(a, b, c)' });
    default:
      return refuse(
        reading,
        node.start === undefined ? { start: 0, end: reading.text.length } : placeOf(node),
        'not-allowed',
      );
  }
};

const placeOfTernary = ({ text }: Reading): Span => {
  const start = Math.max(0, text.indexOf('?'));
  return { start, end: start + 1 };
};

const isConstant = (part: Expression): boolean =>
  allOf(part).every(({ kind }) => kind !== 'row' && kind !== 'step' && kind !== 'param');

const constantValue = (part: Expression): number =>
  evaluatorOf(part)({ count: 1, rows: () => Number.NaN, settings: {} }) as number;

/** A part made of figures alone must be a number, and nothing is divided by one that is 0. */
const checkConstants = (reading: Reading, formula: Expression): void => {
  for (const part of allOf(formula)) {
    if (isConstant(part) && !Number.isFinite(constantValue(part))) refuse(reading, part, 'not-finite');
    if (part.kind !== 'operation' || part.operator !== '/') continue;
    if (isConstant(part.right) && constantValue(part.right) === 0) refuse(reading, part, 'not-finite');
  }
};

/** How many brackets are still open at the end of a text. */
const openBrackets = (text: string): number => text.split('(').length - text.split(')').length;

/** What the parser itself has thrown, at the character where it stopped. */
const syntaxFault = (text: string, thrown: unknown): FormulaFault => {
  const { index = 0 } = thrown as { readonly index?: number };
  const start = Math.min(Math.max(0, index), text.length);
  const found = wellFormed(text.slice(start, start + 1));
  const place = { problem: 'syntax', start, end: Math.min(start + 1, text.length), found } as const;
  if (found === '=') return { ...place, instead: '==' };
  if (/\p{L}/u.test(found) && /\d/.test(text.charAt(start - 1))) return { ...place, problem: 'operator' };
  return found === '' && openBrackets(text) > 0 ? { ...place, instead: ')' } : place;
};

/**
 * Reads a formula: parsed by jsep, checked node by node against what formulas may hold, and told with its place where it does
 * not fit. Nothing in it is ever run; `engine/formula/evaluate.ts` computes it.
 */
export const parseFormula = (given: string, vocabulary: Vocabulary): ParsedFormula => {
  const text = plainSigns(given);
  const whole = { start: 0, end: given.length, found: short(given) };
  if (text.trim() === '') return { fault: { ...whole, problem: 'empty' } };
  if (text.length > formulaCaps.length) return { fault: { ...whole, problem: 'long' } };
  let tree: Placed;
  try {
    tree = new PlacedReader(text).parse();
  } catch (thrown) {
    return { fault: syntaxFault(text, thrown) };
  }
  const reading: Reading = { text, vocabulary, nodes: 0 };
  try {
    const formula = read(reading, tree, 1);
    checkConstants(reading, formula);
    return { formula };
  } catch (thrown) {
    if (thrown instanceof Refusal) return { fault: thrown.fault };
    throw thrown;
  }
};
