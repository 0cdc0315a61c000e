import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caps } from '../../src/scenario/format/defaults.ts';
import type { InlineParams, Scenario } from '../../src/scenario/format/scenario.ts';
import { decodeLink, encodeLink } from '../../src/scenario/links/link.ts';
import {
  brushed,
  dab,
  type Extent,
  erased,
  type PaintedPoint,
  paintFault,
  polygonOf,
  relocated,
  withPainting,
} from '../../src/scenario/points/paint.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { smallCatalogue as catalogue } from '../support/catalogue.ts';

const extent: Extent = [-3, 3, -3, 3];
const brush = { center: [1, -1] as const, radius: 0.5 };
const stroke = { brush, label: 0, count: 5, seed: 7, extent };
const scenarioOf = (fields: object): Scenario =>
  parseScenario({ version: 1, runs: [{ name: 'GA', method: 'ga' }], ...fields }, catalogue, 'strict').scenario;
const onBlobs = scenarioOf({});
const train = (points: readonly PaintedPoint[]) => points.filter(({ isTest }) => !isTest);

/** Two classes of `count` points. */
const twoClasses = (count = 6): readonly PaintedPoint[] =>
  dab(dab([], { ...stroke, count }), { ...stroke, label: 1, brush: { center: [-1, 1], radius: 0.5 }, count });
const painted = (points: readonly PaintedPoint[]) => ({ points, isData: true, isForget: false });

describe('a touch of the brush', () => {
  it('draws as many test as training points, all within the ring', () => {
    const points = dab([], stroke);
    expect(points.map(({ isTest }) => isTest)).toEqual([
      false,
      true,
      false,
      true,
      false,
      true,
      false,
      true,
      false,
      true,
    ]);
    for (const { place } of points) expect(Math.hypot(place[0] - 1, place[1] + 1)).toBeLessThanOrEqual(0.501);
  });

  it('draws the same points for the same seed and picture, others for another seed or a fuller picture', () => {
    const places = (points: readonly PaintedPoint[]) => points.slice(-10).map(({ place }) => place);
    expect(dab([], stroke)).toEqual(dab([], stroke));
    expect(places(dab([], { ...stroke, seed: 8 }))).not.toEqual(places(dab([], stroke)));
    const once = dab([], stroke);
    const twice = dab(once, stroke);
    expect(new Set(twice.map(({ place }) => place.join())).size).toBe(20);
  });

  it('fills its ring evenly: a quarter of the points lies within half the radius', () => {
    const points = dab([], { ...stroke, count: 4000 });
    const inner = points.filter(({ place }) => Math.hypot(place[0] - 1, place[1] + 1) < 0.25);
    expect(inner.length / points.length).toBeCloseTo(0.25, 1);
  });

  it('stops at the most points that there may be', () => {
    const full = dab([], { ...stroke, count: caps.points + 50 });
    expect(train(full)).toHaveLength(caps.points);
    expect(dab(full, stroke)).toHaveLength(full.length);
  });
});

describe('erasing', () => {
  it('removes what is under the ring and nothing else, and gives the same list where there is nothing', () => {
    const points = twoClasses();
    expect(erased(points, brush).every(({ label }) => label === 1)).toBe(true);
    expect(erased(points, { center: [3, 3], radius: 0.1 })).toBe(points);
  });
});

describe('a painting', () => {
  it('becomes the data of a scenario that its strict parser takes and its link carries', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.double({ min: -3, max: 3, noNaN: true })), {
          maxLength: 6,
        }),
        (touches) => {
          const points = touches.reduce<readonly PaintedPoint[]>(
            (all, [label, x]) => dab(all, { ...stroke, label, brush: { center: [x, -x], radius: 0.3 } }),
            twoClasses(),
          );
          const scenario = withPainting(onBlobs, painted(points), extent);
          expect(parseScenario(scenario, catalogue, 'strict').scenario).toEqual(scenario);
          expect(decodeLink(encodeLink(scenario), catalogue)).toMatchObject({ scenario, repairs: [] });
        },
      ),
      { numRuns: 30 },
    );
  });

  it('takes two bytes a number in a link', () => {
    const scenario = withPainting(onBlobs, painted(twoClasses(50)), extent);
    const plain = encodeLink(onBlobs).length;
    // 200 points: two coordinates of two bytes and a label, in base 64.
    expect(encodeLink(scenario).length - plain).toBeLessThan((200 * 5 * 4) / 3 + 60);
  });

  it('keeps a forget set by class, and follows one that names its points', () => {
    const points = twoClasses();
    expect(withPainting(onBlobs, painted(points), extent).forget).toEqual({ kind: 'class', label: 0 });
    const chosen = brushed(points, { center: [-1, 1], radius: 1 }, true);
    const named = withPainting(onBlobs, { points: chosen, isData: true, isForget: true }, extent);
    expect(named.forget).toEqual({ kind: 'indices', indices: [6, 7, 8, 9, 10, 11] });
    const without = chosen.filter((_, i) => i !== 0);
    const next = withPainting(named, painted(without), extent);
    expect(next.forget).toEqual({ kind: 'indices', indices: [5, 6, 7, 8, 9, 10] });
    expect((next.data.params as InlineParams).train.y).toHaveLength(11);
  });

  it('changes the first of several requests, and drops later ones that name points', () => {
    const points = brushed(twoClasses(), brush, true);
    const first = { kind: 'class', label: 0 } as const;
    const later = { kind: 'indices', indices: [1] } as const;
    const several = { ...onBlobs, forget: first, requests: [first, later] };
    expect(withPainting(several, painted(points), extent).requests).toEqual([first]);
    const marked = withPainting(several, { points, isData: false, isForget: true }, extent);
    expect(marked.requests).toEqual([{ kind: 'indices', indices: [0, 1, 2, 3, 4, 5] }, later]);
    expect(marked.forget).toEqual(marked.requests?.[0]);
  });

  it.each([
    ['too-few-classes', painted([])],
    ['too-few-classes', painted(dab([], stroke))],
    ['no-test', painted(train(twoClasses()))],
    ['nothing-to-forget', { ...painted(twoClasses()), isForget: true }],
    ['nothing-to-keep', { ...painted(brushed(twoClasses(), { center: [0, 0], radius: 9 }, true)), isForget: true }],
    [null, painted(twoClasses())],
  ] as const)('is an experiment, or says why not: %s', (fault, painting) => {
    expect(paintFault(onBlobs, painting)).toBe(fault);
  });

  it('has nothing to forget once all points that a forget set names are erased', () => {
    const scenario = { ...onBlobs, forget: { kind: 'indices', indices: [0] } } as Scenario;
    expect(paintFault(scenario, painted(twoClasses()))).toBe('nothing-to-forget');
  });
});

describe('moving', () => {
  it('takes one point elsewhere, rounded to what the plane resolves', () => {
    const points = twoClasses();
    const moved = relocated(points, 0, [0.123456789, 1 / 3], extent);
    expect(moved[0]?.place).toEqual([0.123, 0.333]);
    expect(moved.slice(1)).toEqual(points.slice(1));
  });
});

describe('an outline', () => {
  it('keeps few corners, however many places it was drawn through', () => {
    const line = Array.from({ length: 5000 }, (_, i) => {
      const angle = (2 * Math.PI * i) / 5000;
      return [Math.cos(angle), Math.sin(angle)] as const;
    });
    const corners = polygonOf(line, extent);
    expect(corners.length).toBeGreaterThan(20);
    expect(corners.length).toBeLessThan(100);
  });
});
