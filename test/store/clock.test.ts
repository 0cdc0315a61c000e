import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advanced, mergedTicks, movedBy, tickAt, tickIndex } from '../../src/store/clock/ticks.ts';

const ticks = [0, 5, 10, 15, 18];
const anyTicks = fc
  .uniqueArray(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 40 })
  .map((steps) => [0, ...steps.sort((a, b) => a - b)]);

describe('ticks', () => {
  it('are found at or before a step', () => {
    expect([-3, 0, 4, 5, 17, 18, 99].map((step) => tickAt(ticks, step))).toEqual([0, 0, 0, 5, 15, 18, 18]);
  });

  it('of runs of different length are merged, each once', () => {
    expect(
      mergedTicks([
        [0, 5, 10],
        [0, 4, 8, 10],
      ]),
    ).toEqual([0, 4, 5, 8, 10]);
  });

  it('are their own ticks', () => {
    fc.assert(
      fc.property(anyTicks, (list) => {
        list.forEach((step, index) => {
          expect(tickIndex(list, step)).toBe(index);
        });
      }),
    );
  });
});

describe('moving the clock', () => {
  it('goes tick by tick and stops at both ends', () => {
    expect(movedBy(ticks, 10, 1, 18)).toBe(15);
    expect(movedBy(ticks, 10, -10, 18)).toBe(0);
    expect(movedBy(ticks, 10, 10, 18)).toBe(18);
  });

  it('never passes what is available', () => {
    fc.assert(
      fc.property(
        anyTicks,
        fc.integer({ min: -50, max: 50 }),
        fc.nat(500),
        fc.nat(500),
        (list, by, step, available) => {
          expect(movedBy(list, step, by, available)).toBeLessThanOrEqual(available);
        },
      ),
    );
  });

  it('plays a whole run in eight seconds at speed 1, whatever its length', () => {
    let position = 0;
    for (let i = 0; i < 500; i++) position = advanced(position, 400, 1, 16, 400);
    expect(position).toBeCloseTo(400);
  });

  it('does not leap after a pause of the machine', () => {
    expect(advanced(0, 400, 1, 60_000, 400)).toBeLessThan(20);
  });
});
