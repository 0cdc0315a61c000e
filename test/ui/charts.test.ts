import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dodged, labelled } from '../../src/ui/charts/dodge.ts';

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
