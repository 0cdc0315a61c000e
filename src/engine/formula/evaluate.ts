import { exp, log, power, sigmoid, softplus, tanh } from '../base/math.ts';
import type { Row } from '../contracts/rows.ts';
import type { Expression, FunctionName, Operator, RowName } from './expression.ts';

/**
 * Formulas for many rows at once: a part of the tree is a loop over plain numbers, so that a rule of the reader's is about as
 * fast as one that was compiled. Every row's number is the one that it would have alone.
 */

/** A number for every row, or one for all of them. The list is the evaluator's own: it holds until the next evaluation. */
export type Values = Float64Array | number;

/** The numbers of some rows, by field; `Row` says what they are. Throws for a field that there is not. */
export type RowSource = (field: keyof Row) => ArrayLike<number> | number;

/** What a formula is evaluated with. */
export interface FormulaInput {
  /** How many rows. */
  readonly count: number;
  readonly rows: RowSource;
  /** Hyperparameters by name, and `step` and `steps`. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** A formula, ready to be evaluated. */
export type FormulaEvaluator = (given: FormulaInput) => Values;

/** base^exponent: for a negative base only with whole exponents, otherwise NaN. */
export const raise = (base: number, exponent: number): number => {
  if (base > 0) return power(base, exponent);
  if (base === 0) return exponent < 0 ? Number.POSITIVE_INFINITY : power(base, exponent);
  if (!Number.isInteger(exponent)) return Number.NaN;
  const size = power(-base, exponent);
  return exponent % 2 === 0 ? size : -size;
};

type Unary = (x: number) => number;
type Binary = (a: number, b: number) => number;

const UNARY: Readonly<Partial<Record<FunctionName, Unary>>> = {
  exp,
  log,
  sqrt: Math.sqrt,
  tanh,
  sigmoid,
  softplus,
  abs: Math.abs,
};

const OPERATIONS: Readonly<Record<Operator, Binary>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '^': raise,
  '<': (a, b) => Number(a < b),
  '<=': (a, b) => Number(a <= b),
  '>': (a, b) => Number(a > b),
  '>=': (a, b) => Number(a >= b),
  '==': (a, b) => Number(a === b),
  '!=': (a, b) => Number(a !== b),
};

/** The field that a name reads, and whether as a probability. */
const FIELDS: Readonly<Record<RowName, readonly [field: keyof Row, isProbability: boolean]>> = {
  p: ['logP', true],
  logP: ['logP', false],
  pRef: ['logPReference', true],
  logPRef: ['logPReference', false],
  pAlt: ['logPAlternative', true],
  logPAlt: ['logPAlternative', false],
  pRefAlt: ['logPReferenceAlternative', true],
  logPRefAlt: ['logPReferenceAlternative', false],
  rowP: ['rowLogP', true],
  rowLogP: ['rowLogP', false],
  rowPRef: ['rowLogPReference', true],
  rowLogPRef: ['rowLogPReference', false],
  length: ['exampleLength', false],
};

/** A list of at least so many numbers, kept from one evaluation to the next. */
const createRoom = (): ((count: number) => Float64Array) => {
  let room = new Float64Array(0);
  return (count) => {
    if (room.length < count) room = new Float64Array(count);
    return room;
  };
};

/** One function of one value, in a loop of its own: each has a source of its own, so that engines can compile it in. */
const mapped = (of: FormulaEvaluator, f: Unary): FormulaEvaluator => {
  const roomFor = createRoom();
  return (given) => {
    const x = of(given);
    if (typeof x === 'number') return f(x);
    const { count } = given;
    const out = roomFor(count);
    for (let i = 0; i < count; i++) out[i] = f(x[i] as number);
    return out;
  };
};

/** An operation of two values, each for every row or one for all. */
const combined = (left: FormulaEvaluator, right: FormulaEvaluator, operator: Operator): FormulaEvaluator => {
  const roomFor = createRoom();
  const f = OPERATIONS[operator];
  const loop = LOOPS[operator];
  return (given) => {
    const a = left(given);
    const b = right(given);
    if (typeof a === 'number' && typeof b === 'number') return f(a, b);
    const out = roomFor(given.count);
    loop(a, b, out, given.count);
    return out;
  };
};

type Loop = (a: Values, b: Values, out: Float64Array, count: number) => void;

const anyLoop =
  (f: Binary): Loop =>
  (a, b, out, count) => {
    for (let i = 0; i < count; i++) {
      out[i] = f(typeof a === 'number' ? a : (a[i] as number), typeof b === 'number' ? b : (b[i] as number));
    }
  };

