import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { softplus } from '../../../src/engine/base/math.ts';
import { evaluatorOf, raise } from '../../../src/engine/formula/evaluate.ts';
import { type Expression, FUNCTIONS } from '../../../src/engine/formula/expression.ts';
import { parseFormula } from '../../../src/scenario/formula/parse.ts';

const parsed = (text: string): Expression => {
  const found = parseFormula(text, { params: { beta: {} } });
  if ('fault' in found) throw new Error(JSON.stringify(found.fault));
  return found.formula;
};

const ROW = {
  logP: Math.log(0.5),
  logPReference: Math.log(0.8),
  logPAlternative: Math.log(0.25),
  logPReferenceAlternative: Math.log(0.1),
  rowLogP: Math.log(0.75),
  rowLogPReference: Math.log(0.9),
  exampleLength: 3,
} as const;

const computed = (text: string, beta = 2): number =>
  evaluatorOf(parsed(text))({
    count: 1,
    rows: (field) => ROW[field],
    settings: { beta, step: 5, steps: 20 },
  }) as number;

describe('a formula', () => {
  it.each([
    ['1 + 2 * 3 ^ 2', 19],
    ['2 ^ 3 ^ 2', 512],
    ['-2 ^ 2', -4],
    ['(-2) ^ 2', 4],
    ['(-2) ^ 3', -8],
    ['2 ^ -1', 0.5],
    ['\ufeff1\u202f+\u20092', 3],
    ['2 - 3 - 4', -5],
    ['12 / 3 / 2', 2],
    ['-p', -0.5],
    ['p / pRef', 0.625],
    ['pAlt - pRefAlt', 0.15],
    ['rowP * length', 2.25],
    ['exp(logP + logPRef)', 0.4],
    ['exp(logPAlt) + exp(logPRefAlt) + exp(rowLogP)', 1.1],
    ['rowPRef + exp(rowLogPRef)', 1.8],
    ['beta * step / steps', 0.5],
    ['p < pRef', 1],
    ['p >= pRef', 0],
    ['(p == 0.5) + (p != 0.5) + (1 <= 1) + (2 > 1)', 3],
    ['if(p > 0.4, 7, 8)', 7],
    ['if(p > 0.6, 7, if(p > 0.5, 8, 9))', 9],
    ['clamp(5, 0, 1) + clamp(-5, 0, 1) + clamp(p, 0, 1)', 1.5],
    ['min(3, 1, 2) + max(3, 1, 2)', 4],
    ['abs(-3) + sqrt(16)', 7],
    ['log(exp(2))', 2],
    ['sigmoid(0) + tanh(0)', 0.5],
    ['softplus(0)', Math.log(2)],
    ['+3 - -2', 5],
  ])('%s is %d', (text, expected) => {
    expect(computed(text)).toBeCloseTo(expected, 12);
  });

  it('has every function that is on the list', () => {
    for (const [name, [least]] of Object.entries(FUNCTIONS)) {
      const text = `${name}(${new Array(least).fill('p').join(', ')})`;
      expect(computed(text), text).not.toBeNaN();
    }
  });

  it('says of many rows at once what it says of each alone, to the bit', () => {
    const texts = [
      '-2*sigmoid(beta*(logP - logPRef))',
      '-rowP^beta * (1 - rowP)^0.5 + p - p',
      'if(p > pRef, min(p, 0.3), -p/pRef) + clamp(logP, -1, beta)',
      'step/steps - p*2 + 3/p - 2^p',
      'softplus(logPAlt) - tanh(logPRefAlt)/length',
    ];
    const row = fc.double({ min: -30, max: 0, noNaN: true });
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.array(row, { minLength: 1, maxLength: 40 }), (text, logs) => {
        const evaluate = evaluatorOf(parsed(text));
        const settings = { beta: 1.7, step: 3, steps: 9 };
        const rows = Float32Array.from(logs);
        const all = evaluate({ count: logs.length, rows: () => rows, settings });
        const together = typeof all === 'number' ? logs.map(() => all) : Array.from(all.subarray(0, logs.length));
        const alone = Array.from(rows, (value) => evaluatorOf(parsed(text))({ count: 1, rows: () => value, settings }));
        expect(together).toEqual(alone);
      }),
    );
  });

  it('reads anew what has changed since: a formula is used for every batch', () => {
    const evaluate = evaluatorOf(parsed('p + p'));
    const at = (logP: number) => evaluate({ count: 1, rows: () => Float64Array.of(logP), settings: {} });
    expect((at(0) as Float64Array)[0]).toBe(2);
    expect((at(Math.log(0.5)) as Float64Array)[0]).toBeCloseTo(1, 12);
  });
});

describe('powers', () => {
  it('are those of numbers below zero too, where there is one', () => {
    expect([raise(-3, 2), raise(-3, 3), raise(-1, -1)].map((x) => Number(x.toPrecision(12)))).toEqual([9, -27, -1]);
    expect(raise(-2, 0.5)).toBeNaN();
    expect([raise(0, 0), raise(0, 2), raise(0, -1)]).toEqual([1, 0, Number.POSITIVE_INFINITY]);
  });
});

describe('softplus', () => {
  it('is accurate where e^x is lost beside 1', () => {
    expect(softplus(-40) / Math.exp(-40)).toBeCloseTo(1, 12);
    expect(softplus(50)).toBe(50);
    expect(softplus(1)).toBeCloseTo(Math.log(1 + Math.E), 14);
    expect(softplus(-1e4)).toBe(0);
  });
});
