import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formulaCaps } from '../../../src/scenario/formula/own.ts';
import { type FormulaFault, parseFormula } from '../../../src/scenario/formula/parse.ts';

const VOCABULARY = { params: { beta: { symbol: 'β' } }, rules: ['mine'] };
const faultOf = (text: string): FormulaFault | undefined => {
  const found = parseFormula(text, VOCABULARY);
  return 'fault' in found ? found.fault : undefined;
};

describe('a formula with a fault', () => {
  it.each([
    ['', { problem: 'empty' }],
    ['gama*p', { problem: 'unknown-name', found: 'gama', start: 0, end: 4 }],
    ['2*betta', { problem: 'unknown-name', start: 2, instead: 'beta' }],
    ['β*p', { problem: 'unknown-name', instead: 'beta' }],
    ['-sigmod(p)', { problem: 'unknown-function', found: 'sigmod', start: 1, end: 7, instead: 'sigmoid' }],
    ['ln(p)', { problem: 'unknown-function', instead: 'log' }],
    ['1 + sigmoid', { problem: 'bare-function', start: 4 }],
    ['min(p)', { problem: 'arguments', takes: '2–8' }],
    ['exp(p, p)', { problem: 'arguments', takes: '1' }],
    ['mine(p)', { problem: 'recursion', start: 0, end: 4 }],
    ['p * mine', { problem: 'recursion', start: 4, end: 8 }],
    ['1/0', { problem: 'not-finite', start: 0, end: 3 }],
    ['p + logP/(2 - 2)', { problem: 'not-finite', found: 'logP/(2 - 2)', start: 4, end: 16 }],
    ['sqrt(0 - 1)', { problem: 'not-finite' }],
    ['log(0)', { problem: 'not-finite' }],
    ['1e400', { problem: 'not-finite' }],
    ['(p', { problem: 'syntax', start: 2, instead: ')' }],
    ['p)', { problem: 'syntax', start: 1, found: ')' }],
    ['p = 1', { problem: 'syntax', start: 2, instead: '==' }],
    ['p*\u2003', { problem: 'unknown-name', start: 2, end: 3 }],
    ['p # 2', { problem: 'syntax', start: 2, found: '#' }],
    ['2p', { problem: 'operator', start: 1 }],
    ['beta p', { problem: 'operator', start: 5, found: 'p' }],
    ['p(2)', { problem: 'operator', start: 0, end: 1 }],
    ['p ** 2', { problem: 'operator', instead: '^' }],
    ['p && 1', { problem: 'operator', instead: 'if(a, b, 0)' }],
    ['p > 0 ? 1 : 2', { problem: 'operator', instead: 'if(a, b, c)' }],
    ['0 < p < 1', { problem: 'chain' }],
    ['"text"', { problem: 'not-allowed' }],
    ['[1, 2]', { problem: 'not-allowed' }],
    ['p.constructor', { problem: 'not-allowed' }],
    ['p["constructor"]', { problem: 'not-allowed' }],
    ['this', { problem: 'not-allowed' }],
    ['constructor', { problem: 'unknown-name' }],
    ['toString(p)', { problem: 'unknown-function' }],
    ['__proto__', { problem: 'unknown-name' }],
  ] satisfies readonly [string, Partial<FormulaFault>][])('%s: is told what and where', (text, expected) => {
    expect(faultOf(text)).toMatchObject(expected);
  });

  it('of a million characters, of too many parts or too deep is refused at once', () => {
    expect(faultOf('p+'.repeat(500_000))?.problem).toBe('long');
    expect(faultOf(`(${'1,'.repeat(400)}1)`)?.problem).toBe('operator');
    expect(faultOf('-'.repeat(formulaCaps.depth + 1).concat('p'))?.problem).toBe('deep');
    const wide = (levels: number): string => (levels === 0 ? 'p' : `(${wide(levels - 1)})*(${wide(levels - 1)})`);
    expect(faultOf(wide(6))).toBeUndefined();
    expect(faultOf(wide(7))?.problem).toBe('large');
  });

  it('never throws, and places its fault inside the text', () => {
    const words = [
      'p',
      'beta',
      'exp(',
      ')',
      '(',
      '+',
      '-',
      '^',
      '/',
      '0',
      '1e9',
      ',',
      ' ',
      'x',
      '<',
      'if(',
      '"',
      '.',
      '?',
      ':',
      '∞',
    ];
    const text = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom(...words)).map((list) => list.join('')),
    );
    fc.assert(
      fc.property(text, (given) => {
        const fault = faultOf(given);
        if (!fault) return;
        expect(fault.start).toBeGreaterThanOrEqual(0);
        expect(fault.end).toBeGreaterThanOrEqual(fault.start);
        expect(fault.end).toBeLessThanOrEqual(given.length);
      }),
    );
  });
});

describe('a formula', () => {
  it('may have the signs of a printed one', () => {
    expect(faultOf('−2·p × 3 ÷ 4')).toBeUndefined();
  });
});
