import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frontOf, type PlaneResult, stairsOf } from '../../src/ui/charts/front.ts';

const share = fc.integer({ min: 0, max: 20 }).map((twentieths) => twentieths / 20);
const results = fc.array(fc.record({ forget: share, keep: share }), { maxLength: 12 });
const gap = (target: number, { forget }: PlaneResult): number => Math.abs(forget - target);

/** The height of the stairs above a forget accuracy, read off their corners; 0 where there are none. */
const heightAt = (stairs: readonly (readonly PlaneResult[])[], forget: number): number =>
  Math.max(
    0,
    ...stairs.flatMap((corners) =>
      corners.slice(1).flatMap((to, i) => {
        const from = corners[i] as PlaneResult;
        const [low, high] = [Math.min(from.forget, to.forget), Math.max(from.forget, to.forget)];
        return low <= forget && forget <= high ? [Math.max(from.keep, to.keep)] : [];
      }),
    ),
  );

describe('the Pareto front', () => {
  it('is what no other result beats: every result is on it or beaten by one that is', () => {
    fc.assert(
      fc.property(results, share, (all, target) => {
        const front = frontOf(all, target);
        for (const one of all) {
          const beating = front.filter(
            (other) =>
              gap(target, other) <= gap(target, one) &&
              other.keep >= one.keep &&
              (gap(target, other) < gap(target, one) || other.keep > one.keep),
          );
          expect(beating.length === 0).toBe(front.includes(one));
        }
      }),
    );
  });

  it('where the retrained model knows nothing of the forget set, less known and more kept is better', () => {
    const [ascent, npo, start] = [
      { forget: 0, keep: 0.33 },
      { forget: 0, keep: 0.94 },
      { forget: 0.95, keep: 0.96 },
    ];
    expect(frontOf([ascent, npo, start], 0)).toEqual([npo, start]);
  });

  it('does not count it as a gain to forget more than the retrained model', () => {
    const [like, over] = [
      { forget: 0.85, keep: 0.9 },
      { forget: 0.1, keep: 0.9 },
    ];
    expect(frontOf([like, over], 0.85)).toEqual([like]);
  });

  it('keeps equal results both, and has no members where there are no results', () => {
    const twin = { forget: 0.2, keep: 0.7 };
    expect(frontOf([twin, { ...twin }], 0)).toHaveLength(2);
    expect(stairsOf([], 0.3)).toEqual([]);
  });

  it('its stairs are at the most that is kept by any result at least as near to the target', () => {
    const inside = fc.double({ min: 0.001, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(results, share, inside, (all, target, forget) => {
        const stairs = stairsOf(all, target);
        fc.pre(all.every((one) => Math.abs(gap(target, one) - Math.abs(forget - target)) > 1e-6));
        const near = all.filter((one) => gap(target, one) < Math.abs(forget - target));
        expect(heightAt(stairs, forget)).toBeCloseTo(Math.max(0, ...near.map(({ keep }) => keep)), 12);
      }),
    );
  });

  it('draws nothing on the side of the target that does not exist', () => {
    expect(stairsOf([{ forget: 0.2, keep: 0.9 }], 0)).toEqual([
      [
        { forget: 0.2, keep: 0 },
        { forget: 0.2, keep: 0.9 },
        { forget: 1, keep: 0.9 },
      ],
    ]);
  });
});