const addLoop: Loop = (a, b, out, count) => {
  if (typeof a === 'number') for (let i = 0; i < count; i++) out[i] = a + ((b as Float64Array)[i] as number);
  else if (typeof b === 'number') for (let i = 0; i < count; i++) out[i] = (a[i] as number) + b;
  else for (let i = 0; i < count; i++) out[i] = (a[i] as number) + (b[i] as number);
};
const subtractLoop: Loop = (a, b, out, count) => {
  if (typeof a === 'number') for (let i = 0; i < count; i++) out[i] = a - ((b as Float64Array)[i] as number);
  else if (typeof b === 'number') for (let i = 0; i < count; i++) out[i] = (a[i] as number) - b;
  else for (let i = 0; i < count; i++) out[i] = (a[i] as number) - (b[i] as number);
};
const multiplyLoop: Loop = (a, b, out, count) => {
  if (typeof a === 'number') for (let i = 0; i < count; i++) out[i] = a * ((b as Float64Array)[i] as number);
  else if (typeof b === 'number') for (let i = 0; i < count; i++) out[i] = (a[i] as number) * b;
  else for (let i = 0; i < count; i++) out[i] = (a[i] as number) * (b[i] as number);
};
const divideLoop: Loop = (a, b, out, count) => {
  if (typeof a === 'number') for (let i = 0; i < count; i++) out[i] = a / ((b as Float64Array)[i] as number);
  else if (typeof b === 'number') for (let i = 0; i < count; i++) out[i] = (a[i] as number) / b;
  else for (let i = 0; i < count; i++) out[i] = (a[i] as number) / (b[i] as number);
};

const LOOPS: Readonly<Record<Operator, Loop>> = {
  '+': addLoop,
  '-': subtractLoop,
  '*': multiplyLoop,
  '/': divideLoop,
  '^': anyLoop(raise),
  '<': anyLoop(OPERATIONS['<']),
  '<=': anyLoop(OPERATIONS['<=']),
  '>': anyLoop(OPERATIONS['>']),
  '>=': anyLoop(OPERATIONS['>=']),
  '==': anyLoop(OPERATIONS['==']),
  '!=': anyLoop(OPERATIONS['!=']),
};

/** One number of each of several values: what takes more than two arguments. */
const chosen = (of: readonly FormulaEvaluator[], choose: (values: readonly number[]) => number): FormulaEvaluator => {
  const roomFor = createRoom();
  const values: number[] = new Array(of.length).fill(0);
  return (given) => {
    const all = of.map((evaluate) => evaluate(given));
    const at = (i: number): number => {
      all.forEach((value, k) => {
        values[k] = typeof value === 'number' ? value : (value[i] as number);
      });
      return choose(values);
    };
    if (all.every((value) => typeof value === 'number')) return at(0);
    const out = roomFor(given.count);
    for (let i = 0; i < given.count; i++) out[i] = at(i);
    return out;
  };
};

/** A row's number; a name that stands twice in a formula is read once. */
const readingOf = (name: RowName): FormulaEvaluator => {
  const [field, isProbability] = FIELDS[name];
  const roomFor = createRoom();
  let last: FormulaInput | undefined;
  let value: Values = 0;
  return (given) => {
    if (given === last) return value;
    const { count, rows } = given;
    const x = rows(field);
    if (typeof x === 'number') value = isProbability ? exp(x) : x;
    else {
      const out = roomFor(count);
      if (isProbability) for (let i = 0; i < count; i++) out[i] = exp(x[i] as number);
      else for (let i = 0; i < count; i++) out[i] = x[i] as number;
      value = out;
    }
    last = given;
    return value;
  };
};

const clamp = ([x, low, high]: readonly number[]): number =>
  Math.min(high as number, Math.max(low as number, x as number));

const called = (name: FunctionName, of: readonly FormulaEvaluator[]): FormulaEvaluator => {
  const unary = UNARY[name];
  if (unary) return mapped(of[0] as FormulaEvaluator, unary);
  switch (name) {
    case 'min':
      return chosen(of, (values) => Math.min(...values));
    case 'max':
      return chosen(of, (values) => Math.max(...values));
    case 'clamp':
      return chosen(of, clamp);
    default:
      return chosen(of, ([condition, then, otherwise]) => (condition ? then : otherwise) as number);
  }
};

/**
 * A formula as a function of rows and settings. Made of + - * /, Math.sqrt and engine/base/math.ts alone, in the order in
 * which the formula is written: the bits are those of the same rule in a method's file.
 */
export const evaluatorOf = (expression: Expression): FormulaEvaluator => {
  const names = new Map<RowName, FormulaEvaluator>();
  const build = (part: Expression): FormulaEvaluator => {
    switch (part.kind) {
      case 'number': {
        const { value } = part;
        return () => value;
      }
      case 'row': {
        const evaluate = names.get(part.name) ?? readingOf(part.name);
        names.set(part.name, evaluate);
        return evaluate;
      }
      case 'step':
      case 'param': {
        const { name } = part;
        return ({ settings }) => settings[name] as number;
      }
      case 'negative':
        return mapped(build(part.of), (x) => -x);
      case 'operation':
        return combined(build(part.left), build(part.right), part.operator);
      case 'call':
        return called(part.name, part.of.map(build));
    }
  };
  return build(expression);
};
