import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dodged, labelled } from '../../src/ui/charts/dodge.ts';
import { placed } from '../../src/ui/charts/place.ts';

describe('labels at line ends', () => {
  it('stay where they are if there is room', () => {
    expect(dodged([10, 50, 90], 15, 0, 100)).toEqual([10, 50, 90]);
  });

  it('are moved apart about their middle', () => {
    expect(dodged([50, 50], 10, 0, 100)).toEqual([45, 55]);
  });

  it('keep their order, their distance and their bounds', () => {
    const anyLabels = fc.array(fc.double({ min: 0, max: 200, noNaN: true }), { maxLength: 12 });
    fc.assert(
      fc.property(anyLabels, (wanted) => {
        const placed = dodged(wanted, 15, 0, 200);
        const order = wanted.map((_, i) => i).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0) || a - b);
        order.slice(1).forEach((index, i) => {
          expect((placed[index] ?? 0) - (placed[order[i] ?? 0] ?? 0)).toBeGreaterThanOrEqual(15 - 1e-9);
        });
        for (const place of placed) {
          expect(place).toBeGreaterThanOrEqual(-1e-9);
          expect(place).toBeLessThanOrEqual(200 + 1e-9);
        }
      }),
    );
  });

  it('are spread evenly where there is too little room', () => {
    expect(dodged([1, 1, 1], 15, 0, 20)).toEqual([0, 10, 20]);
  });

  it('are left out in the middle where there are too many', () => {
    expect(labelled([10, 20, 30], 11, 40)).toEqual([0, 1, 2]);
    expect(labelled([50, 10, 30, 20, 40], 11, 35)).toEqual([1, 3, 0]);
  });
});

describe('labels of marks on a plane', () => {
  const frame = { left: 0, top: 0, right: 400, bottom: 200 };
  const options = { line: 15, half: 6, frame, taken: [] };
  const boxes = (marks: readonly { x: number; y: number; width: number }[]) =>
    placed(marks, options).flatMap((place, i) => {
      const width = marks[i]?.width ?? 0;
      if (!place) return [];
      const left = place.anchor === 'start' ? place.x : place.anchor === 'end' ? place.x - width : place.x - width / 2;
      return [{ left, right: left + width, top: place.y - 7.5, bottom: place.y + 7.5 }];
    });

  it('stand right beside their marks where there is room, on the other side at the edge', () => {
    const marks = [
      { x: 100, y: 100, width: 50 },
      { x: 390, y: 100, width: 50 },
    ];
    expect(placed(marks, options)).toEqual([
      { x: 113.5, y: 100, anchor: 'start', isLed: false },
      { x: 376.5, y: 100, anchor: 'end', isLed: false },
    ]);
  });

  it('never cover each other or leave the frame, wherever the marks are', () => {
    const mark = fc.record({
      x: fc.integer({ min: 0, max: 400 }),
      y: fc.integer({ min: 0, max: 200 }),
      width: fc.integer({ min: 10, max: 90 }),
    });
    fc.assert(
      fc.property(fc.array(mark, { maxLength: 12 }), (marks) => {
        const all = boxes(marks);
        for (const [i, a] of all.entries()) {
          expect(a.left >= 0 && a.right <= 400 && a.top >= 0 && a.bottom <= 200).toBe(true);
          for (const b of all.slice(i + 1)) {
            expect(a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom).toBe(false);
          }
        }
      }),
    );
  });

  it('keep off what is taken, and are led to where they stand far away', () => {
    const wall = { left: 0, right: 400, top: 80, bottom: 120 };
    const [place] = placed([{ x: 200, y: 100, width: 40 }], { ...options, taken: [wall] });
    expect(place?.isLed).toBe(true);
    expect(placed([{ x: 5, y: 5, width: 500 }], options)).toEqual([null]);
  });
});
