import { describe, expect, it } from 'vitest';
import { SimError } from '../../../src/engine/base/errors.ts';
import { keyOf } from '../../../src/engine/base/random.ts';
import { hills, waves } from '../../../src/families/numbers/curve.ts';
import { divideCurve } from '../../../src/families/numbers/split.ts';
import type { ForgetSpec } from '../../../src/scenario/format/scenario.ts';
import { parseScenario } from '../../../src/scenario/read/parse.ts';
import { catalogueInfo } from '../../../src/sim/catalogue.ts';

const curve = waves.generate({ points: 60, noise: 0.1 }, keyOf(7));
const surface = hills.generate({ points: 60, noise: 0.1 }, keyOf(7));
const around = (left: number, right: number, bottom: number, top: number): ForgetSpec => ({
  kind: 'region',
  polygon: [
    [left, bottom],
    [right, bottom],
    [right, top],
    [left, top],
  ],
});
const rule = (id: string, params: Readonly<Record<string, number>>): ForgetSpec => ({ kind: 'rule', id, params });

const faultsOf = (divide: () => unknown) => {
  try {
    divide();
  } catch (thrown) {
    if (thrown instanceof SimError) return thrown.faults;
    throw thrown;
  }
  return [];
};

describe('a region that is drawn', () => {
  it('on a curve has the pairs whose place and number lie in it', () => {
    const [request] = divideCurve(curve, [around(-1, 0, -2, 0)], 0);
    const { x, y } = curve.train;
    const expected = [...y.keys()].filter((i) => (x[i] as number) < 0 && (y[i] as number) < 0);
    expect(expected.length).toBeGreaterThan(3);
    expect([...(request?.forget ?? [])]).toEqual(expected);
    expect(request?.after.testForget.every((i) => (curve.test.x[i] as number) < 0)).toBe(true);
  });

  it('over a plane has the pairs whose place lies in it, whatever their numbers', () => {
    const [request] = divideCurve(surface, [around(-1, 0, 0, 1)], 0);
    const { x, y } = surface.train;
    const expected = [...y.keys()].filter((i) => (x[2 * i] as number) < 0 && (x[2 * i + 1] as number) > 0);
    expect([...(request?.forget ?? [])]).toEqual(expected);
  });

  it('is read where the family has regions, and refused where it has not', () => {
    const of = (family: string) =>
      parseScenario({ version: 2, family, forget: around(0, 1, -2, 0) }, catalogueInfo, 'repair');
    expect(of('numbers').scenario.forget).toEqual(around(0, 1, -2, 0));
    expect(of('numbers').repairs).toEqual([]);
    expect(of('text').repairs.map(({ path }) => path)).toContain('/forget/kind');
    const bent = { version: 2, family: 'numbers', forget: { kind: 'region', polygon: [[0, 0]] } };
    const { scenario, repairs } = parseScenario(bent, catalogueInfo, 'repair');
    expect(scenario.forget).toMatchObject({ kind: 'rule', id: 'lowest' });
    expect(repairs).toMatchObject([{ path: '/forget/polygon', expected: 'at least three corners' }]);
  });
});

describe('a forget set that asks for nothing, or for everything', () => {
  const said = (...specs: readonly ForgetSpec[]) => faultsOf(() => divideCurve(curve, specs, 0));

  it('a stretch without pairs says between what places lie', () => {
    expect(said(rule('between', { from: 2, to: 3 }))).toMatchObject([
      {
        path: '/forget/params',
        expected: 'a stretch with training pairs in it: places lie between -1 and 1',
        found: 'no pair between 2 and 3',
      },
    ]);
  });

  it('a stretch with its ends the wrong way round says so', () => {
    expect(said(rule('between', { from: 0.5, to: -0.5 }))[0]?.expected).toBe(
      '"from" to be at most "to": turn them around',
    );
  });

  it('a region beside all pairs asks to draw it around some', () => {
    expect(said(around(5, 6, 5, 6))).toMatchObject([
      {
        path: '/forget',
        expected: 'a region with training pairs in it: draw it around some',
        found: 'none of 60 pairs',
      },
    ]);
  });

  it('everything leaves nothing to keep', () => {
    expect(said(around(-9, 9, -9, 9))).toMatchObject([
      { expected: 'a smaller forget set: at least one training pair must be kept', found: 'all 60 pairs to forget' },
    ]);
  });

  it('a second request for the same pairs says which', () => {
    expect(said(rule('lowest', { share: 0.2 }), rule('lowest', { share: 0.2 }))).toMatchObject([
      { path: '/requests/1', expected: 'pairs that no request before has asked for' },
    ]);
  });
});
