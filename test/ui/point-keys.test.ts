import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type KeyedPoint, pointAfter } from '../../src/ui/charts/point-keys.ts';

const LINES = [[0, 10, 20, 30], [], [0, 15, 30]];

describe('the keyboard on a chart', () => {
  it('begins at the end of the first line that has points', () => {
    expect(pointAfter(LINES, null, 'ArrowLeft', 1)).toEqual({ line: 0, point: 3 });
    expect(pointAfter([[], [1]], null, 'Home', 1)).toEqual({ line: 1, point: 0 });
    expect(pointAfter([[], []], null, 'ArrowLeft', 1)).toBeUndefined();
  });

  it('goes along a line and stays on it', () => {
    expect(pointAfter(LINES, { line: 0, point: 1 }, 'ArrowRight', 1)).toEqual({ line: 0, point: 2 });
    expect(pointAfter(LINES, { line: 0, point: 1 }, 'ArrowLeft', 10)).toEqual({ line: 0, point: 0 });
    expect(pointAfter(LINES, { line: 0, point: 1 }, 'End', 1)).toEqual({ line: 0, point: 3 });
  });

  it('goes to the same place on the next line, past empty ones and around', () => {
    expect(pointAfter(LINES, { line: 0, point: 3 }, 'ArrowDown', 1)).toEqual({ line: 2, point: 2 });
    expect(pointAfter(LINES, { line: 2, point: 1 }, 'ArrowDown', 1)).toEqual({ line: 0, point: 1 });
    expect(pointAfter(LINES, { line: 2, point: 2 }, 'ArrowUp', 1)).toEqual({ line: 0, point: 3 });
  });

  it('leaves other keys alone', () => {
    expect(pointAfter(LINES, { line: 0, point: 0 }, 'a', 1)).toBeUndefined();
  });

  it('is always on a point that exists, whatever is pressed and however the lines change meanwhile', () => {
    const lines = fc.array(
      fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 6 }).map((all) => all.sort((a, b) => a - b)),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    const keys = fc.array(
      fc.tuple(lines, fc.constantFrom('ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp')),
      {
        maxLength: 20,
      },
    );
    fc.assert(
      fc.property(keys, (presses) => {
        let at: KeyedPoint | null = null;
        for (const [now, key] of presses) {
          const next = pointAfter(now, at, key, 1);
          expect(next === undefined).toBe(now.every((line) => line.length === 0));
          if (next) expect(now[next.line]?.[next.point]).toBeDefined();
          at = next ?? at;
        }
      }),
    );
  });
});
