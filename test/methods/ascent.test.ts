import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { engineForTests } from '../support/engine.ts';
import { farthest, gradientOf, outputs } from './outputs.ts';

beforeAll(engineForTests);

const ascent = (made: Parameters<typeof gradientOf>[2]) => gradientOf('ga', {}, made);
const probability = (row: readonly number[], k: number): number =>
  Math.exp(row[k] as number) / row.reduce((sum, z) => sum + Math.exp(z), 0);

describe('weighted ascent', () => {
  it.each([
    ['wga', { beta: 0 }],
    ['satimp', { saturation: 0, importance: 0 }],
    ['negrad-plus', { alpha: 0 }],
  ])('%s without its weights is gradient ascent', (id, settings) => {
    fc.assert(
      fc.property(outputs(), (made) => {
        expect(farthest(gradientOf(id, settings, made), ascent(made))).toBeLessThan(1e-6);
      }),
    );
  });

  it('WGA, SatImp and CE-U are gradient ascent times a power of p, a product of powers, and the odds', () => {
    const weights: Record<string, readonly [object, (p: number) => number]> = {
      wga: [{ beta: 2 }, (p) => p * p],
      satimp: [{ saturation: 2, importance: 1 }, (p) => p * p * (1 - p)],
      ceu: [{}, (p) => p / (1 - p)],
    };
    fc.assert(
      fc.property(outputs(3), (made) => {
        for (const [id, [settings, weight]] of Object.entries(weights)) {
          const expected = ascent(made).map((row, i) => {
            const p = probability(made.logits[i] as number[], made.labels[i] as number);
            return row.map((g) => weight(p) * g);
          });
          expect(farthest(gradientOf(id, settings, made), expected), id).toBeLessThan(1e-4);
        }
      }),
    );
  });

  it('CE-U pulls with full force where gradient ascent cannot move any more, and neither overflows', () => {
    const sure = { classes: 3, logits: [[90, 0, 1]], reference: [[0, 0, 0]], labels: [0], alternatives: [1] };
    expect(ascent(sure)[0]?.[0]).toBeCloseTo(0, 6);
    expect(gradientOf('ceu', {}, sure)[0]?.[0]).toBeCloseTo(1, 6);
    const gone = { ...sure, logits: [[-90, 0, 1]] };
    expect(gradientOf('ceu', {}, gone)[0]?.[0]).toBeCloseTo(0, 6);
    for (const [id, settings] of [
      ['satimp', { saturation: 5, importance: 1 }],
      ['satimp', { saturation: 0, importance: 0 }],
      ['wga', { beta: 1 }],
    ] as const) {
      for (const made of [sure, gone]) expect(gradientOf(id, settings, made).flat().every(Number.isFinite)).toBe(true);
    }
  });
});
