import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expandRuns } from '../../src/scenario/format/variants.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';
import { scaleOf } from '../../src/ui/charts/scales.ts';
import { quantity } from '../../src/ui/format.ts';
import { fitsOf, predictionOf } from '../../src/ui/rooms/measure/theorem2.ts';

describe('a scale', () => {
  it('keeps values in order and in the picture, its ticks among them, for any values', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, min: 1e-9, max: 1e12 }), { minLength: 1 }),
        fc.boolean(),
        (values, isLog) => {
          const scale = scaleOf(values, 300, 0, { isLog });
          const sorted = [...values].sort((a, b) => a - b).map(scale.at);
          for (let i = 1; i < sorted.length; i++)
            expect(sorted[i]).toBeLessThanOrEqual((sorted[i - 1] as number) + 1e-9);
          for (const place of [...sorted, ...scale.ticks.map(scale.at)]) {
            expect(place).toBeGreaterThanOrEqual(0);
            expect(place).toBeLessThanOrEqual(300);
          }
          expect(scale.ticks.length).toBeLessThan(20);
        },
      ),
    );
  });

  it('stands with nothing to show, with one value, and with what no logarithm has', () => {
    expect(scaleOf([], 0, 100, { isLog: true }).ticks.length).toBeGreaterThan(0);
    expect(scaleOf([5], 0, 100, { isLog: false }).at(5)).toBe(0);
    expect(scaleOf([0, -1, Number.NaN, 2, 8], 0, 100, { isLog: true }).domain).toEqual([2, 8]);
  });

  it('writes numbers so that they can be read', () => {
    const numbers = [0, 0.25, 1234.5, -12_345, 1e-4, -3.21e-5, 2.5e7, 1e6, 999.96, 99_990, Number.NaN, null];
    expect(numbers.map(quantity).map((words) => words.replace('\u202f', ' '))).toEqual([
      '0',
      '0.25',
      '1 230',
      '−12 300',
      '10⁻⁴',
      '−3.21·10⁻⁵',
      '2.5·10⁷',
      '10⁶',
      '1 000',
      '10⁵',
      '–',
      '–',
    ]);
  });
});

describe('theorem 2', () => {
  const parsed = (fields: object = {}, run: object = {}) => {
    const { scenario } = parseScenario(
      {
        version: 1,
        data: { generator: 'near-orthogonal', params: { nForget: 9, length: 2 } },
        forget: { kind: 'component', name: 'forget' },
        model: { kind: 'linear' },
        runs: [
          { method: 'ga', learningRate: 0.5, ...run },
          { method: 'npo', params: { beta: 0.5 }, learningRate: 0.5, ...run },
        ],
        ...fields,
      },
      catalogueInfo,
      'strict',
    );
    return expandRuns(scenario, catalogueInfo).map(({ run: index, settings }) =>
      predictionOf(scenario, scenario.runs[index] as never, settings),
    );
  };

  it('predicts a line for gradient ascent and a logarithm for NPO', () => {
    expect(parsed()).toEqual([
      { form: 'line', rate: (0.5 * 2) / 3 },
      { form: 'logarithm', rate: 3 / (0.5 * 2) },
    ]);
  });

  it.each([
    ['another network', { model: { kind: 'mlp' } }, {}],
    ['other data', { data: { generator: 'gaussian-logistic' } }, {}],
    ['another optimizer', {}, { optimizer: 'adam' }],
    ['mini-batches', {}, { batchSize: 2 }],
    ['a retain term', {}, { retain: { kind: 'ce' } }],
  ])('says nothing of %s', (_, fields, run) => {
    expect(parsed(fields, run)).toEqual([undefined, undefined]);
  });

  it('tells the nearer form, or that the way is faster than a line', () => {
    const way = (of: (t: number) => number) => fitsOf(Array.from({ length: 50 }, (_, i) => ({ x: i, y: of(i) })));
    expect(way((t) => 2 * t)).toMatchObject({ nearer: 'line', late: { line: 2 } });
    expect(way((t) => Math.log1p(t))?.nearer).toBe('logarithm');
    expect(way((t) => Math.exp(t / 5) - 1)?.nearer).toBe('neither');
    expect(fitsOf([{ x: 0, y: 0 }])).toBeNull();
  });
});
