import type { FormulaFault, FormulaProblem } from './parse.ts';

/** What a formula should be where it has a problem, for a file's author and in the terminal. The page has its own words. */
const EXPECTED: Readonly<Record<FormulaProblem, string>> = {
  empty: 'a formula, such as "-1" for gradient ascent',
  long: 'a formula of at most 1000 characters',
  large: 'a formula of at most 200 numbers, names and operations',
  deep: 'a formula with at most 40 levels of brackets and operations',
  syntax: 'one expression',
  'unknown-name': 'a name that formulas know, or one of the rule’s params',
  'unknown-function':
    'a function that formulas know: exp, log, sqrt, tanh, sigmoid, softplus, min, max, abs, clamp, if',
  'bare-function': 'its arguments in brackets',
  recursion: 'a formula of its own: a rule cannot name a rule',
  arguments: 'as many arguments as the function takes',
  operator: 'one of + - * / ^ < <= > >= == != here',
  chain: 'one comparison at a time',
  'not-finite': 'a number: this has no value',
  'not-allowed': 'numbers, names, operations and functions only',
};

/** A fault in words: what was expected, and what stands where. */
export const inWords = ({ problem, start, found, instead, takes }: FormulaFault) => {
  const meant = instead === undefined ? '' : ` (did you mean "${instead}"?)`;
  const count = takes === undefined ? '' : ` (${takes})`;
  return {
    expected: `${EXPECTED[problem]}${count}${meant}`,
    found: found === '' ? 'the end of the formula' : `${JSON.stringify(found)} in column ${start + 1}`,
  };
};
